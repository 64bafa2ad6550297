package io.pileus.it.flows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.GrantOperation;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class FlowsTest {
    private static final String QUEUE_ARN = "arn:aws:sqs:us-east-1:" + FlowsServer.ACCOUNT + ":";

    @Test
    void aPublishedMessageThatNobodyDeletesEndsInTheDeadLetterQueue() {
        try (FlowsServer server = new FlowsServer();
                SqsClient sqs = server.client(SqsClient.builder());
                SnsClient sns = server.client(SnsClient.builder())) {
            String dead = sqs.createQueue(q -> q.queueName("dead")).queueUrl();
            String orders = sqs.createQueue(q -> q.queueName("orders")
                            .attributes(Map.of(
                                    QueueAttributeName.REDRIVE_POLICY,
                                    "{\"deadLetterTargetArn\":\"" + QUEUE_ARN + "dead\",\"maxReceiveCount\":\"1\"}")))
                    .queueUrl();
            String topic = sns.createTopic(t -> t.name("orders")).topicArn();
            sns.subscribe(s -> s.topicArn(topic)
                    .protocol("sqs")
                    .endpoint(QUEUE_ARN + "orders")
                    .attributes(Map.of("RawMessageDelivery", "true", "FilterPolicy", "{\"kind\":[\"order\"]}")));

            sns.publish(p -> p.topicArn(topic).message("ignored"));
            sns.publish(p -> p.topicArn(topic)
                    .message("wanted")
                    .messageAttributes(Map.of(
                            "kind",
                            MessageAttributeValue.builder()
                                    .dataType("String")
                                    .stringValue("order")
                                    .build())));

            assertThat(sqs.receiveMessage(r -> r.queueUrl(orders).maxNumberOfMessages(10))
                            .messages())
                    .extracting(Message::body)
                    .containsExactly("wanted");
            server.pileus.time().advance(Duration.ofSeconds(30));
            assertThat(sqs.receiveMessage(r -> r.queueUrl(orders)).messages()).isEmpty();
            assertThat(sqs.receiveMessage(r -> r.queueUrl(dead)).messages())
                    .extracting(Message::body)
                    .containsExactly("wanted");
        }
    }

    @Test
    void aWorkflowWaitsADayAndSendsAMessageInNoTime() {
        try (FlowsServer server = new FlowsServer();
                SqsClient sqs = server.client(SqsClient.builder());
                SfnClient sfn = server.client(SfnClient.builder())) {
            String queue = sqs.createQueue(q -> q.queueName("done")).queueUrl();
            String machine = sfn.createStateMachine(m -> m.name("reminder")
                            .roleArn("arn:aws:iam::" + FlowsServer.ACCOUNT + ":role/workflow")
                            .definition("{\"StartAt\":\"Wait\",\"States\":{"
                                    + "\"Wait\":{\"Type\":\"Wait\",\"Seconds\":86400,\"Next\":\"Send\"},"
                                    + "\"Send\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::sqs:sendMessage\","
                                    + "\"Parameters\":{\"QueueUrl\":\"" + queue + "\",\"MessageBody.$\":\"$.text\"},"
                                    + "\"End\":true}}}"))
                    .stateMachineArn();
            String execution = sfn.startExecution(
                            e -> e.stateMachineArn(machine).input("{\"text\":\"a day later\"}"))
                    .executionArn();
            assertThat(sfn.describeExecution(d -> d.executionArn(execution)).status())
                    .isEqualTo(ExecutionStatus.RUNNING);

            server.pileus.time().advance(Duration.ofDays(1));

            assertThat(sfn.describeExecution(d -> d.executionArn(execution)).status())
                    .isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(sqs.receiveMessage(r -> r.queueUrl(queue)).messages())
                    .extracting(Message::body)
                    .containsExactly("a day later");
        }
    }

    @Test
    void aGrantAllowsWhatNoPolicyAllows() {
        try (FlowsServer server = new FlowsServer("ENFORCE_IAM", "1");
                KmsClient kms = server.client(KmsClient.builder());
                IamClient iam = server.client(IamClient.builder())) {
            String key = kms.createKey().keyMetadata().arn();
            String alice = iam.createUser(u -> u.userName("alice")).user().arn();
            AccessKey credentials =
                    iam.createAccessKey(k -> k.userName("alice")).accessKey();
            try (KmsClient asAlice = server.client(
                    KmsClient.builder(),
                    FlowsServer.credentials(credentials.accessKeyId(), credentials.secretAccessKey()))) {
                assertThatThrownBy(() -> encrypt(asAlice, key))
                        .isInstanceOf(KmsException.class)
                        .hasMessageContaining("is not authorized to perform: kms:Encrypt");

                kms.createGrant(g -> g.keyId(key).granteePrincipal(alice).operations(GrantOperation.ENCRYPT));

                assertThat(encrypt(asAlice, key)).isNotEmpty();
                assertThatThrownBy(() -> asAlice.describeKey(d -> d.keyId(key))).isInstanceOf(KmsException.class);
            }
        }
    }

    private static byte[] encrypt(KmsClient kms, String key) {
        return kms.encrypt(e -> e.keyId(key).plaintext(SdkBytes.fromUtf8String("secret")))
                .ciphertextBlob()
                .asByteArray();
    }
}
