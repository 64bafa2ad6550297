package io.pileus.server;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Starts the server as the program does, asks it a few things in each protocol, and ends: the run from which the JDK makes
 * its ahead-of-time cache, so that the next start finds its classes loaded and linked.
 */
public final class Training {
    private static final int ROUNDS = 20;

    /** A request of the training: what a client would send first. */
    private record Call(String target, String contentType, String body) {
        String request() {
            return "POST / HTTP/1.1\r\nHost: localhost\r\n"
                    + "Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/" + signingName()
                    + "/aws4_request, SignedHeaders=host, Signature=0\r\n"
                    + (target.isEmpty() ? "" : "X-Amz-Target: " + target + "\r\n")
                    + "Content-Type: " + contentType + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        }

        private String signingName() {
            if (body.contains("2011-06-15")) {
                return "sts";
            }
            return body.contains("2010-03-31") ? "sns" : "sqs";
        }
    }

    private static final String HEALTH =
            "GET /_localstack/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private static final List<Call> CALLS = List.of(
            new Call("AmazonSQS.CreateQueue", "application/x-amz-json-1.0", "{\"QueueName\":\"training\"}"),
            new Call(
                    "AmazonSQS.SendMessage",
                    "application/x-amz-json-1.0",
                    "{\"QueueUrl\":\"http://localhost/000000000000/training\",\"MessageBody\":\"hello\"}"),
            new Call(
                    "AmazonSQS.ReceiveMessage",
                    "application/x-amz-json-1.0",
                    "{\"QueueUrl\":\"http://localhost/000000000000/training\"}"),
            new Call("AmazonSQS.ListQueues", "application/x-amz-json-1.0", "{}"),
            new Call("", "application/x-www-form-urlencoded", "Action=ListQueues&Version=2012-11-05"),
            new Call("", "application/x-www-form-urlencoded", "Action=GetCallerIdentity&Version=2011-06-15"),
            new Call("", "application/x-www-form-urlencoded", "Action=ListTopics&Version=2010-03-31"),
            new Call("TrentService.ListKeys", "application/x-amz-json-1.1", "{}"),
            new Call("Kinesis_20131202.ListStreams", "application/x-amz-json-1.1", "{}"),
            new Call("AWSStepFunctions.ListStateMachines", "application/x-amz-json-1.0", "{}"),
            new Call(
                    "AWSCognitoIdentityProviderService.ListUserPools",
                    "application/x-amz-json-1.1",
                    "{\"MaxResults\":1}"));

    private Training() {}

    public static void main(String[] arguments) throws IOException {
        Options options = Options.parse(new String[] {"--port", "0", "--log-level", "error"}, Map.of());
        try (Pileus pileus = Main.start(options);
                Socket connection = new Socket(InetAddress.getLoopbackAddress(), pileus.port())) {
            // A client that goes away first.
            new Socket(InetAddress.getLoopbackAddress(), pileus.port()).close();
            OutputStream requests = connection.getOutputStream();
            for (int i = 0; i < ROUNDS; i++) {
                for (Call call : CALLS) {
                    requests.write(call.request().getBytes(StandardCharsets.UTF_8));
                }
            }
            requests.write(HEALTH.getBytes(StandardCharsets.UTF_8));
            connection.getInputStream().readAllBytes();
        }
    }
}
