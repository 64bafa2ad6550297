package io.pileus.core.dispatch;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import java.nio.charset.StandardCharsets;

/** Requests as clients send them. */
final class Requests {
    private Requests() {}

    static HttpRequest json(String target, String body, String... headers) {
        Headers all = Headers.of(headers);
        all.add("Content-Type", "application/x-amz-json-1.0").add("X-Amz-Target", target);
        return request("POST", "/", all, body);
    }

    static HttpRequest form(String path, String body, String... headers) {
        Headers all = Headers.of(headers);
        all.add("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
        return request("POST", path, all, body);
    }

    static HttpRequest get(String pathAndQuery, String... headers) {
        return request("GET", pathAndQuery, Headers.of(headers), "");
    }

    static HttpRequest request(String method, String pathAndQuery, Headers headers, String body) {
        int question = pathAndQuery.indexOf('?');
        String host = headers.get("Host");
        return new HttpRequest(
                method,
                question < 0 ? pathAndQuery : pathAndQuery.substring(0, question),
                question < 0 ? "" : pathAndQuery.substring(question + 1),
                "http",
                host == null ? "localhost:4566" : host,
                headers,
                Payload.ofUtf8(body),
                null);
    }

    /** An Authorization header of this key for a service in a region. */
    static String signed(String key, String region, String service) {
        return "AWS4-HMAC-SHA256 Credential=" + key + "/20260101/" + region + "/" + service
                + "/aws4_request, SignedHeaders=host, Signature=00";
    }

    static String text(HttpResponse response) {
        return new String(((HttpResponse.Complete) response.body()).payload().bytes(), StandardCharsets.UTF_8);
    }
}
