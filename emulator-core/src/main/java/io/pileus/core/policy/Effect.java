package io.pileus.core.policy;

/** What a statement that applies does. */
public enum Effect {
    ALLOW,
    DENY
}
