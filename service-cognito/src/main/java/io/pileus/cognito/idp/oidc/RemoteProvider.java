package io.pileus.cognito.idp.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWKSet;
import io.pileus.core.http.client.OutboundHttp;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.shape.JsonTrees;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** An OpenID provider elsewhere: its configuration, its keys, its token and attribute endpoints. */
public final class RemoteProvider {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private final OutboundHttp http;

    public RemoteProvider(ServiceEnvironment env) {
        this.http = new OutboundHttp(env.workers());
    }

    /** The issuer's OpenID configuration; empty when it cannot be read. */
    Optional<JsonNode> configuration(String issuer) {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return get(base + "/.well-known/openid-configuration", Map.of());
    }

    /** The issuer's public keys; empty when they cannot be read. */
    public Optional<JWKSet> keys(String issuer) {
        String full = issuer.startsWith("http") ? issuer : "https://" + issuer;
        return configuration(full)
                .map(configuration -> configuration.path("jwks_uri").asText(""))
                .filter(uri -> !uri.isEmpty())
                .flatMap(this::keysAt);
    }

    Optional<JWKSet> keysAt(String uri) {
        return get(uri, Map.of()).flatMap(json -> {
            try {
                return Optional.of(JWKSet.parse(json.toString()));
            } catch (ParseException e) {
                return Optional.empty();
            }
        });
    }

    Optional<JsonNode> get(String uri, Map<String, String> headers) {
        try {
            OutboundHttp.Answer answer = http.send(
                            new OutboundHttp.Call("GET", URI.create(uri), headers, new byte[0], TIMEOUT))
                    .toCompletableFuture()
                    .join();
            return answer.status() == 200
                    ? Optional.ofNullable(JsonTrees.mapper().readTree(answer.body()))
                    : Optional.empty();
        } catch (CompletionException | IllegalArgumentException | IOException e) {
            return Optional.empty();
        }
    }

    /** What a token endpoint says to a form. */
    sealed interface Exchange {}

    record Answered(JsonNode json) implements Exchange {}

    record Rejected(int status) implements Exchange {}

    record Unreachable() implements Exchange {}

    Exchange exchange(String uri, Map<String, String> headers, Map<String, String> form) {
        byte[] body = Form.encode(form).getBytes(StandardCharsets.UTF_8);
        try {
            OutboundHttp.Answer answer = http.send(
                            new OutboundHttp.Call("POST", URI.create(uri), headers, body, TIMEOUT))
                    .toCompletableFuture()
                    .join();
            JsonNode json = answer.status() == 200 ? JsonTrees.mapper().readTree(answer.body()) : null;
            return json == null ? new Rejected(answer.status()) : new Answered(json);
        } catch (CompletionException | IllegalArgumentException e) {
            return new Unreachable();
        } catch (IOException e) {
            return new Rejected(200);
        }
    }

    /** A document as text; empty when it cannot be read. */
    Optional<String> text(String uri) {
        try {
            OutboundHttp.Answer answer = http.send(
                            new OutboundHttp.Call("GET", URI.create(uri), Map.of(), new byte[0], TIMEOUT))
                    .toCompletableFuture()
                    .join();
            return answer.status() == 200
                    ? Optional.of(new String(answer.body(), StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (CompletionException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
