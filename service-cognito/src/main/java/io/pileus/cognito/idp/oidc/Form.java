package io.pileus.cognito.idp.oidc;

import io.pileus.core.http.HttpRequest;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Parameters of a query string or of a form. Of a name given twice the first value counts. */
record Form(Map<String, String> values) {
    /** Forms are short; more is refused unread. */
    static final int BYTES_MAX = 64 * 1024;

    static Form ofQuery(HttpRequest request) {
        return parse(request.query());
    }

    static Form ofBody(HttpRequest request) {
        return ofBody(request, BYTES_MAX);
    }

    static Form ofBody(HttpRequest request, int bytesMax) {
        if (request.body().size() > bytesMax) {
            return new Form(Map.of());
        }
        return parse(new String(request.body().bytes(), StandardCharsets.UTF_8));
    }

    static Form parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                values.putIfAbsent(
                        decode(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return new Form(values);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    String get(String name) {
        return values.getOrDefault(name, "");
    }

    static String encode(Map<String, String> values) {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> {
            if (!text.isEmpty()) {
                text.append('&');
            }
            text.append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        });
        return text.toString();
    }
}
