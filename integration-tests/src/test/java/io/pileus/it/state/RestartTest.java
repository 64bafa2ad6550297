package io.pileus.it.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.client.RemotePileus;
import io.pileus.server.ClockSetting;
import io.pileus.server.Pileus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentity.CognitoIdentityClient;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthFlowType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AuthenticationResultType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ExplicitAuthFlowsType;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Everything of all services, before and after the server was restarted, and on another server by way of a snapshot. */
class RestartTest {
    private static final String TRUST =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"*\"},"
                    + "\"Action\":\"sts:AssumeRole\"}]}";
    private static final String ROLE = "arn:aws:iam::000000000000:role/app";
    private static final JsonMapper JSON = new JsonMapper();

    /** What is made in a service before, and what it is to do after. */
    private interface Part {
        void make() throws IOException;

        void find() throws IOException;
    }

    @TempDir
    Path temporary;

    private Pileus pileus;

    private Pileus start() throws IOException {
        return Pileus.builder()
                .port(0)
                .clock(ClockSetting.MANUAL)
                .persistence(temporary.resolve("state"))
                .start();
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        return client(builder, AwsBasicCredentials.create("test", "test"));
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            B builder, AwsCredentials credentials) {
        return builder.endpointOverride(pileus.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    private final class Queues implements Part {
        private String url;

        @Override
        public void make() {
            SqsClient sqs = client(SqsClient.builder());
            url = sqs.createQueue(q -> q.queueName("orders")).queueUrl();
            sqs.sendMessage(m -> m.queueUrl(url).messageBody("in flight"));
            sqs.receiveMessage(r -> r.queueUrl(url));
            sqs.sendMessage(m -> m.queueUrl(url).messageBody("waiting"));
        }

        @Override
        public void find() {
            assertThat(received("orders")).containsExactly("waiting");
            pileus.time().advance(Duration.ofSeconds(30));
            assertThat(received("orders")).containsExactlyInAnyOrder("in flight", "waiting");
        }
    }

    private List<String> received(String queue) {
        SqsClient sqs = client(SqsClient.builder());
        String url = sqs.getQueueUrl(q -> q.queueName(queue)).queueUrl();
        return sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10)).messages().stream()
                .map(message -> message.body())
                .toList();
    }

    private final class Keys implements Part {
        private String key;
        private SdkBytes ciphertext;

        @Override
        public void make() {
            KmsClient kms = client(KmsClient.builder());
            key = kms.createKey(k -> k.description("mine")).keyMetadata().keyId();
            kms.createAlias(a -> a.aliasName("alias/app").targetKeyId(key));
            ciphertext = kms.encrypt(e -> e.keyId(key).plaintext(SdkBytes.fromUtf8String("secret")))
                    .ciphertextBlob();
        }

        @Override
        public void find() {
            KmsClient kms = client(KmsClient.builder());
            assertThat(kms.decrypt(d -> d.ciphertextBlob(ciphertext))
                            .plaintext()
                            .asUtf8String())
                    .isEqualTo("secret");
            assertThat(kms.describeKey(k -> k.keyId("alias/app")).keyMetadata().keyId())
                    .isEqualTo(key);
        }
    }

    private final class Identity implements Part {
        private Credentials session;

        @Override
        public void make() {
            IamClient iam = client(IamClient.builder());
            iam.createUser(u -> u.userName("alice"));
            iam.createRole(r -> r.roleName("app").assumeRolePolicyDocument(TRUST));
            session = client(StsClient.builder())
                    .assumeRole(r -> r.roleArn(ROLE).roleSessionName("session"))
                    .credentials();
        }

        @Override
        public void find() {
            assertThat(client(
                                    StsClient.builder(),
                                    AwsSessionCredentials.create(
                                            session.accessKeyId(), session.secretAccessKey(), session.sessionToken()))
                            .getCallerIdentity()
                            .arn())
                    .endsWith(":assumed-role/app/session");
            assertThat(client(IamClient.builder())
                            .getUser(u -> u.userName("alice"))
                            .user()
                            .userName())
                    .isEqualTo("alice");
        }
    }

