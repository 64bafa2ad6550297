package io.pileus.core.http;

import java.util.concurrent.CompletionStage;

/**
 * Answers a request; never blocks the caller's thread. A stage that fails is answered with status 500 and logged. When
 * the client goes away before its answer, a stage that is a {@link java.util.concurrent.CompletableFuture} is cancelled,
 * so that whoever waits on the client's behalf can stop.
 */
@FunctionalInterface
public interface HttpHandler {
    CompletionStage<HttpResponse> handle(HttpRequest request);
}
