package io.pileus.iam.state;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A SAML provider: its metadata document holds the certificates that its assertions are checked with. Guarded by its account's lock. */
public final class SamlProvider {
    private final String arn;
    private final String name;
    private final String uuid;
    private final Instant created;
    private final Map<String, String> tags = new LinkedHashMap<>();
    private String metadata;
    private Instant validUntil;

    public SamlProvider(String arn, String name, String uuid, String metadata, Instant created, Instant validUntil) {
        this.arn = arn;
        this.name = name;
        this.uuid = uuid;
        this.metadata = metadata;
        this.created = created;
        this.validUntil = validUntil;
    }

    public String arn() {
        return arn;
    }

    public String name() {
        return name;
    }

    public String uuid() {
        return uuid;
    }

    public String metadata() {
        return metadata;
    }

    public Instant created() {
        return created;
    }

    public Instant validUntil() {
        return validUntil;
    }

    public void metadata(String document, Instant valid) {
        this.metadata = document;
        this.validUntil = valid;
    }

    public Map<String, String> tags() {
        return tags;
    }
}