    private final class Topics implements Part {
        private String topic;

        @Override
        public void make() {
            SqsClient sqs = client(SqsClient.builder());
            String url = sqs.createQueue(q -> q.queueName("subscriber")).queueUrl();
            SnsClient sns = client(SnsClient.builder());
            topic = sns.createTopic(t -> t.name("events")).topicArn();
            sns.subscribe(s -> s.topicArn(topic)
                    .protocol("sqs")
                    .endpoint(sqs.getQueueAttributes(a -> a.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                            .attributes()
                            .get(QueueAttributeName.QUEUE_ARN)));
        }

        @Override
        public void find() {
            client(SnsClient.builder()).publish(p -> p.topicArn(topic).message("published"));
            assertThat(received("subscriber")).singleElement().asString().contains("published");
        }
    }

    private final class Objects implements Part {
        @Override
        public void make() {
            S3Client s3 = client(S3Client.builder().forcePathStyle(true));
            s3.createBucket(b -> b.bucket("files"));
            s3.putObject(o -> o.bucket("files").key("a/small"), RequestBody.fromString("small"));
            s3.putObject(o -> o.bucket("files").key("a/large"), RequestBody.fromBytes(new byte[3 << 20]));
        }

        @Override
        public void find() {
            S3Client s3 = client(S3Client.builder().forcePathStyle(true));
            assertThat(s3.getObjectAsBytes(o -> o.bucket("files").key("a/small"))
                            .asUtf8String())
                    .isEqualTo("small");
            assertThat(s3.getObjectAsBytes(o -> o.bucket("files").key("a/large"))
                            .asByteArray())
                    .hasSize(3 << 20);
        }
    }

    private final class Streams implements Part {
        private String iterator;

        @Override
        public void make() {
            KinesisClient kinesis = client(KinesisClient.builder());
            kinesis.createStream(s -> s.streamName("clicks").shardCount(1));
            pileus.time().advance(Duration.ofSeconds(2));
            kinesis.putRecord(r -> r.streamName("clicks").partitionKey("k").data(SdkBytes.fromUtf8String("one")));
            kinesis.putRecord(r -> r.streamName("clicks").partitionKey("k").data(SdkBytes.fromUtf8String("two")));
            String first = kinesis.getShardIterator(i -> i.streamName("clicks")
                            .shardId("shardId-000000000000")
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .shardIterator();
            iterator = kinesis.getRecords(r -> r.shardIterator(first).limit(1)).nextShardIterator();
            S3Client s3 = client(S3Client.builder().forcePathStyle(true));
            s3.createBucket(b -> b.bucket("delivered"));
            FirehoseClient firehose = client(FirehoseClient.builder());
            firehose.createDeliveryStream(d -> d.deliveryStreamName("to-files")
                    .extendedS3DestinationConfiguration(
                            t -> t.bucketARN("arn:aws:s3:::delivered").roleARN(ROLE)));
            firehose.putRecord(
                    r -> r.deliveryStreamName("to-files").record(one -> one.data(SdkBytes.fromUtf8String("buffered"))));
        }

        @Override
        public void find() {
            assertThat(client(KinesisClient.builder())
                            .getRecords(r -> r.shardIterator(iterator))
                            .records())
                    .extracting(record -> record.data().asUtf8String())
                    .containsExactly("two");
            pileus.time().advance(Duration.ofMinutes(10));
            assertThat(client(S3Client.builder().forcePathStyle(true))
                            .listObjectsV2(l -> l.bucket("delivered"))
                            .contents())
                    .hasSize(1);
        }
    }

    private final class Executions implements Part {
        private String execution;

        @Override
        public void make() {
            SfnClient sfn = client(SfnClient.builder());
            String machine = sfn.createStateMachine(
                            m -> m.name("slow")
                                    .roleArn(ROLE)
                                    .definition(
                                            "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":3600,"
                                                    + "\"Next\":\"P\"},\"P\":{\"Type\":\"Pass\",\"Result\":{\"done\":true},\"End\":true}}}"))
                    .stateMachineArn();
            execution = sfn.startExecution(e -> e.stateMachineArn(machine).input("{}"))
                    .executionArn();
        }

