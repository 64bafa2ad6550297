package io.pileus.it.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazon.sqs.javamessaging.AmazonSQSExtendedClient;
import com.amazon.sqs.javamessaging.ExtendedClientConfiguration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Amazon's own library for messages that are too large for a queue. */
class SqsExtendedClientTest {
    @Test
    void aLargeMessageGoesByWayOfABucketAndIsGoneWithItsMessage() {
        String large = "0123456789".repeat(200_000);
        try (S3Server server = S3Server.start();
                S3Client s3 = server.client();
                SqsClient plain = server.sqs()) {
            s3.createBucket(b -> b.bucket("payloads"));
            SqsClient sqs = new AmazonSQSExtendedClient(
                    plain, new ExtendedClientConfiguration().withPayloadSupportEnabled(s3, "payloads"));
            String queue = sqs.createQueue(q -> q.queueName("orders")).queueUrl();

            sqs.sendMessage(m -> m.queueUrl(queue).messageBody(large));

            assertThat(s3.listObjectsV2(b -> b.bucket("payloads")).contents()).hasSize(1);
            Message received =
                    sqs.receiveMessage(r -> r.queueUrl(queue)).messages().getFirst();
            assertThat(received.body()).isEqualTo(large);
            sqs.deleteMessage(d -> d.queueUrl(queue).receiptHandle(received.receiptHandle()));
            assertThat(s3.listObjectsV2(b -> b.bucket("payloads")).contents()).isEmpty();
        }
    }
}
