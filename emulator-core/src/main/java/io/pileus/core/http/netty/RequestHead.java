package io.pileus.core.http.netty;

import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import io.pileus.core.http.Headers;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The head of a request: its headers, and at hand those that say how the request is framed. */
final class RequestHead {
    final String method;
    final String path;
    final String query;
    final Headers headers;

    @Nullable
    String host;

    @Nullable
    String connection;

    @Nullable
    String expect;

    @Nullable
    String transferEncoding;

    @Nullable
    String contentEncoding;

    @Nullable
    String contentSha256;

    /** -1 when the client did not announce it. */
    long contentLength = -1;

    private RequestHead(String method, String target, int headerCount) throws RejectedException {
        this.method = method;
        int start = originFormStart(target);
        int question = target.indexOf('?', start);
        int end = question < 0 ? target.length() : question;
        this.path = start == end ? "/" : target.substring(start, end);
        this.query = question < 0 ? "" : target.substring(question + 1);
        if (path.charAt(0) != '/') {
            throw new RejectedException(Rejection.badRequest("The request target must begin with a slash."));
        }
        this.headers = Headers.withCapacity(headerCount + 2);
    }

    /** Where the path begins: proxies are sent {@code http://host/path}, and {@code OPTIONS *} asks about no path at all. */
    private static int originFormStart(String target) {
        if (target.startsWith("/")) {
            return 0;
        }
        if (target.equals("*")) {
            return 1;
        }
        int scheme = target.indexOf("://");
        if (scheme < 0) {
            return 0;
        }
        int slash = target.indexOf('/', scheme + 3);
        int question = target.indexOf('?', scheme + 3);
        if (question >= 0 && (slash < 0 || question < slash)) {
            return question;
        }
        return slash < 0 ? target.length() : slash;
    }

    static RequestHead of(io.netty.handler.codec.http.HttpRequest request) throws RejectedException {
        var nettyHeaders = request.headers();
        RequestHead head = new RequestHead(request.method().name(), request.uri(), nettyHeaders.size());
        Iterator<Map.Entry<CharSequence, CharSequence>> all = nettyHeaders.iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = all.next();
            head.add(HeaderNames.canonical(header.getKey()), header.getValue().toString());
        }
        return head;
    }

    static RequestHead of(Http2Headers http2) throws RejectedException {
        CharSequence method = http2.method();
        CharSequence path = http2.path();
        if (method == null || path == null) {
            throw new RejectedException(Rejection.badRequest("A request needs :method and :path."));
        }
        RequestHead head = new RequestHead(method.toString(), path.toString(), http2.size());
        CharSequence authority = http2.authority();
        if (authority != null) {
            head.add(HeaderNames.HOST, authority.toString());
        }
        for (Map.Entry<CharSequence, CharSequence> header : http2) {
            CharSequence name = header.getKey();
            boolean pseudo = name.charAt(0) == ':';
            boolean hostAgain = authority != null && AsciiString.contentEqualsIgnoreCase(name, HeaderNames.HOST);
            if (!pseudo && !hostAgain) {
                head.add(HeaderNames.canonical(name), header.getValue().toString());
            }
        }
        return head;
    }

    /** Adds a header; the canonical names are compared by identity, once, here. */
    @SuppressWarnings("StringEquality")
    private void add(String name, String value) throws RejectedException {
        headers.add(name, value);
        if (name == HeaderNames.HOST) {
            if (host != null && !host.equals(value)) {
                throw new RejectedException(Rejection.badRequest("The request has more than one Host header."));
            }
            host = value;
        } else if (name == HeaderNames.CONTENT_LENGTH) {
            contentLength = parseLength(value);
        } else if (name == HeaderNames.CONNECTION) {
            connection = connection == null ? value : connection + "," + value;
        } else if (name == HeaderNames.TRANSFER_ENCODING) {
            transferEncoding = value;
        } else if (name == HeaderNames.EXPECT) {
            expect = value;
        } else if (name == HeaderNames.CONTENT_ENCODING) {
            contentEncoding = contentEncoding == null ? value : contentEncoding + "," + value;
        } else if (name == HeaderNames.CONTENT_SHA256) {
            contentSha256 = value;
        }
    }

    private static long parseLength(String value) throws RejectedException {
        try {
            long length = Long.parseLong(value.trim());
            if (length >= 0) {
                return length;
            }
        } catch (NumberFormatException e) {
            // Refused below like a negative one.
        }
        throw new RejectedException(Rejection.badRequest("The Content-Length is not a number of bytes."));
    }

    /** Whether {@code Connection} names the option. */
    boolean connectionSays(String option) {
        return connection != null && namesToken(connection, option);
    }

    boolean hasBody() {
        return contentLength > 0 || transferEncoding != null;
    }

    /** Whether the body's bytes are the client's own, in no coding that this server undoes. */
    boolean bodyIsPlain() {
        return contentEncoding == null && !isStreamingSha256();
    }

    /** Some clients name the coding without using it; those that use it announce the size that comes out of it. */
    boolean isAwsChunked() {
        return isStreamingSha256()
                || contentEncoding != null
                        && namesToken(contentEncoding, "aws-chunked")
                        && headers.contains("x-amz-decoded-content-length");
    }

    boolean isGzip() {
        return contentEncoding != null
                && (namesToken(contentEncoding, "gzip") || namesToken(contentEncoding, "x-gzip"));
    }

    /** Whether each chunk of the body has a signature of its own. */
    boolean isSignedByChunks() {
        return contentSha256 != null && contentSha256.startsWith("STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
    }

    private boolean isStreamingSha256() {
        return contentSha256 != null && contentSha256.startsWith("STREAMING-");
    }

    private static boolean namesToken(String list, String token) {
        if (list.equalsIgnoreCase(token)) {
            return true;
        }
        if (list.indexOf(',') < 0) {
            return false;
        }
        for (String item : list.toLowerCase(Locale.ROOT).split(",")) {
            if (item.strip().equals(token)) {
                return true;
            }
        }
        return false;
    }
}
