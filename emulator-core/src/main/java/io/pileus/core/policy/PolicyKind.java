package io.pileus.core.policy;

/** What a policy is attached to, which decides the elements it must and must not have. */
public enum PolicyKind {
    /** Attached to a user, group or role, a permissions boundary or a session policy: has resources, no principal. */
    IDENTITY,
    /** Attached to a resource: has a principal. */
    RESOURCE,
    /** A role's trust policy: has a principal, no resource, and STS actions only. */
    TRUST
}
