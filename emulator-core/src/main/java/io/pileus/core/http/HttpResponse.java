package io.pileus.core.http;

import java.nio.ByteBuffer;
import java.util.concurrent.Flow;

/** One HTTP response. */
public record HttpResponse(int status, Headers headers, Body body) {

    /** What follows the headers. */
    public sealed interface Body {
        /** In bytes, or -1 when it is not known yet. */
        long size();
    }

    /** A body whose size is known; it may be a region of a file. */
    public record Complete(Payload payload) implements Body {
        @Override
        public long size() {
            return payload.size();
        }
    }

    /**
     * A body that comes piece by piece while the connection stays open, such as an event stream. The server asks for as
     * many pieces as the client takes, and cancels when the client goes away.
     */
    public record Streamed(Flow.Publisher<ByteBuffer> chunks) implements Body {
        @Override
        public long size() {
            return -1;
        }
    }

    public static HttpResponse of(int status, Headers headers, byte[] body) {
        return new HttpResponse(status, headers, new Complete(Payload.of(body)));
    }

    public static HttpResponse of(int status, String contentType, String body) {
        return new HttpResponse(status, Headers.of("Content-Type", contentType), new Complete(Payload.ofUtf8(body)));
    }

    public static HttpResponse json(int status, String body) {
        return of(status, "application/json", body);
    }

    public static HttpResponse empty(int status) {
        return new HttpResponse(status, new Headers(), new Complete(Payload.EMPTY));
    }

    public HttpResponse with(String header, String value) {
        headers.set(header, value);
        return this;
    }
}
