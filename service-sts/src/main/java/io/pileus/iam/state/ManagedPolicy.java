package io.pileus.iam.state;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A managed policy with its versions. Guarded by its account's lock; AWS's own never change. */
public final class ManagedPolicy {
    private final String arn;
    private final String name;
    private final String path;
    private final String id;
    private final String description;
    private final Instant created;
    private final Map<String, Version> versions = new LinkedHashMap<>();
    private final Map<String, String> tags = new LinkedHashMap<>();
    private Instant updated;
    private String defaultVersion = "v1";
    private int lastVersion;

    /** One version of the document. */
    public record Version(String id, String document, Instant created) {}

    public ManagedPolicy(
            String arn, String name, String path, String id, String description, String document, Instant created) {
        this.arn = arn;
        this.name = name;
        this.path = path;
        this.id = id;
        this.description = description;
        this.created = created;
        this.updated = created;
        addVersion(document, created);
    }

    /** One of AWS's own, of whose versions only the newest is known. */
    public static ManagedPolicy ofAws(
            String arn, String name, String path, String id, String description, Version newest) {
        ManagedPolicy policy = new ManagedPolicy(arn, name, path, id, description, newest.document(), newest.created());
        policy.versions.clear();
        policy.versions.put(newest.id(), newest);
        policy.defaultVersion = newest.id();
        return policy;
    }

    private ManagedPolicy(SavedPolicy saved) {
        this.arn = saved.arn();
        this.name = saved.name();
        this.path = saved.path();
        this.id = saved.id();
        this.description = saved.description();
        this.created = saved.created();
        this.updated = saved.updated();
        saved.versions().forEach(version -> versions.put(version.id(), version));
        this.tags.putAll(saved.tags());
        this.defaultVersion = saved.defaultVersion();
        this.lastVersion = saved.lastVersion();
    }

    /** A managed policy as it is saved. */
    record SavedPolicy(
            String arn,
            String name,
            String path,
            String id,
            String description,
            Instant created,
            Instant updated,
            List<Version> versions,
            Map<String, String> tags,
            String defaultVersion,
            int lastVersion) {

        ManagedPolicy policy() {
            return new ManagedPolicy(this);
        }
    }

    SavedPolicy saved() {
        return new SavedPolicy(
                arn,
                name,
                path,
                id,
                description,
                created,
                updated,
                List.copyOf(versions.values()),
                new LinkedHashMap<>(tags),
                defaultVersion,
                lastVersion);
    }

    public Version addVersion(String document, Instant at) {
        Version version = new Version("v" + ++lastVersion, document, at);
        versions.put(version.id(), version);
        updated = at;
        return version;
    }

    public String arn() {
        return arn;
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

    /** Empty for none. */
    public String description() {
        return description;
    }

    public Instant created() {
        return created;
    }

    public Instant updated() {
        return updated;
    }

    public Map<String, Version> versions() {
        return versions;
    }

    public Map<String, String> tags() {
        return tags;
    }

    public String defaultVersion() {
        return defaultVersion;
    }

    public void defaultVersion(String versionId, Instant at) {
        this.defaultVersion = versionId;
        this.updated = at;
    }

    /** The document of the default version. */
    public String document() {
        Version version = versions.get(defaultVersion);
        if (version == null) {
            throw new IllegalStateException(arn + " has no default version");
        }
        return version.document();
    }

    /** Whether AWS owns it. */
    public boolean isAws() {
        return arn.startsWith("arn:aws:iam::aws:");
    }
}
