package io.pileus.core.http;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request, complete with its body, whichever version of HTTP brought it.
 *
 * @param method the method in upper case
 * @param path the path as sent, still percent-encoded, beginning with a slash
 * @param query the query string as sent without the question mark; empty when there is none
 * @param scheme {@code http} or {@code https}
 * @param host the Host header (or {@code :authority}) as sent, port included; empty when the client sent none
 * @param remote the client's address; null for calls made inside the process
 */
public record HttpRequest(
        String method,
        String path,
        String query,
        String scheme,
        String host,
        Headers headers,
        Payload body,
        @Nullable InetSocketAddress remote) {

    /** A header's first value, or null. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /** The Content-Type without its parameters, in lower case; empty when there is none. */
    public String mediaType() {
        String value = headers.get("content-type");
        if (value == null) {
            return "";
        }
        int end = value.indexOf(';');
        return (end < 0 ? value : value.substring(0, end)).trim().toLowerCase(java.util.Locale.ROOT);
    }
}
