package io.pileus.server.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.http.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The document of the endpoints beside the AWS API, and a page that shows it without asking anyone for a script. */
final class OpenApi {
    private OpenApi() {}

    static HttpResponse json() {
        return HttpResponse.json(200, text());
    }

    /** Every JSON document is a YAML document. */
    static HttpResponse yaml() {
        return HttpResponse.of(200, "application/yaml", text());
    }

    static HttpResponse page() {
        ObjectNode document = Json.read(text());
        StringBuilder page =
                new StringBuilder("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>");
        String title = escaped(document.at("/info/title").asText());
        page.append(title)
                .append(
                        "</title><style>body{font:16px/1.5 sans-serif;margin:2em auto;max-width:60em}code{font-size:14px}"
                                + "td{padding:.1em 1em .1em 0;vertical-align:top}</style></head><body><h1>")
                .append(title)
                .append("</h1><p>")
                .append(escaped(document.at("/info/description").asText()))
                .append(" <a href=\"/_pileus/openapi.json\">OpenAPI document</a></p><table>");
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> row(page, path.getKey(), operation.getKey(), operation.getValue())));
        return HttpResponse.of(
                200,
                "text/html; charset=utf-8",
                page.append("</table></body></html>").toString());
    }

    private static void row(StringBuilder page, String path, String method, JsonNode operation) {
        page.append("<tr><td><code>")
                .append(method.toUpperCase(java.util.Locale.ROOT))
                .append("</code></td><td><code>")
                .append(escaped(path))
                .append("</code></td><td>")
                .append(escaped(operation.path("summary").asText()))
                .append("</td></tr>");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String text() {
        try (InputStream in = OpenApi.class.getResourceAsStream("openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("openapi.json is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
