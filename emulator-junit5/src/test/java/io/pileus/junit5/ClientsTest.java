package io.pileus.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.dispatch.RequestLog;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sns.SnsAsyncClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

@PileusTest
class ClientsTest {

    @BeforeAll
    static void aClientIsThereBeforeTheTests(SqsClient sqs) {
        sqs.createQueue(q -> q.queueName("made-before-all"));
    }

    @Test
    void clientsOfAnyServiceWorkInTheAccountOfTheClass(
            SqsClient sqs, SnsClient sns, KmsClient kms, PileusClient pileus) {
        assertThat(sqs.createQueue(q -> q.queueName("orders")).queueUrl())
                .isEqualTo(pileus.endpoint() + "/" + pileus.account() + "/orders");
        assertThat(sns.createTopic(t -> t.name("news")).topicArn())
                .isEqualTo("arn:aws:sns:us-east-1:" + pileus.account() + ":news");
        assertThat(kms.createKey().keyMetadata().awsAccountId()).isEqualTo(pileus.account());
    }

    @Test
    void asyncClientsWork(SqsAsyncClient sqs, SnsAsyncClient sns) {
        assertThat(sqs.createQueue(q -> q.queueName("orders")).join().queueUrl())
                .endsWith("/orders");
        assertThat(sns.createTopic(t -> t.name("news")).join().topicArn()).endsWith(":news");
    }

    @Test
    void aClientIsMadeOncePerClass(SqsClient sqs, PileusClient pileus) {
        assertThat(pileus.client(SqsClient.class)).isSameAs(sqs);
    }

    @Test
    void stateIsForgottenBeforeEachTest(SqsClient sqs) {
        assertThat(sqs.listQueues().queueUrls()).isEmpty();
    }

    @Test
    void stateIsForgottenOnDemand(SqsClient sqs, PileusClient pileus) {
        sqs.createQueue(q -> q.queueName("orders"));

        pileus.reset();

        assertThat(pileus.requests()).isEmpty();
        assertThat(sqs.listQueues().queueUrls()).isEmpty();
    }

    @Test
    void theTestSeesItsRequestsAndWhichOfThemFailed(SqsClient sqs, PileusClient pileus) {
        sqs.createQueue(q -> q.queueName("orders"));
        assertThatThrownBy(() -> sqs.getQueueUrl(q -> q.queueName("nowhere")))
                .isInstanceOf(QueueDoesNotExistException.class);

        assertThat(pileus.requests())
                .extracting(RequestLog.Entry::operation)
                .containsExactly("CreateQueue", "GetQueueUrl");
        assertThat(pileus.failedRequests())
                .extracting(RequestLog.Entry::operation)
                .containsExactly("GetQueueUrl");
    }

    @Test
    void aSharedClockIsNotMoved(PileusClient pileus) {
        assertThatIllegalStateException()
                .isThrownBy(() -> pileus.clock().advance(Duration.ofSeconds(1)))
                .withMessageContaining("clock = MANUAL");
    }

    @Test
    void whatIsNoClientIsRefused(PileusClient pileus) {
        assertThatThrownBy(() -> pileus.client(Runnable.class)).isInstanceOf(IllegalArgumentException.class);
    }

    @Nested
    class Inside {
        @Test
        void aNestedClassIsInTheAccountOfItsOuterClass(PileusClient pileus) {
            String hash = Integer.toUnsignedString(ClientsTest.class.getName().hashCode());
            assertThat(pileus.account()).isEqualTo(Long.toString(100_000_000_000L + Long.parseLong(hash)));
        }
    }
}
