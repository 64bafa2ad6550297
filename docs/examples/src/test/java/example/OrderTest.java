package example;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.junit5.ClockMode;
import io.pileus.junit5.PileusClient;
import io.pileus.junit5.PileusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Queues and topics, with a clock that the test moves. */
@PileusTest(clock = ClockMode.MANUAL)
class OrderTest {

    @Test
    void whatIsPublishedArrives(SnsClient sns, SqsClient sqs, PileusClient pileus) {
        String queue = sqs.createQueue(q -> q.queueName("orders")).queueUrl();
        String topic = sns.createTopic(t -> t.name("orders")).topicArn();
        sns.subscribe(s -> s.topicArn(topic)
                .protocol("sqs")
                .endpoint("arn:aws:sqs:us-east-1:" + pileus.account() + ":orders"));

        sns.publish(p -> p.topicArn(topic).message("one pizza"));

        assertThat(pileus.messages(queue)).singleElement().satisfies(message -> assertThat(message.body())
                .contains("one pizza"));
    }

    @Test
    void aMessageThatFailsTwiceIsADeadLetter(SqsClient sqs, PileusClient pileus) {
        String dead = sqs.createQueue(q -> q.queueName("dead")).queueUrl();
        String queue = sqs.createQueue(q -> q.queueName("orders")
                        .attributesWithStrings(java.util.Map.of(
                                "RedrivePolicy",
                                "{\"maxReceiveCount\":2,\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:"
                                        + pileus.account() + ":dead\"}")))
                .queueUrl();
        sqs.sendMessage(m -> m.queueUrl(queue).messageBody("bad order"));

        for (int attempt = 0; attempt < 3; attempt++) {
            sqs.receiveMessage(r -> r.queueUrl(queue));
            pileus.clock().advance(Duration.ofSeconds(31));
        }

        assertThat(pileus.messages(queue)).isEmpty();
        assertThat(pileus.messages(dead)).singleElement().satisfies(message -> assertThat(message.body())
                .isEqualTo("bad order"));
    }

    @Test
    void asyncClientsWorkWithTheNettyOfTheProgram(SqsAsyncClient sqs) {
        String queue = sqs.createQueue(q -> q.queueName("async")).join().queueUrl();

        assertThat(sqs.getQueueAttributes(q -> q.queueUrl(queue).attributeNames(QueueAttributeName.ALL))
                        .join()
                        .attributes())
                .containsKey(QueueAttributeName.QUEUE_ARN);
    }
}
