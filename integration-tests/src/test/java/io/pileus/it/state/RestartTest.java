package io.pileus.it.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pileus.client.RemotePileus;
import io.pileus.server.ClockSetting;
import io.pileus.server.Pileus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
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
import software.amazon.awssdk.services.lambda.model.EventSourcePosition;
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
    private static final JsonMapper JSON = new JsonMapper();

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

    private JsonNode state() throws IOException {
        return JSON.readTree(RemotePileus.at(pileus.endpoint())
                .state()
                .replace(pileus.endpoint().toString(), "http://endpoint"));
    }

    // What is made, to be found again.

    private String queue;
    private String key;
    private SdkBytes ciphertext;
    private Credentials session;
    private String topic;
    private String execution;
    private String clientId;
    private AuthenticationResultType tokens;
    private String identity;
    private String shardIterator;

    private void make() throws IOException {
        SqsClient sqs = client(SqsClient.builder());
        queue = sqs.createQueue(q -> q.queueName("orders")).queueUrl();
        sqs.sendMessage(m -> m.queueUrl(queue).messageBody("in flight"));
        sqs.receiveMessage(r -> r.queueUrl(queue));
        sqs.sendMessage(m -> m.queueUrl(queue).messageBody("waiting"));
        String queueArn = sqs.getQueueAttributes(a -> a.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);

        KmsClient kms = client(KmsClient.builder());
        key = kms.createKey(k -> k.description("mine")).keyMetadata().keyId();
        kms.createAlias(a -> a.aliasName("alias/app").targetKeyId(key));
        ciphertext = kms.encrypt(e -> e.keyId(key).plaintext(SdkBytes.fromUtf8String("secret")))
                .ciphertextBlob();

        IamClient iam = client(IamClient.builder());
        iam.createUser(u -> u.userName("alice"));
        String role = iam.createRole(r -> r.roleName("app").assumeRolePolicyDocument(TRUST))
                .role()
                .arn();
        session = client(StsClient.builder())
                .assumeRole(r -> r.roleArn(role).roleSessionName("s"))
                .credentials();

        SnsClient sns = client(SnsClient.builder());
        topic = sns.createTopic(t -> t.name("events")).topicArn();
        sns.subscribe(s -> s.topicArn(topic).protocol("sqs").endpoint(queueArn));

        S3Client s3 = client(S3Client.builder().forcePathStyle(true));
        s3.createBucket(b -> b.bucket("files"));
        s3.putObject(o -> o.bucket("files").key("a/small"), RequestBody.fromString("small"));
        s3.putObject(o -> o.bucket("files").key("a/large"), RequestBody.fromBytes(new byte[3 << 20]));

        KinesisClient kinesis = client(KinesisClient.builder());
        kinesis.createStream(s -> s.streamName("clicks").shardCount(1));
        pileus.time().advance(Duration.ofSeconds(2));
        kinesis.putRecord(r -> r.streamName("clicks").partitionKey("k").data(SdkBytes.fromUtf8String("one")));
        kinesis.putRecord(r -> r.streamName("clicks").partitionKey("k").data(SdkBytes.fromUtf8String("two")));
        String iterator = kinesis.getShardIterator(i -> i.streamName("clicks")
                        .shardId("shardId-000000000000")
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
        shardIterator =
                kinesis.getRecords(r -> r.shardIterator(iterator).limit(1)).nextShardIterator();
        client(FirehoseClient.builder())
                .createDeliveryStream(d -> d.deliveryStreamName("to-files")
                        .extendedS3DestinationConfiguration(
                                t -> t.bucketARN("arn:aws:s3:::files").roleARN(role)));

        SfnClient sfn = client(SfnClient.builder());
        String machine = sfn.createStateMachine(
                        m -> m.name("slow")
                                .roleArn(role)
                                .definition(
                                        "{\"StartAt\":\"W\",\"States\":{\"W\":{\"Type\":\"Wait\",\"Seconds\":3600,"
                                                + "\"Next\":\"P\"},\"P\":{\"Type\":\"Pass\",\"Result\":{\"done\":true},\"End\":true}}}"))
                .stateMachineArn();
        execution =
                sfn.startExecution(e -> e.stateMachineArn(machine).input("{}")).executionArn();

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
        cognito.adminSetUserPassword(
                u -> u.userPoolId(pool).username("bob").password("Passw0rd!").permanent(true));
        tokens = cognito.initiateAuth(a -> a.clientId(clientId)
                        .authFlow(AuthFlowType.USER_PASSWORD_AUTH)
                        .authParameters(Map.of("USERNAME", "bob", "PASSWORD", "Passw0rd!")))
                .authenticationResult();
        CognitoIdentityClient identities = client(CognitoIdentityClient.builder());
        String identityPool = identities
                .createIdentityPool(p -> p.identityPoolName("apps").allowUnauthenticatedIdentities(true))
                .identityPoolId();
        identity = identities.getId(i -> i.identityPoolId(identityPool)).identityId();

        LambdaClient lambda = client(LambdaClient.builder());
        lambda.createFunction(f -> f.functionName("f")
                .runtime("python3.12")
                .handler("app.handler")
                .role(role)
                .code(c -> c.zipFile(SdkBytes.fromByteArray(zip()))));
        lambda.publishVersion(v -> v.functionName("f"));
        lambda.createEventSourceMapping(m -> m.functionName("f")
                .eventSourceArn("arn:aws:kinesis:us-east-1:000000000000:stream/clicks")
                .startingPosition(EventSourcePosition.LATEST)
                .enabled(false));
    }

    private static byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("app.py"));
            zip.write("def handler(event, context):\n    return event\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** That what was made is there, and does what it did. */
    private void find() {
        SqsClient sqs = client(SqsClient.builder());
        assertThat(received(sqs)).containsExactly("waiting");
        pileus.time().advance(Duration.ofSeconds(30));
        assertThat(received(sqs)).containsExactlyInAnyOrder("in flight", "waiting");

        KmsClient kms = client(KmsClient.builder());
        assertThat(kms.decrypt(d -> d.ciphertextBlob(ciphertext)).plaintext().asUtf8String())
                .isEqualTo("secret");
        assertThat(kms.describeKey(k -> k.keyId("alias/app")).keyMetadata().keyId())
                .isEqualTo(key);

        assertThat(client(
                                StsClient.builder(),
                                AwsSessionCredentials.create(
                                        session.accessKeyId(), session.secretAccessKey(), session.sessionToken()))
                        .getCallerIdentity()
                        .arn())
                .endsWith(":assumed-role/app/s");

        client(SnsClient.builder()).publish(p -> p.topicArn(topic).message("published"));
        assertThat(received(sqs)).singleElement().asString().contains("published");

        S3Client s3 = client(S3Client.builder().forcePathStyle(true));
        assertThat(s3.getObjectAsBytes(o -> o.bucket("files").key("a/small")).asUtf8String())
                .isEqualTo("small");
        assertThat(s3.getObjectAsBytes(o -> o.bucket("files").key("a/large")).asByteArray())
                .hasSize(3 << 20);

        assertThat(client(KinesisClient.builder())
                        .getRecords(r -> r.shardIterator(shardIterator))
                        .records())
                .extracting(record -> record.data().asUtf8String())
                .containsExactly("two");

        SfnClient sfn = client(SfnClient.builder());
        assertThat(sfn.describeExecution(e -> e.executionArn(execution)).status())
                .isEqualTo(ExecutionStatus.RUNNING);
        pileus.time().advance(Duration.ofHours(1));
        assertThat(sfn.describeExecution(e -> e.executionArn(execution)).output())
                .isEqualTo("{\"done\":true}");

        CognitoIdentityProviderClient cognito = client(CognitoIdentityProviderClient.builder());
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
        assertThat(client(LambdaClient.builder())
                        .getFunction(f -> f.functionName("f").qualifier("1"))
                        .configuration()
                        .version())
                .isEqualTo("1");
    }

    private List<String> received(SqsClient sqs) {
        return sqs.receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10)).messages().stream()
                .map(message -> message.body())
                .toList();
    }

    @Test
    void everythingSurvivesARestart() throws IOException {
        JsonNode before;
        try (Pileus first = start()) {
            pileus = first;
            make();
            before = state();
        }
        try (Pileus second = start()) {
            pileus = second;
            touchAll(before);
            assertThat(state().toPrettyString()).isEqualTo(before.toPrettyString());
            find();
        }
    }

    @Test
    void everythingTravelsByASnapshot() throws IOException {
        Path file = temporary.resolve("everything.zip");
        try (Pileus first = Pileus.builder().port(0).clock(ClockSetting.MANUAL).start()) {
            pileus = first;
            make();
            RemotePileus.at(first.endpoint()).saveSnapshot("all");
            RemotePileus.at(first.endpoint()).downloadSnapshot("all", file);
            try (Pileus second =
                    Pileus.builder().port(0).clock(ClockSetting.MANUAL).start()) {
                pileus = second;
                second.time().setTo(first.time().instant());
                RemotePileus.at(second.endpoint()).uploadSnapshot("all", file);
                RemotePileus.at(second.endpoint()).loadSnapshot("all");
                queue = queue.replace(Integer.toString(first.port()), Integer.toString(second.port()));
                find();
            }
        }
    }

    /** The listing of state tells of accounts and regions that a request was about. */
    private void touchAll(JsonNode before) {
        client(SqsClient.builder()).listQueues();
        client(KmsClient.builder()).listKeys();
        client(IamClient.builder()).listUsers();
        client(StsClient.builder()).getCallerIdentity();
        client(SnsClient.builder()).listTopics();
        client(S3Client.builder().forcePathStyle(true)).listBuckets();
        client(KinesisClient.builder()).listStreams();
        client(FirehoseClient.builder()).listDeliveryStreams(l -> l.limit(1));
        client(SfnClient.builder()).listStateMachines();
        client(CognitoIdentityProviderClient.builder()).listUserPools(l -> l.maxResults(1));
        client(CognitoIdentityClient.builder()).listIdentityPools(l -> l.maxResults(1));
        client(LambdaClient.builder()).listFunctions();
        assertThat(before.path("services").size()).isGreaterThan(10);
    }
}
