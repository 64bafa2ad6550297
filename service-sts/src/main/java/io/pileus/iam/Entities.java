package io.pileus.iam;

import io.pileus.core.identity.Caller;
import io.pileus.core.service.CallContext;
import io.pileus.iam.state.Group;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.InstanceProfile;
import io.pileus.iam.state.ManagedPolicy;
import io.pileus.iam.state.Role;
import io.pileus.iam.state.User;
import org.jspecify.annotations.Nullable;

/** Looks things up or refuses; called under the account's lock. */
final class Entities {
    private Entities() {}

    static User user(IamAccount account, String name) {
        User user = account.users().get(name);
        if (user == null) {
            throw IamErrors.noSuch("user", name);
        }
        return user;
    }

    /** The named user, or the one whose credentials signed the call. */
    static User userOrCaller(IamAccount account, @Nullable String name, CallContext call) {
        if (name != null) {
            return user(account, name);
        }
        if (call.caller().kind() == Caller.Kind.USER) {
            String arn = call.caller().principalArn();
            return user(account, arn.substring(arn.lastIndexOf('/') + 1));
        }
        throw IamErrors.validation("Must specify userName when calling with non-User credentials");
    }

    static Group group(IamAccount account, String name) {
        Group group = account.groups().get(name);
        if (group == null) {
            throw IamErrors.noSuch("group", name);
        }
        return group;
    }

    static Role role(IamAccount account, String name) {
        Role role = account.roles().get(name);
        if (role == null) {
            throw IamErrors.noSuch("role", name);
        }
        return role;
    }

    /** A role that its owner may change: not one that belongs to a service. */
    static Role ownRole(IamAccount account, String name) {
        Role role = role(account, name);
        if (!role.linkedService().isEmpty()) {
            throw IamErrors.unmodifiable("Cannot perform the operation on the protected role '" + role.name()
                    + "' - this role is only modifiable by AWS");
        }
        return role;
    }

    static InstanceProfile instanceProfile(IamAccount account, String name) {
        InstanceProfile profile = account.instanceProfiles().get(name);
        if (profile == null) {
            throw IamErrors.noSuchInstanceProfile(name);
        }
        return profile;
    }

    /** A managed policy, AWS's ones included. */
    static ManagedPolicy policy(IamAccounts accounts, IamAccount account, String arn) {
        return accounts.policy(account, arn).orElseThrow(() -> IamErrors.noSuchPolicy(arn));
    }

    /** A managed policy of the account's own. */
    static ManagedPolicy ownPolicy(IamAccounts accounts, IamAccount account, String arn) {
        ManagedPolicy policy = policy(accounts, account, arn);
        if (policy.isAws()) {
            throw IamErrors.accessDenied("Policy is not modifiable: " + arn);
        }
        return policy;
    }

    /** {@code Active} or {@code Inactive}; a credential expires by time alone. */
    static String settableStatus(String status) {
        if (status.equals("Expired")) {
            throw IamErrors.validation("1 validation error detected: Value 'Expired' at 'status' failed to satisfy"
                    + " constraint: Member must satisfy enum value set: [Active, Inactive]");
        }
        return status;
    }

    /** The path as given, or the root path. */
    static String path(@Nullable String path) {
        return path == null ? "/" : path;
    }

    static boolean under(String path, @Nullable String prefix) {
        return prefix == null || path.startsWith(prefix);
    }
}
