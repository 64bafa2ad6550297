package io.pileus.it.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.model.MockResponseValidationMode;
import software.amazon.awssdk.services.sfn.model.ValidationException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;

class SdkIntegrationsTest {
    /** The end record of an archive without entries. */
    private static final byte[] EMPTY_ZIP = Arrays.copyOf(new byte[] {'P', 'K', 5, 6}, 22);

    private final Workflows workflows = new Workflows();

    @AfterEach
    void close() {
        workflows.close();
    }

    private JsonNode call(String action, String parameters) {
        return workflows.output(workflows.run(
                Workflows.task("arn:aws:states:::aws-sdk:" + action, "\"Parameters\":" + parameters), "{}"));
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void sqsAnswersInPascalCaseOfTheSdkForJava() {
        try (SqsClient sqs = workflows.client(SqsClient.builder())) {
            String queue = sqs.createQueue(q -> q.queueName("q")).queueUrl();

            JsonNode sent = call("sqs:sendMessage", "{\"QueueUrl\":\"" + queue + "\",\"MessageBody\":\"text\"}");
            JsonNode received = call("sqs:receiveMessage", "{\"QueueUrl\":\"" + queue + "\"}");
            JsonNode attributes = call(
                    "sqs:getQueueAttributes", "{\"QueueUrl\":\"" + queue + "\",\"AttributeNames\":[\"QueueArn\"]}");

            assertThat(names(sent)).containsExactlyInAnyOrder("Md5OfMessageBody", "MessageId");
            assertThat(names(received)).containsExactly("Messages");
            assertThat(names(received.at("/Messages/0")))
                    .containsExactlyInAnyOrder("Body", "Md5OfBody", "MessageId", "ReceiptHandle");
            assertThat(attributes.at("/Attributes/QueueArn").textValue()).endsWith(":q");
        }
    }

    /** Nobody needs States.JsonToString, and the keys in such a text stay as they are. */
    @Test
    void aTextMayBeWrittenAsJson() {
        String machine = workflows.create("{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}");

        JsonNode started = call(
                "sfn:startExecution", "{\"StateMachineArn\":\"" + machine + "\",\"Input\":{\"Key\":[1],\"key\":{}}}");

        assertThat(workflows.describe(started.get("ExecutionArn").textValue()).input())
                .isEqualTo("{\"Key\":[1],\"key\":{}}");
    }

    @Test
    void errorsAreNamedAfterTheServiceAndTheException() {
        String execution = workflows.run(
                Workflows.task("arn:aws:states:::aws-sdk:sqs:getQueueUrl", "\"Parameters\":{\"QueueName\":\"nobody\"}"),
                "{}");

        assertThat(workflows.describe(execution).error()).isEqualTo("Sqs.QueueDoesNotExistException");
        assertThat(workflows.describe(execution).cause())
                .matches("The specified queue does not exist\\.? \\(Service: Sqs, Status Code: 400, Request ID: .*\\)");
    }

    @Test
    void snsCreatesTopicsAndKeepsTheKeysOfMaps() {
        try (SnsClient sns = workflows.client(SnsClient.builder())) {
            JsonNode topic = call("sns:createTopic", "{\"Name\":\"news\",\"Attributes\":{\"DisplayName\":\"News\"}}");

            assertThat(sns.getTopicAttributes(
                                    a -> a.topicArn(topic.get("TopicArn").textValue()))
                            .attributes())
                    .containsEntry("DisplayName", "News");
            assertThat(call("sns:getTopicAttributes", topic.toString())
                            .at("/Attributes/DisplayName")
                            .textValue())
                    .isEqualTo("News");
        }
    }

    @Test
    void kmsEncryptsAndDecrypts() {
        try (KmsClient kms = workflows.client(KmsClient.builder())) {
            String key = kms.createKey().keyMetadata().keyId();

            JsonNode encrypted = call("kms:encrypt", """
                    {"KeyId":"%s","Plaintext":"aGVsbG8=","EncryptionContext":{"lowerCase":"v"}}""".formatted(key));
            JsonNode decrypted = call(
                    "kms:decrypt", """
                    {"CiphertextBlob":"%s","EncryptionContext":{"lowerCase":"v"}}""".formatted(encrypted.get("CiphertextBlob").textValue()));
            JsonNode described = call("kms:describeKey", "{\"KeyId\":\"" + key + "\"}");

            assertThat(decrypted.get("Plaintext").textValue()).isEqualTo("aGVsbG8=");
            assertThat(described.at("/KeyMetadata/AwsAccountId").textValue()).isEqualTo(Workflows.ACCOUNT);
            assertThat(described.at("/KeyMetadata/CreationDate").isTextual()).isTrue();
        }
    }

    @Test
    void stsSaysWhoTheTaskRunsAs() {
        JsonNode identity = call("sts:getCallerIdentity", "{}");

        assertThat(identity.get("Account").textValue()).isEqualTo(Workflows.ACCOUNT);
        assertThat(names(identity)).containsExactlyInAnyOrder("Account", "Arn", "UserId");
    }

    @Test
    void s3PutsAndGetsObjectsAndListsBuckets() {
        try (S3Client s3 = workflows.client(S3Client.builder().forcePathStyle(true))) {
            s3.createBucket(b -> b.bucket("data"));

            JsonNode put = call("s3:putObject", "{\"Bucket\":\"data\",\"Key\":\"a.json\",\"Body\":{\"n\":1}}");
            JsonNode got = call("s3:getObject", "{\"Bucket\":\"data\",\"Key\":\"a.json\"}");
            JsonNode listed = call("s3:listObjectsV2", "{\"Bucket\":\"data\"}");

            assertThat(put.get("ETag").textValue()).startsWith("\"");
            assertThat(got.get("Body").textValue()).isEqualTo("{\"n\":1}");
            call("s3:putObject", "{\"Bucket\":\"data\",\"Key\":\"text\",\"Body\":\"a text\"}");
            assertThat(call("s3:getObject", "{\"Bucket\":\"data\",\"Key\":\"text\"}")
                            .get("Body")
                            .textValue())
                    .isEqualTo("\"a text\"");
            assertThat(got.get("ContentLength").intValue()).isEqualTo(7);
            assertThat(listed.at("/Contents/0/Key").textValue()).isEqualTo("a.json");
            assertThat(listed.get("KeyCount").intValue()).isEqualTo(1);
        }
    }

    @Test
    void aFunctionsPayloadGoesAsJsonAndComesAsText() {
        try (LambdaClient lambda = workflows.client(LambdaClient.builder())) {
            lambda.createFunction(f -> f.functionName("work")
                    .runtime(Runtime.PYTHON3_12)
                    .handler("index.handler")
                    .role(Workflows.ROLE)
                    .code(c -> c.zipFile(SdkBytes.fromByteArray(EMPTY_ZIP))));
            workflows.script("work", "[{\"payload\":{\"a\":1}}]");

            JsonNode output = call("lambda:invoke", "{\"FunctionName\":\"work\",\"Payload\":{\"in\":1}}");

            assertThat(output.get("Payload").textValue()).isEqualTo("{\"a\":1}");
            assertThat(output.get("StatusCode").intValue()).isEqualTo(200);
        }
    }

    @Test
    void aMissingObjectIsAnErrorOfS3() {
        try (S3Client s3 = workflows.client(S3Client.builder().forcePathStyle(true))) {
            s3.createBucket(b -> b.bucket("data"));
            String execution = workflows.run(
                    Workflows.task(
                            "arn:aws:states:::aws-sdk:s3:getObject",
                            "\"Parameters\":{\"Bucket\":\"data\",\"Key\":\"nothing\"}"),
                    "{}");

            assertThat(workflows.describe(execution).error()).isEqualTo("S3.NoSuchKeyException");
            assertThat(workflows.describe(execution).cause())
                    .startsWith("The specified key does not exist. (Service: S3, Status Code: 404, Request ID: ");
        }
    }

    @Test
    void stepFunctionsIsCalledWithPascalCaseToo() {
        JsonNode listed = call("sfn:listStateMachines", "{\"MaxResults\":1}");

        assertThat(listed.at("/StateMachines/0/StateMachineArn").textValue()).contains(":stateMachine:");
        assertThat(listed.at("/StateMachines/0/Type").textValue()).isEqualTo("STANDARD");
    }

    @Test
    void lambdaAndKinesisAndCognitoAreReached() {
        assertThat(call("lambda:listFunctions", "{}").get("Functions").isArray())
                .isTrue();
        assertThat(call("kinesis:listStreams", "{}").get("HasMoreStreams").isBoolean())
                .isTrue();
        assertThat(call("cognitoidentityprovider:listUserPools", "{\"MaxResults\":10}")
                        .get("UserPools")
                        .isArray())
                .isTrue();
        assertThat(call("iam:listRoles", "{}").get("Roles").isArray()).isTrue();
    }

    @Test
    void parametersThatTheOperationDoesNotHaveOrLacksFailTheState() {
        String unknown = workflows.run(
                Workflows.task(
                        "arn:aws:states:::aws-sdk:sqs:getQueueUrl",
                        "\"Parameters\":{\"QueueName\":\"q\",\"Colour\":\"red\"}"),
                "{}");
        String missing =
                workflows.run(Workflows.task("arn:aws:states:::aws-sdk:kms:describeKey", "\"Parameters\":{}"), "{}");

        assertThat(workflows.describe(unknown).error()).isEqualTo("States.Runtime");
        assertThat(workflows.describe(unknown).cause())
                .isEqualTo(
                        "An error occurred while executing the state 'T' (entered at the event id #2). The Parameters"
                                + " '{\"QueueName\":\"q\",\"Colour\":\"red\"}' could not be used to start the Task: [The field"
                                + " \"Colour\" is not supported by Step Functions]");
        assertThat(workflows.types(unknown)).containsExactly("ExecutionStarted", "TaskStateEntered", "ExecutionFailed");
        assertThat(workflows.describe(missing).cause()).endsWith("[The field \"KeyId\" is required but was missing]");
    }

    @Test
    void aMockedResultIsCheckedAgainstTheServicesModel() {
        String definition = """
                {"Type":"Task","End":true,"Resource":"arn:aws:states:::aws-sdk:kinesis:putRecord","Parameters":{}}""";

        assertThat(workflows
                        .sfn
                        .testState(t -> t.definition(definition)
                                .mock(m -> m.result("{\"SequenceNumber\":\"1\",\"ShardId\":\"s\"}")))
                        .statusAsString())
                .isEqualTo("SUCCEEDED");
        assertThatThrownBy(() -> workflows.sfn.testState(
                        t -> t.definition(definition).mock(m -> m.result("{\"ShardId\":\"s\"}"))))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("The field 'SequenceNumber' is required but was missing");
        assertThatThrownBy(() -> workflows.sfn.testState(t -> t.definition(definition)
                        .mock(m ->
                                m.result("{\"ShardId\":[1]}").fieldValidationMode(MockResponseValidationMode.PRESENT))))
                .isInstanceOf(ValidationException.class);
    }

    @Test
    void aServiceThatIsNotHereFailsTheTaskClearly() {
        String execution = workflows.run(
                Workflows.task("arn:aws:states:::aws-sdk:dynamodb:getItem", "\"Parameters\":{\"TableName\":\"t\"}"),
                "{}");

        assertThat(workflows.describe(execution).error()).isEqualTo("DynamoDb.NotEmulatedException");
    }
}
