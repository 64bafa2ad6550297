package io.pileus.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client that can send what a test wants to send. */
final class Http {

    /** What came back. */
    record Answer(int status, String body, String localStackHeader) {}

    private Http() {}

    static Answer get(Pileus pileus, String path) throws IOException {
        return send(pileus, "GET", path, "", "");
    }

    static Answer post(Pileus pileus, String path, String json) throws IOException {
        return send(pileus, "POST", path, "", json);
    }

    static Answer call(Pileus pileus, String target, String json) throws IOException {
        return send(pileus, "POST", "/", target, json);
    }

    static Answer send(Pileus pileus, String method, String path, String target, String body) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + pileus.port() + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestMethod(method);
        if (!target.isEmpty()) {
            connection.setRequestProperty("X-Amz-Target", target);
            connection.setRequestProperty("Content-Type", "application/x-amz-json-1.0");
        }
        if (!body.isEmpty()) {
            connection.setDoOutput(true);
            connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }
        int status = connection.getResponseCode();
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Answer(status, text, String.valueOf(connection.getHeaderField("x-localstack")));
        }
    }
}
