package io.pileus.core.service;

import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * An HTTP endpoint beside the AWS API.
 *
 * @param methods the methods it answers
 * @param template the path, with {@code {label}} for one segment and {@code {label+}} for the rest, such as
 *     {@code /{pool}/.well-known/jwks.json}
 * @param endpoint what answers
 */
public record HttpRoute(Set<String> methods, String template, Endpoint endpoint) {

    public static HttpRoute get(String template, Endpoint endpoint) {
        return new HttpRoute(Set.of("GET", "HEAD"), template, endpoint);
    }

    public static HttpRoute post(String template, Endpoint endpoint) {
        return new HttpRoute(Set.of("POST"), template, endpoint);
    }

    /** Answers a request to the route. */
    @FunctionalInterface
    public interface Endpoint {
        /** @param labels the path's labels, percent-decoded */
        CompletionStage<HttpResponse> handle(HttpRequest request, Map<String, String> labels, CallContext call);
    }
}
