package io.pileus.s3;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.AwsException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as websites show it: a page, and the same in headers.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/CustomErrorDocSupport.html">Error documents</a>
 */
final class WebsitePage {
    private static final Map<Integer, String> REASONS = Map.of(
            302, "Found",
            400, "Bad Request",
            403, "Forbidden",
            404, "Not Found",
            405, "Method Not Allowed",
            412, "Precondition Failed",
            416, "Requested Range Not Satisfiable");

    private WebsitePage() {}

    /**
     * @param ofDocument why the website's own error document could not be had, if it has one
     * @param plain the error as the API answers it, whose headers the page has too
     */
    static HttpResponse of(
            AwsException error, @Nullable AwsException ofDocument, HttpResponse plain, HttpRequest request) {
        Headers headers = plain.headers();
        describe(error, headers);
        headers.set("Content-Type", "text/html; charset=utf-8");
        String title = error.httpStatus() + " " + REASONS.getOrDefault(error.httpStatus(), error.code());
        StringBuilder html = new StringBuilder("<html>\n<head><title>")
                .append(title)
                .append("</title></head>\n<body>\n<h1>")
                .append(title)
                .append("</h1>\n<ul>\n");
        addItems(html, error);
        addItem(html, "RequestId", String.valueOf(headers.get("x-amz-request-id")));
        addItem(html, "HostId", String.valueOf(headers.get("x-amz-id-2")));
        html.append("</ul>\n");
        if (ofDocument != null) {
            html.append("<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>\n<ul>\n");
            addItems(html, ofDocument);
            html.append("</ul>\n");
        }
        html.append("<hr/>\n</body>\n</html>\n");
        String body = request.method().equals("HEAD") ? "" : html.toString();
        return HttpResponse.of(error.httpStatus(), headers, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds the headers that say what went wrong. */
    static void describe(AwsException error, Headers headers) {
        headers.set("x-amz-error-code", error.code());
        headers.set("x-amz-error-message", String.valueOf(error.getMessage()));
        if (error instanceof S3Error s3) {
            s3.elements()
                    .forEach((name, value) -> headers.set("x-amz-error-detail-" + name, HeaderValues.printable(value)));
        }
    }

    private static void addItems(StringBuilder html, AwsException error) {
        addItem(html, "Code", error.code());
        addItem(html, "Message", String.valueOf(error.getMessage()));
        if (error instanceof S3Error s3) {
            s3.elements().forEach((name, value) -> addItem(html, name, value));
        }
    }

    private static void addItem(StringBuilder html, String name, String value) {
        String escaped = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        html.append("<li>").append(name).append(": ").append(escaped).append("</li>\n");
    }
}
