package io.pileus.core.dispatch;

import io.pileus.core.http.HttpRequest;
import io.pileus.core.service.WireProtocol;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The text of a request that Signature Version 4 signs: method, path, query, the headers that its client chose, and the
 * hash of the body.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create a
 *     signed AWS API request</a>
 */
final class CanonicalRequest {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String ENCODING_AS_SENT = "x-pileus-content-encoding-as-sent";

    private CanonicalRequest() {}

    static String of(HttpRequest request, List<String> signedHeaders, String payloadHash, WireProtocol protocol) {
        return request.method() + "\n"
                + path(request.path(), protocol == WireProtocol.REST_XML) + "\n"
                + query(request.query()) + "\n"
                + headers(request, signedHeaders) + "\n"
                + String.join(";", signedHeaders) + "\n"
                + payloadHash;
    }

    /** Whether the HTTP server undid a coding of the body, which is hashed and signed as it was sent. */
    static boolean wasDecoded(HttpRequest request) {
        return request.headers().contains(ENCODING_AS_SENT);
    }

    /** S3 signs the path as it is sent; all others encode it once more. */
    private static String path(String path, boolean once) {
        return once ? path : encode(path, true);
    }

    private static boolean isUnreserved(byte b) {
        return (b >= 'A' && b <= 'Z')
                || (b >= 'a' && b <= 'z')
                || (b >= '0' && b <= '9')
                || b == '-'
                || b == '.'
                || b == '_'
                || b == '~';
    }

    private static String query(String query) {
        if (query.isEmpty()) {
            return "";
        }
        List<String> parameters = new ArrayList<>();
        for (String parameter : query.split("&")) {
            if (!parameter.isEmpty() && !parameter.startsWith("X-Amz-Signature=")) {
                int equals = parameter.indexOf('=');
                String name = equals < 0 ? parameter : parameter.substring(0, equals);
                String value = equals < 0 ? "" : parameter.substring(equals + 1);
                parameters.add(recoded(name) + "=" + recoded(value));
            }
        }
        // By name, then by value: '=' would sort wrongly between a name and a longer one.
        parameters.sort((a, b) -> a.replace('=', '\0').compareTo(b.replace('=', '\0')));
        return String.join("&", parameters);
    }

    /** The one encoding that signatures know, whatever the client used on the wire. */
    private static String recoded(String sent) {
        return encode(QueryString.decode(sent), false);
    }

    private static String encode(String text, boolean keepsSlashes) {
        StringBuilder encoded = new StringBuilder(text.length() + 8);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(b) || (b == '/' && keepsSlashes)) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    private static String headers(HttpRequest request, List<String> signed) {
        StringBuilder canonical = new StringBuilder();
        for (String name : signed) {
            String value = switch (name) {
                case "host" -> request.host();
                case "content-encoding" -> contentEncodingAsSent(request);
                default -> String.join(",", request.headers().all(name));
            };
            canonical.append(name).append(':').append(collapse(value)).append('\n');
        }
        return canonical.toString();
    }

    /** The HTTP server undoes codings and notes what was there. */
    private static String contentEncodingAsSent(HttpRequest request) {
        String asSent = request.header(ENCODING_AS_SENT);
        return asSent != null ? asSent : String.join(",", request.headers().all("content-encoding"));
    }

    /** Trims, and makes one space of many. */
    private static String collapse(String value) {
        StringBuilder text = new StringBuilder(value.length());
        for (char c : value.trim().toCharArray()) {
            if (c != ' ' || text.charAt(text.length() - 1) != ' ') {
                text.append(c);
            }
        }
        return text.toString();
    }
}
