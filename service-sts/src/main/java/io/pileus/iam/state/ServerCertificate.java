package io.pileus.iam.state;

import io.pileus.core.identity.AccountId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A server certificate. Its private key is checked when it is uploaded and then forgotten: no operation gives it back. */
public final class ServerCertificate {
    private final AccountId account;
    private final String id;
    private final Content content;
    private final Instant uploaded;
    private final Map<String, String> tags = new LinkedHashMap<>();
    private String name;
    private String path;

    /**
     * What was uploaded.
     *
     * @param body the certificate as PEM
     * @param chain the certificates above it as PEM; empty for none given
     */
    public record Content(String body, Optional<String> chain, Instant expiration) {}

    public ServerCertificate(
            AccountId account, String id, String name, String path, Content content, Instant uploaded) {
        this.account = account;
        this.id = id;
        this.name = name;
        this.path = path;
        this.content = content;
        this.uploaded = uploaded;
    }

    public String arn() {
        return "arn:aws:iam::" + account + ":server-certificate" + path + name;
    }

    public String id() {
        return id;
    }

    public String name() {
        return name;
    }

    public String path() {
        return path;
    }

    public Content content() {
        return content;
    }

    public Instant uploaded() {
        return uploaded;
    }

    public Map<String, String> tags() {
        return tags;
    }

    public void rename(String newName, String newPath) {
        this.name = newName;
        this.path = newPath;
    }
}
