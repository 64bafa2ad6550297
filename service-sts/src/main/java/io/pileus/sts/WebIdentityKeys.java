package io.pileus.sts;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWKSet;
import io.pileus.core.http.client.OutboundHttp;
import io.pileus.core.port.Ports;
import io.pileus.core.port.TokenIssuers;
import io.pileus.core.shape.JsonTrees;
import io.pileus.sts.model.IDPCommunicationErrorException;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The keys of token issuers, from the nearest place that has them: this process (our user pools, our own tokens), what
 * the user supplied, or the issuer itself over HTTP.
 */
final class WebIdentityKeys {
    private static final int SUPPLIED_MAX = 1_000;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Ports ports;
    private final Function<String, Optional<String>> own;
    private final OutboundHttp http;
    private final Map<String, String> supplied = new ConcurrentHashMap<>();

    WebIdentityKeys(Ports ports, Function<String, Optional<String>> own, OutboundHttp http) {
        this.ports = ports;
        this.own = own;
        this.http = http;
    }

    /** Takes keys for an issuer that cannot be reached; the text is a JSON Web Key Set. */
    void supply(String issuer, String keys) throws ParseException {
        JWKSet.parse(keys);
        if (supplied.size() >= SUPPLIED_MAX && !supplied.containsKey(issuer)) {
            throw new ParseException("too many issuers", 0);
        }
        supplied.put(issuer, keys);
    }

    /** What the user supplied, by issuer. */
    Map<String, String> supplied() {
        return Map.copyOf(supplied);
    }

    void restore(String issuer, String keys) {
        supplied.put(issuer, keys);
    }

    CompletionStage<JWKSet> of(String issuer) {
        Optional<String> near = own.apply(issuer)
                .or(() -> ports.find(TokenIssuers.class).flatMap(p -> p.keysOf(issuer)))
                .or(() -> Optional.ofNullable(supplied.get(issuer)));
        if (near.isPresent()) {
            return CompletableFuture.completedFuture(parse(near.get()));
        }
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return get(base + "/.well-known/openid-configuration")
                .thenCompose(document -> get(jwksUri(document)))
                .thenApply(WebIdentityKeys::parse);
    }

    private CompletionStage<String> get(String url) {
        URI target;
        try {
            target = URI.create(url);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(unreachable());
        }
        return http.send(new OutboundHttp.Call("GET", target, Map.of(), new byte[0], TIMEOUT))
                .handle((answer, failure) -> {
                    if (failure != null || answer.status() != 200) {
                        throw unreachable();
                    }
                    return new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8);
                });
    }

    private static String jwksUri(String configuration) {
        try {
            JsonNode uri = JsonTrees.mapper().readTree(configuration).path("jwks_uri");
            if (uri.isTextual()) {
                return uri.asText();
            }
        } catch (IOException e) {
            // answered below
        }
        throw unreachable();
    }

    private static JWKSet parse(String keys) {
        try {
            return JWKSet.parse(keys);
        } catch (ParseException e) {
            throw unreachable();
        }
    }

    private static IDPCommunicationErrorException unreachable() {
        return IDPCommunicationErrorException.of("Couldn't retrieve verification key from your identity provider,"
                + " please reference AssumeRoleWithWebIdentity documentation for requirements");
    }
}
