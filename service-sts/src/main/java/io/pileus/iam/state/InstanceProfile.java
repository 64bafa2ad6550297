package io.pileus.iam.state;

import io.pileus.core.identity.AccountId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** An instance profile: holds at most one role. Guarded by its account's lock. */
public final class InstanceProfile {
    private final AccountId account;
    private final String name;
    private final String path;
    private final String id;
    private final Instant created;
    private final Map<String, String> tags = new LinkedHashMap<>();
    private String roleName = "";

    public InstanceProfile(AccountId account, String name, String path, String id, Instant created) {
        this.account = account;
        this.name = name;
        this.path = path;
        this.id = id;
        this.created = created;
    }

    public String arn() {
        return "arn:aws:iam::" + account + ":instance-profile" + path + name;
    }

    public String name() {
        return name;
    }

    public String path() {
        return path;
    }

    public String id() {
        return id;
    }

    public Instant created() {
        return created;
    }

    public Map<String, String> tags() {
        return tags;
    }

    /** Empty for none. */
    public String roleName() {
        return roleName;
    }

    public void roleName(String role) {
        this.roleName = role;
    }
}
