package io.pileus.iam.state;

import io.pileus.core.identity.AccountId;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/** An IAM group. Guarded by its account's lock. */
public final class Group extends IamEntity {
    private final Set<String> members = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    Group(AccountId account, String name, String path, String id, Instant created) {
        super(account, name, path, id, created);
    }

    @Override
    public String kind() {
        return "group";
    }

    /** Names of the users in the group. */
    public Set<String> members() {
        return members;
    }
}