        @Override
        public void find() {
            SfnClient sfn = client(SfnClient.builder());
            assertThat(sfn.describeExecution(e -> e.executionArn(execution)).status())
                    .isEqualTo(ExecutionStatus.RUNNING);
            pileus.time().advance(Duration.ofHours(1));
            assertThat(sfn.describeExecution(e -> e.executionArn(execution)).output())
                    .isEqualTo("{\"done\":true}");
        }
    }

    private final class People implements Part {
        private String clientId;
        private AuthenticationResultType tokens;
        private String identity;

        @Override
        public void make() {
            CognitoIdentityProviderClient cognito = client(CognitoIdentityProviderClient.builder());
            String pool =
                    cognito.createUserPool(p -> p.poolName("people")).userPool().id();
            clientId = cognito.createUserPoolClient(c -> c.userPoolId(pool)
                            .clientName("web")
                            .explicitAuthFlows(
                                    ExplicitAuthFlowsType.ALLOW_USER_PASSWORD_AUTH,
                                    ExplicitAuthFlowsType.ALLOW_REFRESH_TOKEN_AUTH))
                    .userPoolClient()
                    .clientId();
            cognito.adminCreateUser(u -> u.userPoolId(pool).username("bob"));
            cognito.adminSetUserPassword(u ->
                    u.userPoolId(pool).username("bob").password("Passw0rd!").permanent(true));
            tokens = cognito.initiateAuth(a -> a.clientId(clientId)
                            .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                            .authParameters(Map.of("USERNAME", "bob", "PASSWORD", "Passw0rd!")))
                    .authenticationResult();
            CognitoIdentityClient identities = client(CognitoIdentityClient.builder());
            String identityPool = identities
                    .createIdentityPool(p -> p.identityPoolName("apps").allowUnauthenticatedIdentities(true))
                    .identityPoolId();
            identity = identities.getId(i -> i.identityPoolId(identityPool)).identityId();
        }

        @Override
        public void find() {
            CognitoIdentityProviderClient cognito = client(CognitoIdentityProviderClient.builder());
            assertThat(cognito.getUser(u -> u.accessToken(tokens.accessToken())).username())
                    .isEqualTo("bob");
            assertThat(cognito.initiateAuth(a -> a.clientId(clientId)
                                    .authFlow(AuthFlowType.REFRESH_TOKEN_AUTH)
                                    .authParameters(Map.of("REFRESH_TOKEN", tokens.refreshToken())))
                            .authenticationResult()
                            .accessToken())
                    .isNotEmpty();
            assertThat(client(CognitoIdentityClient.builder())
                            .describeIdentity(i -> i.identityId(identity))
                            .identityId())
                    .isEqualTo(identity);
        }
    }

    private final class Functions implements Part {
        @Override
        public void make() {
            SqsClient sqs = client(SqsClient.builder());
            sqs.createQueue(q -> q.queueName("work"));
            LambdaClient lambda = client(LambdaClient.builder());
            lambda.createFunction(f -> f.functionName("f")
                    .runtime("python3.12")
                    .handler("app.handler")
                    .role(ROLE)
                    .code(c -> c.zipFile(SdkBytes.fromByteArray(zip()))));
            lambda.publishVersion(v -> v.functionName("f"));
            lambda.createEventSourceMapping(
                    m -> m.functionName("f").eventSourceArn("arn:aws:sqs:us-east-1:000000000000:work"));
        }

        @Override
        public void find() {
            List<String> events = new CopyOnWriteArrayList<>();
            pileus.registerFunction("f", event -> {
                events.add(new String(event, StandardCharsets.UTF_8));
                return event;
            });
            assertThat(client(LambdaClient.builder())
                            .getFunction(f -> f.functionName("f").qualifier("1"))
                            .configuration()
                            .version())
                    .isEqualTo("1");
            SqsClient sqs = client(SqsClient.builder());
            String url = sqs.getQueueUrl(q -> q.queueName("work")).queueUrl();
            sqs.sendMessage(m -> m.queueUrl(url).messageBody("to be done"));
            pileus.time().settle();
            assertThat(events).singleElement().asString().contains("to be done");
        }
    }

