package io.pileus.core.http.netty;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Rules on a response's headers that hold in both versions of HTTP. */
final class ResponseHeaders {
    private ResponseHeaders() {}

    /** Headers that describe the connection or the framing; the server writes its own. */
    static boolean isFraming(String name) {
        return switch (name.length()) {
            case 7 -> name.equalsIgnoreCase("upgrade");
            case 10 -> name.equalsIgnoreCase("connection") || name.equalsIgnoreCase("keep-alive");
            case 14 -> name.equalsIgnoreCase("content-length");
            case 16 -> name.equalsIgnoreCase("proxy-connection");
            case 17 -> name.equalsIgnoreCase("transfer-encoding");
            default -> false;
        };
    }

    /** Refuses a header that would end early and begin another: response splitting. */
    static void requireSafe(String name, String value) {
        boolean unsafe = name.isEmpty()
                || name.indexOf('\n') >= 0
                || name.indexOf('\r') >= 0
                || name.indexOf(':') >= 0
                || name.indexOf(' ') >= 0
                || value.indexOf('\n') >= 0
                || value.indexOf('\r') >= 0
                || value.indexOf('\0') >= 0;
        if (unsafe) {
            throw new IllegalArgumentException("a response header holds a line break or is no name: " + name.strip());
        }
    }

    static void requireSafe(Headers headers) {
        for (int i = 0; i < headers.size(); i++) {
            requireSafe(headers.nameAt(i), headers.valueAt(i));
        }
    }

    static boolean statusHasBody(int status) {
        return status >= 200 && status != 204 && status != 304;
    }

    /** The size to announce, or -1 when it is not known: a HEAD's answer may name the size of the body it leaves out. */
    static long lengthOf(HttpResponse response, boolean toHead) {
        Long announced = announcedLength(response.headers());
        long size = response.body().size();
        return announced != null && (toHead || size < 0) ? announced : size;
    }

    private static @Nullable Long announcedLength(Headers headers) {
        String value = headers.get("content-length");
        return value == null ? null : Long.valueOf(value);
    }
}
