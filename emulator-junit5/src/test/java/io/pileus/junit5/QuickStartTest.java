package io.pileus.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;

class QuickStartTest {

    @PileusTest
    static class OrderTest {
        @Test
        void aMessageArrives(SqsClient sqs) {
            String queue = sqs.createQueue(q -> q.queueName("orders")).queueUrl();
            sqs.sendMessage(m -> m.queueUrl(queue).messageBody("hello"));
            assertThat(sqs.receiveMessage(r -> r.queueUrl(queue)).messages()).hasSize(1);
        }
    }

    @Test
    void theExampleOfTheDocumentationIsTheOneThatRuns() throws IOException {
        SessionsTest.run(OrderTest.class)
                .testEvents()
                .assertStatistics(events -> events.started(1).succeeded(1));

        String source = Files.readString(Path.of("src/test/java/io/pileus/junit5/QuickStartTest.java"));
        String example = source.substring(source.indexOf("        @Test\n"), source.indexOf("    @Test\n    void the"));
        assertThat(Files.readString(Path.of("../docs/junit5.md")))
                .contains(example.substring(0, example.indexOf("        }\n")).indent(-4));
    }
}
