package io.pileus.core.http.netty;

import java.time.Duration;

/**
 * What a client may ask of a connection.
 *
 * @param requestLineBytesMax the longest request line; a longer one is answered with 414
 * @param headerBytesMax all headers together; more is answered with 431
 * @param bodyInMemoryBytesMax a larger body goes to a temporary file
 * @param readTimeout how long a half-sent request may make no progress
 * @param writeTimeout how long a client may take nothing of its answer
 * @param idleTimeout how long a connection may stay open with nothing to do
 * @param pipelinedRequestsMax unanswered requests on one HTTP/1.1 connection before reading pauses
 * @param streamsPerConnectionMax concurrent HTTP/2 streams on one connection
 */
public record HttpLimits(
        int requestLineBytesMax,
        int headerBytesMax,
        int bodyInMemoryBytesMax,
        Duration readTimeout,
        Duration writeTimeout,
        Duration idleTimeout,
        int pipelinedRequestsMax,
        int streamsPerConnectionMax) {

    public static final HttpLimits DEFAULT = new HttpLimits(
            64 << 10,
            64 << 10,
            4 << 20,
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofMinutes(10),
            128,
            4096);

    public HttpLimits {
        if (requestLineBytesMax < 1 || headerBytesMax < 1 || bodyInMemoryBytesMax < 0 || pipelinedRequestsMax < 1) {
            throw new IllegalArgumentException("limits must be positive");
        }
        if (streamsPerConnectionMax < 1000) {
            throw new IllegalArgumentException("SDKs multiplex all their calls: at least 1000 streams");
        }
    }

    public HttpLimits withTimeouts(Duration read, Duration write, Duration idle) {
        return new HttpLimits(
                requestLineBytesMax,
                headerBytesMax,
                bodyInMemoryBytesMax,
                read,
                write,
                idle,
                pipelinedRequestsMax,
                streamsPerConnectionMax);
    }

    public HttpLimits withBodyInMemoryBytesMax(int bytes) {
        return new HttpLimits(
                requestLineBytesMax,
                headerBytesMax,
                bytes,
                readTimeout,
                writeTimeout,
                idleTimeout,
                pipelinedRequestsMax,
                streamsPerConnectionMax);
    }
}
