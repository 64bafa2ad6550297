package io.pileus.core.http.netty;

import io.pileus.core.http.Headers;

/**
 * What a request's body may be, decided from its head before a byte of it is read.
 *
 * @param maxBytes the largest body in bytes, measured after decoding; a larger one is answered with 413
 * @param inflateGzip whether {@code Content-Encoding: gzip} is undone. An S3 object keeps its encoding, a compressed API
 *     call does not
 */
public record BodyRules(long maxBytes, boolean inflateGzip) {

    /** The largest object that S3 takes in one request: 5 GiB. */
    public static final long S3_OBJECT_BYTES_MAX = 5L << 30;

    /** The limit for everything else: 64 MiB, well above a Lambda function's 50 MB archive. */
    public static final long GENERAL_BYTES_MAX = 64L << 20;

    /** Chooses the rules by the head of a request. */
    @FunctionalInterface
    public interface Policy {
        BodyRules rulesFor(String method, String path, Headers headers);
    }

    /** Calls (POST) are inflated and bounded by 64 MiB; uploads (PUT) are kept as they are, up to 5 GiB. */
    public static BodyRules byMethod(String method, String path, Headers headers) {
        return method.equals("PUT")
                ? new BodyRules(S3_OBJECT_BYTES_MAX, false)
                : new BodyRules(GENERAL_BYTES_MAX, method.equals("POST"));
    }
}