    private static byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("app.py"));
            zip.write("def handler(event, context):\n    return event\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The parts by the services that they are about; what lets much time pass comes last. */
    private Map<List<String>, Part> parts() {
        Map<List<String>, Part> parts = new LinkedHashMap<>();
        parts.put(List.of("sqs"), new Queues());
        parts.put(List.of("kms"), new Keys());
        parts.put(List.of("iam"), new Identity());
        parts.put(List.of("cognito-idp", "cognito-identity"), new People());
        parts.put(List.of("sns"), new Topics());
        parts.put(List.of("lambda"), new Functions());
        parts.put(List.of("s3"), new Objects());
        parts.put(List.of("kinesis", "firehose"), new Streams());
        parts.put(List.of("stepfunctions"), new Executions());
        return parts;
    }

    private JsonNode state(List<String> services) throws IOException {
        ObjectNode all = JSON.createObjectNode();
        for (String service : services) {
            String state = RemotePileus.at(pileus.endpoint()).state(service);
            all.set(service, JSON.readTree(state.replace(pileus.endpoint().toString(), "http://endpoint")));
        }
        return all;
    }

    /** The listing tells of accounts and regions that a request was about. */
    private void touch(List<String> services) {
        for (String service : services) {
            switch (service) {
                case "sqs" -> client(SqsClient.builder()).listQueues();
                case "kms" -> client(KmsClient.builder()).listKeys();
                case "iam" -> client(IamClient.builder()).listUsers();
                case "sns" -> client(SnsClient.builder()).listTopics();
                case "s3" -> client(S3Client.builder().forcePathStyle(true)).listBuckets();
                case "kinesis" -> client(KinesisClient.builder()).listStreams();
                case "firehose" -> client(FirehoseClient.builder()).listDeliveryStreams(l -> l.limit(1));
                case "stepfunctions" -> client(SfnClient.builder()).listStateMachines();
                case "cognito-idp" ->
                    client(CognitoIdentityProviderClient.builder()).listUserPools(l -> l.maxResults(1));
                case "cognito-identity" ->
                    client(CognitoIdentityClient.builder()).listIdentityPools(l -> l.maxResults(1));
                case "lambda" -> client(LambdaClient.builder()).listFunctions();
                default -> throw new IllegalArgumentException(service);
            }
        }
    }

    @TestFactory
    Stream<DynamicTest> aRestartKeepsAll() {
        return parts().entrySet().stream()
                .map(part -> dynamicTest(
                        String.join(", ", part.getKey()), () -> survivesARestart(part.getKey(), part.getValue())));
    }

    private void survivesARestart(List<String> services, Part part) throws IOException {
        JsonNode before;
        try (Pileus first = start()) {
            pileus = first;
            first.reset(); // of what the part before has left
            part.make();
            before = state(services);
        }
        try (Pileus second = start()) {
            pileus = second;
            touch(services);
            assertThat(state(services).toPrettyString()).isEqualTo(before.toPrettyString());
            part.find();
        }
    }

    @Test
    void aSnapshotCarriesAllToAnotherServer() throws IOException {
        Path file = temporary.resolve("everything.zip");
        Collection<Part> parts = parts().values();
        try (Pileus first = Pileus.builder().port(0).clock(ClockSetting.MANUAL).start();
                Pileus second =
                        Pileus.builder().port(0).clock(ClockSetting.MANUAL).start()) {
            pileus = first;
            for (Part part : parts) {
                part.make();
            }
            RemotePileus.at(first.endpoint()).saveSnapshot("all");
            RemotePileus.at(first.endpoint()).downloadSnapshot("all", file);
            pileus = second;
            second.time().setTo(first.time().instant());
            RemotePileus.at(second.endpoint()).uploadSnapshot("all", file);
            RemotePileus.at(second.endpoint()).loadSnapshot("all");
            for (Part part : parts) {
                part.find();
            }
        }
    }
}
