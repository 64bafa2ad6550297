package io.pileus.it.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pileus.it.CommandLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The AWS CLI, where the machine has it. */
class SnsCommandLineTest {
    private final SnsServer server = new SnsServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private CommandLine.Outcome aws(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("aws", "--endpoint-url", server.pileus.endpoint().toString(), "--output", "text", "sns"));
        command.addAll(List.of(arguments));
        return CommandLine.run(Map.of(), command.toArray(String[]::new));
    }

    @Test
    void theCommandLineSubscribesPublishesAndIsTold() throws IOException {
        assumeTrue(CommandLine.has("aws", "--version"), "the AWS CLI is not installed");
        String queue = server.queue("orders");
        String topic = "arn:aws:sns:us-east-1:000000000000:orders";

        assertThat(aws("create-topic", "--name", "orders").output().trim()).isEqualTo(topic);
        assertThat(aws(
                                "subscribe",
                                "--topic-arn",
                                topic,
                                "--protocol",
                                "sqs",
                                "--notification-endpoint",
                                SnsServer.queueArn(queue),
                                "--attributes",
                                "{\"RawMessageDelivery\":\"true\"}")
                        .output()
                        .trim())
                .startsWith(topic + ":");
        assertThat(aws("publish", "--topic-arn", topic, "--message", "hello").exitCode())
                .isZero();
        assertThat(server.receive(queue).getFirst().body()).isEqualTo("hello");
        CommandLine.Outcome refused = aws("publish", "--topic-arn", topic + "x", "--message", "hello");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.output()).contains("(NotFound)", "Topic does not exist");
    }
}
