package io.pileus.lambda.executor;

/** Takes a response piece by piece, from a function that streams. Called by one thread at a time. */
public interface ResponseSink {

    /** The response begins. */
    void begin(String contentType);

    /** The next piece; waits while the reader is far behind. */
    void chunk(byte[] bytes);
}
