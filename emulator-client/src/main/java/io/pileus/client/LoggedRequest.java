package io.pileus.client;

import java.time.Duration;
import java.time.Instant;

/**
 * A request that was answered. Texts are empty where there is nothing to tell.
 *
 * @param number counts the requests since the start
 * @param operation the operation's name, or method and path where there is none
 * @param notEmulated what it asked for and the emulator does not do
 * @param fault whether a fault that was set decided what became of it
 * @param input the input as JSON, secrets masked
 * @param output the output as JSON, secrets masked
 * @param command the AWS CLI's command that does the same
 */
public record LoggedRequest(
        long number,
        Instant time,
        String requestId,
        String service,
        String operation,
        String account,
        String region,
        int status,
        Duration latency,
        String errorCode,
        String errorMessage,
        String notEmulated,
        boolean fault,
        String input,
        String output,
        String command) {

    static LoggedRequest of(Node node) {
        return new LoggedRequest(
                node.number("number"),
                Instant.parse(node.text("time")),
                node.text("requestId"),
                node.text("service"),
                node.text("operation"),
                node.text("account"),
                node.text("region"),
                (int) node.number("status"),
                Duration.ofNanos(node.number("latencyMicros") * 1_000),
                node.node("error").text("code"),
                node.node("error").text("message"),
                node.text("notEmulated"),
                node.flag("fault"),
                node.json("input"),
                node.json("output"),
                node.text("command"));
    }
}
