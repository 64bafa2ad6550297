package io.pileus.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Region;
import io.pileus.core.port.OperationCaller;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.model.*;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Activities, callbacks, nested executions and calls to other services. */
class TasksTest {
    private final Machines sfn = new Machines();
    private final List<JsonNode> sent = new ArrayList<>();
    private OperationCaller.Result answer =
            new OperationCaller.Answered(Json.of("{\"MD5OfMessageBody\":\"x\",\"MessageId\":\"m\"}"));

    private void queues() {
        sfn.env.ports().provide(OperationCaller.class, new OperationCaller() {
            @Override
            public CompletionStage<Result> call(
                    String service, String operation, JsonNode input, Caller caller, Region region, int hops) {
                sent.add(Json.object().put("call", service + ":" + operation).set("input", input));
                return CompletableFuture.completedStage(answer);
            }

            @Override
            public boolean knows(String service, String operation) {
                return service.equals("sqs") || service.equals("sfn");
            }

            @Override
            public List<String> services() {
                return List.of("sqs", "sfn");
            }
        });
    }

    private static String task(String resource, String fields) {
        return "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"Resource\":\"" + resource + "\"," + fields
                + "\"End\":true}}}";
    }

    private String activity() {
        return sfn.service
                .createActivity(CreateActivityInput.builder().name("work").build(), sfn.call())
                .activityArn();
    }

    private CompletableFuture<GetActivityTaskOutput> poll(String activity) {
        return sfn.service
                .getActivityTask(
                        GetActivityTaskInput.builder()
                                .activityArn(activity)
                                .workerName("me")
                                .build(),
                        sfn.call())
                .toCompletableFuture();
    }

    private void succeed(String token, String output) {
        sfn.service.sendTaskSuccess(
                SendTaskSuccessInput.builder().taskToken(token).output(output).build(), sfn.call());
    }

    @Test
    void anActivityThatDoesNotExistCannotBeScheduledWhichCanBeCaught() {
        String activity = "arn:aws:states:us-east-1:000000000000:activity:none";
        String failed = sfn.run(task(activity, ""), "{}");
        assertThat(sfn.status(failed)).isEqualTo("FAILED");
        assertThat(sfn.types(failed))
                .containsExactly("ExecutionStarted", "TaskStateEntered", "ActivityScheduleFailed", "ExecutionFailed");
        assertThat(sfn.history(failed).get(2).activityScheduleFailedEventDetails())
                .satisfies(details -> {
                    assertThat(details.error()).isEqualTo("ActivityDoesNotExist");
                    assertThat(details.cause()).isEqualTo("Activity Does Not Exist: '" + activity + "'");
                });

        String caught = sfn.run(
                "{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"Resource\":\"" + activity
                        + "\",\"Catch\":[{\"ErrorEquals\":[\"States.TaskFailed\"],\"Next\":\"P\"}],\"End\":true},"
                        + "\"P\":{\"Type\":\"Pass\",\"End\":true}}}",
                "{}");
        assertThat(sfn.status(caught)).isEqualTo("SUCCEEDED");
    }

    @Test
    void aWorkerGetsTheTaskOfAnActivityAndSendsItsResult() {
        String activity = activity();
        String execution = sfn.run(task(activity, ""), "{\"a\":1}");

        GetActivityTaskOutput task = poll(activity).join();
        assertThat(task.input()).isEqualTo("{\"a\":1}");
        succeed(task.taskToken(), "{\"b\":2}");

        assertThat(sfn.output(execution)).isEqualTo(Json.of("{\"b\":2}"));
        assertThat(sfn.types(execution))
                .containsExactly(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "ActivityScheduled",
                        "ActivityStarted",
                        "ActivitySucceeded",
                        "TaskStateExited",
                        "ExecutionSucceeded");
        assertThat(sfn.history(execution).get(3).activityStartedEventDetails().workerName())
                .isEqualTo("me");
    }

    @Test
    void aWorkerThatCameFirstGetsTheTaskAtOnceAndOneThatGetsNoneLeavesAfter60Seconds() {
        String activity = activity();
        CompletableFuture<GetActivityTaskOutput> first = poll(activity);
        CompletableFuture<GetActivityTaskOutput> second = poll(activity);
        sfn.run(task(activity, ""), "{}");

        assertThat(first).isDone();
        assertThat(second).isNotDone();
        sfn.advance(Duration.ofSeconds(60));
        assertThat(second.join().taskToken()).isNull();
    }

