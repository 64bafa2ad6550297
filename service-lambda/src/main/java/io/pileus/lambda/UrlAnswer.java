package io.pileus.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import io.pileus.core.shape.Blob;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The HTTP answer that a function's result stands for: an object with {@code statusCode} says status, headers, cookies and
 * body; anything else is the body.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-response-payload">Response payload</a>
 */
final class UrlAnswer {
    private UrlAnswer() {}

    static HttpResponse internalServerError() {
        return HttpResponse.of(502, "application/json", "Internal Server Error");
    }

    static HttpResponse of(Blob result) {
        JsonNode node = AsyncInvocations.json(result);
        if (!node.isObject() || !node.has("statusCode")) {
            return HttpResponse.of(200, Headers.of("Content-Type", "application/json"), result.bytes());
        }
        Optional<HttpResponse> head = head(node);
        if (head.isEmpty()) {
            return internalServerError();
        }
        byte[] body;
        try {
            JsonNode given = node.path("body");
            String text = given.isMissingNode() || given.isNull()
                    ? ""
                    : given.isTextual() ? given.asText() : given.toString();
            body = node.path("isBase64Encoded").asBoolean()
                    ? Base64.getDecoder().decode(text)
                    : text.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return internalServerError();
        }
        return new HttpResponse(head.get().status(), head.get().headers(), new HttpResponse.Complete(Payload.of(body)));
    }

    /** Status and headers, of a result or of the prelude of a streamed one; empty when the status is none. */
    static Optional<HttpResponse> head(JsonNode node) {
        int status = node.path("statusCode").asInt(node.has("statusCode") ? 0 : 200);
        if (status < 100 || status > 599) {
            return Optional.empty();
        }
        Headers headers = new Headers();
        node.path("headers").properties().forEach(header -> {
            if (isHeader(header.getKey())) {
                headers.add(header.getKey(), clean(header.getValue()));
            }
        });
        node.path("cookies").forEach(cookie -> headers.add("Set-Cookie", clean(cookie)));
        if (!headers.contains("content-type")) {
            headers.add("Content-Type", "application/json");
        }
        return Optional.of(new HttpResponse(status, headers, new HttpResponse.Complete(Payload.EMPTY)));
    }

    /** A header's name that the function may choose: the connection's are the server's affair. */
    private static boolean isHeader(String name) {
        return name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
                && !name.equalsIgnoreCase("content-length")
                && !name.equalsIgnoreCase("transfer-encoding")
                && !name.equalsIgnoreCase("connection");
    }

    private static String clean(JsonNode value) {
        return value.asText().replaceAll("[\\r\\n\\x00]", " ");
    }
}
