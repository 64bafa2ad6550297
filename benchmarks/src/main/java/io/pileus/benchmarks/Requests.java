package io.pileus.benchmarks;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests as the AWS SDK for Java sends them. */
final class Requests {
    private static final int PLAINTEXT_BYTES = 1024;
    private static final int ANSWER_BYTES_MAX = 64 << 10;

    private Requests() {}

    static byte[] sendMessage(int port, String queueUrl) {
        return request(
                port,
                "sqs",
                "application/x-amz-json-1.0",
                "AmazonSQS.SendMessage",
                "{\"QueueUrl\":\"" + queueUrl + "\",\"MessageBody\":\"hello\"}");
    }

    static String newQueueUrl(int port) throws IOException {
        byte[] create =
                request(port, "sqs", "application/x-amz-json-1.0", "AmazonSQS.CreateQueue", "{\"QueueName\":\"load\"}");
        return member("QueueUrl", awaitAnswer(port, create));
    }

    static byte[] encrypt(int port, String keyId) {
        String plaintext = Base64.getEncoder().encodeToString(new byte[PLAINTEXT_BYTES]);
        return request(
                port,
                "kms",
                "application/x-amz-json-1.1",
                "TrentService.Encrypt",
                "{\"KeyId\":\"" + keyId + "\",\"Plaintext\":\"" + plaintext + "\"}");
    }

    static String newKeyId(int port) throws IOException {
        byte[] create = request(port, "kms", "application/x-amz-json-1.1", "TrentService.CreateKey", "{}");
        return member("KeyId", awaitAnswer(port, create));
    }

    static String member(String name, String answer) throws IOException {
        Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]+)\"").matcher(answer);
        if (!found.find()) {
            throw new IOException("no " + name + " in " + answer);
        }
        return found.group(1);
    }

    /** Sends one request on a connection of its own; gives the beginning of the answer, which must be a success. */
    static String awaitAnswer(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request);
            byte[] answer = new byte[ANSWER_BYTES_MAX];
            int size = socket.getInputStream().read(answer);
            String text = new String(answer, 0, Math.max(0, size), StandardCharsets.UTF_8);
            if (!text.startsWith("HTTP/1.1 200")) {
                throw new IOException("not a success: " + text);
            }
            return text;
        }
    }

    static byte[] request(int port, String service, String contentType, String target, String body) {
        return request(port, service, contentType, target, body.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] request(int port, String service, String contentType, String target, byte[] body) {
        String head = "POST / HTTP/1.1\r\nHost: localhost:" + port + "\r\n"
                + "amz-sdk-invocation-id: 4f9e4ad4-8ef1-4b8a-9b35-54f8f2ac3b1d\r\n"
                + "amz-sdk-request: attempt=1; max=4\r\n"
                + "Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/" + service + "/aws4_request, "
                + "SignedHeaders=amz-sdk-invocation-id;amz-sdk-request;content-type;host;x-amz-date;x-amz-target, "
                + "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7\r\n"
                + "Content-Type: " + contentType + "\r\n"
                + "User-Agent: aws-sdk-java/2.40.2 md/io#sync md/http#Apache\r\n"
                + "X-Amz-Date: 20260101T000000Z\r\n" + (target.isEmpty() ? "" : "X-Amz-Target: " + target + "\r\n")
                + "Content-Length: "
                + body.length + "\r\nConnection: Keep-Alive\r\n\r\n";
        byte[] request = Arrays.copyOf(head.getBytes(StandardCharsets.US_ASCII), head.length() + body.length);
        System.arraycopy(body, 0, request, head.length(), body.length);
        return request;
    }
}
