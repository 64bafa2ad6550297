package io.pileus.core.http.netty;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpResponse;

/**
 * A request that is answered without reaching the handler, because HTTP itself was not kept.
 *
 * @param status the HTTP status
 * @param code a short name in the manner of AWS's error codes
 * @param message what is wrong, in words for the client
 */
public record Rejection(int status, String code, String message) {

    /** Words a rejection for its client. */
    @FunctionalInterface
    public interface Renderer {
        /**
         * @param headers the request's headers; empty where not even the head could be read
         */
        HttpResponse render(Rejection rejection, Headers headers);
    }

    /** One line of plain text. */
    public static HttpResponse asText(Rejection rejection, Headers headers) {
        return HttpResponse.of(rejection.status, "text/plain", rejection.code + ": " + rejection.message + "\n");
    }

    static Rejection badRequest(String message) {
        return new Rejection(400, "BadRequest", message);
    }

    static Rejection incompleteBody() {
        return new Rejection(
                400,
                "IncompleteBody",
                "You did not provide the number of bytes specified by the Content-Length HTTP header.");
    }

    static Rejection bodyTooLarge(long maxBytes) {
        return new Rejection(
                413, "RequestEntityTooLarge", "The body is larger than the limit of " + maxBytes + " bytes.");
    }

    static Rejection headersTooLarge(int maxBytes) {
        return new Rejection(
                431,
                "RequestHeaderSectionTooLarge",
                "The headers are larger than the limit of " + maxBytes + " bytes.");
    }

    static Rejection uriTooLong(int maxBytes) {
        return new Rejection(414, "URITooLong", "The request line is longer than the limit of " + maxBytes + " bytes.");
    }

    static Rejection timedOut() {
        return new Rejection(
                408,
                "RequestTimeout",
                "Your socket connection to the server was not read from or written to within the timeout period.");
    }

    static Rejection expectationFailed() {
        return new Rejection(417, "ExpectationFailed", "The only expectation that can be met is 100-continue.");
    }

    static Rejection internal() {
        return new Rejection(500, "InternalFailure", "The request processing has failed because of an unknown error.");
    }
}
