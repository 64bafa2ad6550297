package io.pileus.iam.state;

import io.pileus.core.identity.AccountId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What users, groups and roles have in common: a name in a path, a unique id, and policies. Guarded by its account's lock. */
public abstract sealed class IamEntity permits User, Group, Role {
    private final AccountId account;
    private final String id;
    private final Instant created;
    private final Map<String, String> inlinePolicies = new TreeMap<>();
    private final Set<String> attachedPolicies = new LinkedHashSet<>();
    private final Map<String, String> tags = new LinkedHashMap<>();
    private final Accesses accesses = new Accesses();
    private String name;
    private String path;
    private String boundary = "";

    IamEntity(AccountId account, String name, String path, String id, Instant created) {
        this.account = account;
        this.name = name;
        this.path = path;
        this.id = id;
        this.created = created;
    }

    /** {@code user}, {@code group} or {@code role}: the first part of the ARN's resource. */
    public abstract String kind();

    public String arn() {
        return "arn:aws:iam::" + account + ":" + kind() + path + name;
    }

    public AccountId account() {
        return account;
    }

    public String name() {
        return name;
    }

    /** Begins and ends with a slash. */
    public String path() {
        return path;
    }

    public String id() {
        return id;
    }

    public Instant created() {
        return created;
    }

    /** Documents of the inline policies by name. */
    public Map<String, String> inlinePolicies() {
        return inlinePolicies;
    }

    /** ARNs of the managed policies, in the order of attachment. */
    public Set<String> attachedPolicies() {
        return attachedPolicies;
    }

    /** The ARN of the permissions boundary; empty for none. */
    public String boundary() {
        return boundary;
    }

    public void boundary(String policyArn) {
        this.boundary = policyArn;
    }

    public Map<String, String> tags() {
        return tags;
    }

    /** Which services it has called; a group never calls any. */
    public Accesses accesses() {
        return accesses;
    }

    void rename(String newName, String newPath) {
        this.name = newName;
        this.path = newPath;
    }
}