    @Test
    void aWorkerThatWentAwayTakesNoTask() {
        String activity = activity();
        CompletableFuture<GetActivityTaskOutput> gone = poll(activity);
        gone.cancel(false);
        CompletableFuture<GetActivityTaskOutput> there = poll(activity);
        sfn.run(task(activity, ""), "{}");

        assertThat(there.join().taskToken()).isNotNull();
    }

    @Test
    void heartbeatsKeepATaskAliveAndTheirAbsenceEndsIt() {
        String activity = activity();
        String execution = sfn.run(task(activity, "\"HeartbeatSeconds\":10,"), "{}");
        String token = poll(activity).join().taskToken();
        sfn.advance(Duration.ofSeconds(9));
        sfn.service.sendTaskHeartbeat(
                SendTaskHeartbeatInput.builder().taskToken(token).build(), sfn.call());
        sfn.advance(Duration.ofSeconds(9));
        assertThat(sfn.status(execution)).isEqualTo("RUNNING");

        sfn.advance(Duration.ofSeconds(1));

        assertThat(sfn.describe(execution).error()).isEqualTo("States.HeartbeatTimeout");
        assertThatThrownBy(() -> succeed(token, "{}"))
                .isInstanceOf(TaskTimedOutException.class)
                .hasMessage("Task Timed Out: 'Provided task does not exist anymore'");
        assertThatThrownBy(() -> succeed("nonsense", "{}"))
                .isInstanceOf(InvalidTokenException.class)
                .hasMessage("Invalid Token: 'Invalid token'");
    }

    @Test
    void aCallbackWaitsForItsToken() {
        queues();
        String execution = sfn.run(
                task(
                        "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
                        "\"Parameters\":{\"QueueUrl\":\"q\",\"MessageBody\":{\"token.$\":\"$$.Task.Token\"}},"),
                "{}");
        JsonNode message = sent.get(0);
        assertThat(message.get("call").textValue()).isEqualTo("sqs:SendMessage");
        String token = Json.of(message.get("input").get("MessageBody").textValue())
                .get("token")
                .textValue();
        assertThat(sfn.status(execution)).isEqualTo("RUNNING");

        succeed(token, "{\"ok\":true}");

        assertThat(sfn.output(execution)).isEqualTo(Json.of("{\"ok\":true}"));
        assertThat(sfn.types(execution))
                .containsExactly(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskSubmitted",
                        "TaskSucceeded",
                        "TaskStateExited",
                        "ExecutionSucceeded");
        assertThat(sfn.history(execution).get(2).taskScheduledEventDetails().resource())
                .isEqualTo("sendMessage.waitForTaskToken");
    }

    @Test
    void anSdkIntegrationUsesTheNamesOfTheSdkForJava() {
        queues();
        String execution = sfn.run(
                task(
                        "arn:aws:states:::aws-sdk:sqs:sendMessage",
                        "\"Parameters\":{\"QueueUrl\":\"q\",\"MessageBody\":\"b\"},"),
                "{}");

        assertThat(sfn.output(execution)).isEqualTo(Json.of("{\"Md5OfMessageBody\":\"x\",\"MessageId\":\"m\"}"));
        assertThat(sfn.history(execution).get(2).taskScheduledEventDetails().resourceType())
                .isEqualTo("aws-sdk:sqs");
    }

    @Test
    void errorsOfServicesHaveTheNamesAndWordsOfTheirSdk() {
        queues();
        answer = new OperationCaller.Failed(
                "QueueDoesNotExist",
                "AWS.SimpleQueueService.NonExistentQueue",
                "The specified queue does not exist.",
                400);
        String sdk =
                sfn.run(task("arn:aws:states:::aws-sdk:sqs:sendMessage", "\"Parameters\":{\"QueueUrl\":\"q\"},"), "{}");
        String optimized = sfn.run(
                task("arn:aws:states:::sqs:sendMessage", "\"Parameters\":{\"QueueUrl\":\"q\",\"MessageBody\":\"b\"},"),
                "{}");

        assertThat(sfn.describe(sdk).error()).isEqualTo("Sqs.QueueDoesNotExistException");
        assertThat(sfn.describe(sdk).cause())
                .startsWith("The specified queue does not exist. (Service: Sqs, Status Code: 400, Request ID: ");
        assertThat(sfn.describe(optimized).error()).isEqualTo("SQS.QueueDoesNotExistException");
        assertThat(sfn.describe(optimized).cause())
                .startsWith("The specified queue does not exist. (Service: AmazonSQS; Status Code: 400; Error Code:"
                        + " AWS.SimpleQueueService.NonExistentQueue; Request ID: ");
    }

