package io.pileus.iam.state;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** An OpenID Connect provider whose tokens may take on roles. Guarded by its account's lock. */
public final class OidcProvider {
    private final String arn;
    private final String url;
    private final Instant created;
    private final Set<String> clientIds = new LinkedHashSet<>();
    private final Set<String> thumbprints = new LinkedHashSet<>();
    private final Map<String, String> tags = new LinkedHashMap<>();

    /** @param url the issuer without its scheme, such as {@code accounts.example.com/pool} */
    public OidcProvider(String arn, String url, Instant created) {
        this.arn = arn;
        this.url = url;
        this.created = created;
    }

    public String arn() {
        return arn;
    }

    public String url() {
        return url;
    }

    public Instant created() {
        return created;
    }

    /** Audiences that tokens may have. */
    public Set<String> clientIds() {
        return clientIds;
    }

    public Set<String> thumbprints() {
        return thumbprints;
    }

    public Map<String, String> tags() {
        return tags;
    }
}
