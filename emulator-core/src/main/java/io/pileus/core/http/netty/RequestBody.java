package io.pileus.core.http.netty;

import io.netty.buffer.ByteBuf;
import io.pileus.core.http.ChunkSignatures;
import io.pileus.core.http.Headers;
import io.pileus.core.http.Payload;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The body of one request while it arrives: its codings are undone piece by piece, and the result is stored. When it is
 * complete the headers say what the handler gets: codings that were undone are gone from {@code Content-Encoding} (the
 * header as sent is kept as {@value #ENCODING_AS_SENT}, because a signature covers it), and the checksums that followed
 * the body have become headers.
 */
final class RequestBody {
    static final String ENCODING_AS_SENT = "x-pileus-content-encoding-as-sent";

    private final StoredBody stored;
    private final BodySink first;
    private final @Nullable AwsChunkedDecoder awsChunked;
    private final @Nullable ChunkSignatures signatures;
    private final boolean inflates;

    RequestBody(RequestHead head, BodyRules rules, ServerContext server) throws RejectedException {
        long decoded = head.isAwsChunked() ? decodedLength(head, rules) : -1;
        long expected = Math.max(0, head.bodyIsPlain() ? head.contentLength : decoded);
        int inMemory = server.config().limits().bodyInMemoryBytesMax();
        stored = new StoredBody(rules.maxBytes(), inMemory, expected, server.spool());
        BodySink sink = stored;
        inflates = rules.inflateGzip() && head.isGzip();
        if (inflates) {
            sink = new GzipDecoder(sink);
        }
        if (head.isAwsChunked()) {
            boolean checked = server.config().checksChunks() && head.isSignedByChunks();
            signatures = checked ? new ChunkSignatures() : null;
            awsChunked = new AwsChunkedDecoder(sink, decoded, signatures);
            sink = awsChunked;
        } else {
            awsChunked = null;
            signatures = null;
        }
        first = sink;
    }

    private static long decodedLength(RequestHead head, BodyRules rules) throws RejectedException {
        String value = head.headers.get("x-amz-decoded-content-length");
        if (value == null) {
            return -1;
        }
        try {
            long length = Long.parseLong(value.trim());
            if (length > rules.maxBytes()) {
                throw new RejectedException(Rejection.bodyTooLarge(rules.maxBytes()));
            }
            if (length >= 0) {
                return length;
            }
        } catch (NumberFormatException e) {
            // Refused below like a negative one.
        }
        throw new RejectedException(Rejection.badRequest("x-amz-decoded-content-length is not a number of bytes."));
    }

    void accept(ByteBuf piece) throws RejectedException {
        first.accept(piece);
    }

    Payload complete(RequestHead head) throws RejectedException {
        first.end();
        if (awsChunked != null) {
            addTrailers(head.headers, awsChunked.trailers());
            if (signatures != null) {
                head.headers.set(ChunkSignatures.HEADER, signatures.packed());
                head.headers.set(
                        ChunkSignatures.TRAILERS_HEADER, ChunkSignatures.hashOf(canonical(awsChunked.trailers())));
            }
        }
        if (head.contentEncoding != null && (awsChunked != null || inflates)) {
            rewriteEncoding(head.headers, head.contentEncoding);
        }
        return stored.take();
    }

    /** Checksums may follow a body; nothing else may, lest a trailer replace a header that was signed. */
    static void addTrailers(Headers headers, Headers trailers) {
        for (int i = 0; i < trailers.size(); i++) {
            String name = trailers.nameAt(i).toLowerCase(Locale.ROOT);
            if (name.startsWith("x-amz-checksum-") || name.equals("x-amz-trailer-signature")) {
                headers.set(name, trailers.valueAt(i));
            }
        }
    }

    /** Trailing headers as they are signed, but for the signature itself. */
    private static String canonical(Headers trailers) {
        StringBuilder canonical = new StringBuilder();
        for (int i = 0; i < trailers.size(); i++) {
            String name = trailers.nameAt(i).toLowerCase(Locale.ROOT);
            if (!name.equals("x-amz-trailer-signature")) {
                canonical.append(name).append(':').append(trailers.valueAt(i)).append('\n');
            }
        }
        return canonical.toString();
    }

    private void rewriteEncoding(Headers headers, String asSent) {
        StringJoiner kept = new StringJoiner(",");
        for (String coding : asSent.split(",")) {
            String name = coding.strip().toLowerCase(Locale.ROOT);
            boolean undone = name.equals("aws-chunked") || inflates && (name.equals("gzip") || name.equals("x-gzip"));
            if (!undone && !name.isEmpty()) {
                kept.add(coding.strip());
            }
        }
        headers.remove(HeaderNames.CONTENT_ENCODING);
        if (kept.length() > 0) {
            headers.add(HeaderNames.CONTENT_ENCODING, kept.toString());
        }
        headers.set(ENCODING_AS_SENT, asSent);
    }

    void release() {
        first.release();
    }
}