    @Test
    void aServiceThatIsNotHereFailsTheTaskClearly() {
        queues();
        String execution = sfn.run(
                task("arn:aws:states:::dynamodb:getItem", "\"Parameters\":{\"TableName\":\"t\",\"Key\":{}},"), "{}");

        assertThat(sfn.describe(execution).error()).isEqualTo("DynamoDB.NotEmulatedException");
        assertThat(sfn.describe(execution).cause()).contains("dynamodb:GetItem");
    }

    @Test
    void aNestedExecutionIsAwaitedAndItsOutputParsed() {
        String child =
                sfn.create("{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":5,\"End\":true}}}");
        String parent = sfn.run(
                task(
                        "arn:aws:states:::states:startExecution.sync:2",
                        "\"Parameters\":{\"StateMachineArn\":\"" + child + "\",\"Input\":{\"x\":1}},"),
                "{}");
        assertThat(sfn.status(parent)).isEqualTo("RUNNING");
        sfn.advance(Duration.ofSeconds(5));

        assertThat(sfn.output(parent).get("Output")).isEqualTo(Json.of("{\"x\":1}"));
        assertThat(sfn.output(parent).get("Status").textValue()).isEqualTo("SUCCEEDED");
        assertThat(sfn.types(parent)).contains("TaskSubmitted", "TaskSucceeded");
    }

    @Test
    void aNestedExecutionIsStoppedWithItsParent() {
        String child =
                sfn.create("{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":5,\"End\":true}}}");
        String parent = sfn.run(
                task(
                        "arn:aws:states:::states:startExecution.sync",
                        "\"TimeoutSeconds\":2,\"Parameters\":{\"StateMachineArn\":\"" + child + "\"},"),
                "{}");
        sfn.advance(Duration.ofSeconds(2));

        assertThat(sfn.describe(parent).error()).isEqualTo("States.Timeout");
        assertThat(sfn.service
                        .listExecutions(
                                ListExecutionsInput.builder()
                                        .stateMachineArn(child)
                                        .build(),
                                sfn.call())
                        .executions())
                .extracting(ExecutionListItem::status)
                .containsExactly("ABORTED");
    }

    @Test
    void aFailedNestedExecutionFailsTheTaskWithItsDescription() {
        String child = sfn.create(
                "{\"StartAt\":\"F\",\"States\":{\"F\":{\"Type\":\"Fail\",\"Error\":\"Inner\",\"Cause\":\"c\"}}}");
        String parent = sfn.run(
                task(
                        "arn:aws:states:::states:startExecution.sync",
                        "\"Parameters\":{\"StateMachineArn\":\"" + child + "\"},"),
                "{}");

        assertThat(sfn.describe(parent).error()).isEqualTo("States.TaskFailed");
        assertThat(Json.of(sfn.describe(parent).cause()).get("Error").textValue())
                .isEqualTo("Inner");
    }

    @Test
    void aNestedMachineThatDoesNotExistFailsTheTask() {
        String missing = "arn:aws:states:us-east-1:000000000000:stateMachine:missing";
        String parent = sfn.run(
                task(
                        "arn:aws:states:::states:startExecution",
                        "\"Parameters\":{\"StateMachineArn\":\"" + missing + "\"},"),
                "{}");

        assertThat(sfn.describe(parent).error()).isEqualTo("StepFunctions.StateMachineDoesNotExistException");
        assertThat(sfn.describe(parent).cause())
                .startsWith(
                        "State Machine Does Not Exist: '" + missing + "' (Service: AWSStepFunctions; Status Code: 400;"
                                + " Error Code: StateMachineDoesNotExist; Request ID: ");
    }

    @Test
    void aMachineThatStartsItselfEndsSomeday() {
        String machine = sfn.create("{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}");
        sfn.service.updateStateMachine(
                UpdateStateMachineInput.builder()
                        .stateMachineArn(machine)
                        .definition(task(
                                "arn:aws:states:::states:startExecution",
                                "\"Parameters\":{\"StateMachineArn\":\"" + machine + "\"},"))
                        .build(),
                sfn.call());

        String first = sfn.start(machine, "{}");

        assertThat(sfn.status(first)).isEqualTo("SUCCEEDED");
        assertThat(sfn.service
                        .listExecutions(
                                ListExecutionsInput.builder()
                                        .stateMachineArn(machine)
                                        .build(),
                                sfn.call())
                        .executions())
                .hasSizeLessThan(40);
    }
}
