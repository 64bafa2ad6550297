package io.pileus.server.control;

import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.AwsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * A page to look at a running server with: what there is, the requests, messages in queues, what was sent, and the clock's
 * buttons. Three files that ask nobody but this server; their policy lets the browser load and call nothing else.
 */
final class Console {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private Console() {}

    static HttpResponse page() {
        return file("console.html", "text/html; charset=utf-8");
    }

    static HttpResponse file(String name) {
        return switch (name) {
            case "console.css" -> file(name, "text/css; charset=utf-8");
            case "console.js" -> file(name, "text/javascript; charset=utf-8");
            default -> Json.error(404, "there is no such file");
        };
    }

    /** The root leads browsers here; any other client forgot to say what it wants. */
    static HttpResponse landing(HttpRequest request) {
        String accept = request.header("accept");
        if (accept != null && accept.contains("text/html")) {
            return HttpResponse.empty(302).with("Location", "/_pileus/console");
        }
        throw new AwsException(
                "MissingAction", 400, "The request must contain the parameter Action, or the header X-Amz-Target.");
    }

    private static HttpResponse file(String name, String type) {
        try (InputStream in = Console.class.getResourceAsStream("console/" + name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return HttpResponse.of(200, type, new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .with("Content-Security-Policy", POLICY)
                    .with("X-Content-Type-Options", "nosniff")
                    .with("Referrer-Policy", "same-origin")
                    .with("Cache-Control", "no-cache");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
