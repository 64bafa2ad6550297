package io.pileus.it.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

class MessagingTasksTest {
    private final Workflows workflows = new Workflows();
    private final SqsClient sqs = workflows.client(SqsClient.builder());
    private final SnsClient sns = workflows.client(SnsClient.builder());

    @AfterEach
    void close() {
        sqs.close();
        sns.close();
        workflows.close();
    }

    private String queue(String name) {
        return sqs.createQueue(q -> q.queueName(name)).queueUrl();
    }

    private List<Message> receive(String queue) {
        return sqs.receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10).messageAttributeNames("All"))
                .messages();
    }

    @Test
    void aMessageIsSentWithItsBodyAsJsonAndItsAttributes() {
        String queue = queue("orders");

        String execution =
                workflows.run(Workflows.task("arn:aws:states:::sqs:sendMessage", """
                        "Parameters":{"QueueUrl":"%s","MessageBody":{"id.$":"$.id"},
                         "MessageAttributes":{"kind":{"DataType":"String","StringValue":"order"}}}""".formatted(queue)), "{\"id\":7}");

        JsonNode output = workflows.output(execution);
        Message message = receive(queue).get(0);
        assertThat(message.body()).isEqualTo("{\"id\":7}");
        assertThat(message.messageAttributes().get("kind").stringValue()).isEqualTo("order");
        assertThat(output.get("MessageId").textValue()).isEqualTo(message.messageId());
        assertThat(output.get("MD5OfMessageBody").textValue()).isEqualTo(message.md5OfBody());
        assertThat(output.get("MD5OfMessageAttributes").textValue()).isNotEmpty();
        assertThat(output.at("/SdkHttpMetadata/HttpStatusCode").intValue()).isEqualTo(200);
    }

    @Test
    void aQueueThatDoesNotExistFailsTheTaskWithTheServicesError() {
        String execution = workflows.run(
                Workflows.task(
                        "arn:aws:states:::sqs:sendMessage",
                        "\"Parameters\":{\"QueueUrl\":\"" + workflows.pileus.endpoint() + "/" + Workflows.ACCOUNT
                                + "/nobody\",\"MessageBody\":\"x\"}"),
                "{}");

        DescribeExecutionResponse failed = workflows.describe(execution);
        assertThat(failed.error()).isEqualTo("SQS.QueueDoesNotExistException");
        assertThat(failed.cause())
                .startsWith("The specified queue does not exist.")
                .contains(
                        "(Service: AmazonSQS; Status Code: 400; Error Code: AWS.SimpleQueueService.NonExistentQueue; Request ID: ");
        assertThat(workflows.types(execution))
                .containsExactly(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskFailed",
                        "ExecutionFailed");
    }

    @Test
    void theWorkerThatReceivesTheTokenEndsTheTask() {
        String queue = queue("work");
        String definition = Workflows.task("arn:aws:states:::sqs:sendMessage.waitForTaskToken", """
                "HeartbeatSeconds":60,"Parameters":{"QueueUrl":"%s",
                 "MessageBody":{"token.$":"$$.Task.Token","order.$":"$.id"}}""".formatted(queue));
        String execution = workflows.run(definition, "{\"id\":1}");
        JsonNode body = Workflows.json(receive(queue).get(0).body());
        assertThat(body.get("order").intValue()).isEqualTo(1);
        String token = body.get("token").textValue();

        workflows.advance(Duration.ofSeconds(59));
        workflows.sfn.sendTaskHeartbeat(h -> h.taskToken(token));
        workflows.advance(Duration.ofSeconds(59));
        assertThat(workflows.describe(execution).status()).isEqualTo(ExecutionStatus.RUNNING);
        workflows.sfn.sendTaskFailure(f -> f.taskToken(token).error("Rejected").cause("out of stock"));

        assertThat(workflows.describe(execution).error()).isEqualTo("Rejected");
        assertThat(workflows.describe(execution).cause()).isEqualTo("out of stock");
        assertThat(workflows.types(execution))
                .containsExactly(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskSubmitted",
                        "TaskFailed",
                        "ExecutionFailed");
    }

    @Test
    void aWorkerThatIsSilentTooLongTimesTheTaskOut() {
        String queue = queue("work");
        String execution = workflows.run(
                Workflows.task("arn:aws:states:::sqs:sendMessage.waitForTaskToken", """
                "HeartbeatSeconds":60,"Parameters":{"QueueUrl":"%s","MessageBody.$":"$$.Task.Token"}""".formatted(queue)), "{}");

        workflows.advance(Duration.ofSeconds(60));

        assertThat(workflows.describe(execution).error()).isEqualTo("States.HeartbeatTimeout");
        assertThat(workflows.types(execution)).contains("TaskTimedOut");
    }

    @Test
    void aTopicHandsAPublishedMessageToItsQueue() {
        String queue = queue("inbox");
        String topic = sns.createTopic(t -> t.name("news")).topicArn();
        sns.subscribe(s ->
                s.topicArn(topic).protocol("sqs").endpoint("arn:aws:sqs:us-east-1:" + Workflows.ACCOUNT + ":inbox"));

        String execution = workflows.run(
                Workflows.task("arn:aws:states:::sns:publish", """
                        "Parameters":{"TopicArn":"%s","Message":{"text.$":"$.text"},"Subject":"s"}""".formatted(topic)), "{\"text\":\"hello\"}");

        JsonNode notification = Workflows.json(receive(queue).get(0).body());
        assertThat(notification.get("Message").textValue()).isEqualTo("{\"text\":\"hello\"}");
        assertThat(notification.get("Subject").textValue()).isEqualTo("s");
        assertThat(workflows.output(execution).get("MessageId").textValue())
                .isEqualTo(notification.get("MessageId").textValue());
    }

    @Test
    void aTopicThatDoesNotExistIsCaughtByItsErrorName() {
        String execution = workflows.run("""
                {"StartAt":"T","States":{
                 "T":{"Type":"Task","Resource":"arn:aws:states:::sns:publish",
                  "Parameters":{"TopicArn":"arn:aws:sns:us-east-1:%s:nobody","Message":"x"},
                  "Catch":[{"ErrorEquals":["SNS.NotFoundException"],"ResultPath":"$.e","Next":"C"}],"End":true},
                 "C":{"Type":"Pass","OutputPath":"$.e.Error","End":true}}}""".formatted(Workflows.ACCOUNT), "{}");

        assertThat(workflows.output(execution).textValue()).isEqualTo("SNS.NotFoundException");
    }
}
