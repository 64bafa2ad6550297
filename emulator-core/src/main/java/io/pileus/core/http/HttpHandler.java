package io.pileus.core.http;

import java.util.concurrent.CompletionStage;

/** Answers a request; never blocks the caller's thread. A stage that fails is answered with status 500 and logged. */
@FunctionalInterface
public interface HttpHandler {
    CompletionStage<HttpResponse> handle(HttpRequest request);
}
