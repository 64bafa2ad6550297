package io.pileus.core.port;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import java.util.Optional;

/**
 * A service that says itself which web pages may use it, as S3 does by the CORS configurations of its buckets. Where it has
 * rules for what a request is about, they go before the server's own.
 */
public interface CrossOriginRules {

    /** Whether there are rules for what the request is about. */
    boolean apply(HttpRequest request);

    /** The answer to a browser that asks beforehand whether a page may send a request. */
    HttpResponse preflight(HttpRequest request);

    /** The headers by which a browser lets the page of the request's origin see the answer; empty when it may not. */
    Optional<Headers> allow(HttpRequest request);
}
