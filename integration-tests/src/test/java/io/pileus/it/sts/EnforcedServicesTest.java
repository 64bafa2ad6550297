package io.pileus.it.sts;

import static io.pileus.it.sts.IdentityServer.ACCOUNT;
import static io.pileus.it.sts.IdentityServer.rootOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pileus.server.Pileus;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.GrantOperation;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Policies are enforced: what one user may do with several services. */
class EnforcedServicesTest {
    private static Pileus pileus;
    private static int users;

    private String user;
    private AwsCredentialsProvider credentials;

    @BeforeAll
    static void start() throws IOException {
        pileus = Pileus.builder()
                .port(0)
                .services("sts", "iam", "sqs", "sns", "kms", "firehose", "s3")
                .setting("ENFORCE_IAM", "1")
                .start();
    }

    @AfterAll
    static void stop() {
        pileus.close();
    }

    @BeforeEach
    void aUser() {
        user = "user" + users++;
        try (IamClient iam = iam()) {
            iam.createUser(r -> r.userName(user));
            AccessKey key = iam.createAccessKey(r -> r.userName(user)).accessKey();
            credentials = StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
        }
    }

    private static <B extends AwsClientBuilder<B, C>, C> C client(B builder, AwsCredentialsProvider signing) {
        return builder.endpointOverride(pileus.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(signing)
                .build();
    }

    private static IamClient iam() {
        return client(IamClient.builder(), rootOf(ACCOUNT));
    }

    private void allow(String action, String resource, String condition) {
        try (IamClient iam = iam()) {
            iam.putUserPolicy(r -> r.userName(user)
                    .policyName("only")
                    .policyDocument("{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":"
                            + action + ",\"Resource\":\"" + resource + "\",\"Condition\":" + condition + "}}"));
        }
    }

    private static AwsServiceException refused(Runnable call) {
        AwsServiceException error = catchThrowableOfType(AwsServiceException.class, call::run);
        assertThat(error).isNotNull();
        return error;
    }

    @Test
    void aKeyIsFoundByItsCiphertextAndByItsAlias() {
        try (KmsClient root = client(KmsClient.builder(), rootOf(ACCOUNT));
                KmsClient kms = client(KmsClient.builder(), credentials)) {
            String mine = root.createKey().keyMetadata().arn();
            String other = root.createKey().keyMetadata().arn();
            root.createAlias(r -> r.aliasName("alias/" + user).targetKeyId(mine));
            allow("[\"kms:Decrypt\",\"kms:Encrypt\"]", mine, "{}");

            SdkBytes ciphertext = kms.encrypt(r -> r.keyId("alias/" + user).plaintext(SdkBytes.fromUtf8String("hello")))
                    .ciphertextBlob();

            assertThat(kms.decrypt(r -> r.ciphertextBlob(ciphertext))
                            .plaintext()
                            .asUtf8String())
                    .isEqualTo("hello");
            SdkBytes foreign = root.encrypt(r -> r.keyId(other).plaintext(SdkBytes.fromUtf8String("hello")))
                    .ciphertextBlob();
            assertThat(refused(() -> kms.decrypt(r -> r.ciphertextBlob(foreign)))
                            .getMessage())
                    .contains("kms:Decrypt on resource: " + other);
            assertThat(refused(() -> kms.reEncrypt(
                                    r -> r.ciphertextBlob(ciphertext).destinationKeyId(other)))
                            .getMessage())
                    .contains("kms:ReEncryptFrom on resource: " + mine);
        }
    }

    @Test
    void onlyWhoMayListABucketIsToldThatAnObjectIsMissing() {
        try (S3Client root = client(S3Client.builder().forcePathStyle(true), rootOf(ACCOUNT));
                S3Client s3 = client(S3Client.builder().forcePathStyle(true), credentials)) {
            String bucket = "bucket-of-" + user;
            root.createBucket(r -> r.bucket(bucket));
            allow("[\"s3:GetObject\"]", "arn:aws:s3:::" + bucket + "/*", "{}");
            assertThat(refused(() -> s3.getObject(r -> r.bucket(bucket).key("none")))
                            .getMessage())
                    .contains("s3:ListBucket on resource: ", "arn:aws:s3:::" + bucket);
            assertThat(refused(() -> s3.headObject(r -> r.bucket(bucket).key("none")))
                            .statusCode())
                    .isEqualTo(403);

            allow("[\"s3:GetObject\",\"s3:ListBucket\"]", "arn:aws:s3:::" + bucket + "*", "{}");
            assertThat(refused(() -> s3.getObject(r -> r.bucket(bucket).key("none")))
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void aGrantAllowsWhatNoPolicyAllows() {
        try (KmsClient root = client(KmsClient.builder(), rootOf(ACCOUNT));
                KmsClient kms = client(KmsClient.builder(), credentials)) {
            String key = root.createKey().keyMetadata().arn();
            String me = "arn:aws:iam::" + ACCOUNT + ":user/" + user;
            String grant = root.createGrant(r -> r.keyId(key)
                            .granteePrincipal(me)
                            .retiringPrincipal(me)
                            .operations(GrantOperation.GENERATE_DATA_KEY)
                            .constraints(c -> c.encryptionContextSubset(Map.of("tenant", "1"))))
                    .grantToken();

            assertThat(kms.generateDataKey(r -> r.keyId(key)
                                    .keySpec("AES_256")
                                    .encryptionContext(Map.of("tenant", "1", "more", "2")))
                            .keyId())
                    .isEqualTo(key);
            refused(() ->
                    kms.generateDataKey(r -> r.keyId(key).keySpec("AES_256").encryptionContext(Map.of("tenant", "2"))));
            refused(() -> kms.describeKey(r -> r.keyId(key)));
            kms.retireGrant(r -> r.grantToken(grant));
            refused(() ->
                    kms.generateDataKey(r -> r.keyId(key).keySpec("AES_256").encryptionContext(Map.of("tenant", "1"))));
        }
    }

    @Test
    void aQueuesTagsAndTheClientsAddressCount() {
        try (SqsClient root = client(SqsClient.builder(), rootOf(ACCOUNT));
                SqsClient sqs = client(SqsClient.builder(), credentials)) {
            String mine = root.createQueue(r -> r.queueName("mine-" + user).tags(Map.of("owner", user)))
                    .queueUrl();
            String other = root.createQueue(r -> r.queueName("other-" + user).tags(Map.of("owner", "x")))
                    .queueUrl();
            allow(
                    "\"sqs:*\"",
                    "*",
                    "{\"StringEquals\":{\"aws:ResourceTag/owner\":\"${aws:username}\"},"
                            + "\"IpAddress\":{\"aws:SourceIp\":[\"127.0.0.0/8\",\"::1/128\"]},"
                            + "\"StringLike\":{\"aws:UserAgent\":\"aws-sdk-java/*\"}}");

            sqs.sendMessage(r -> r.queueUrl(mine).messageBody("hello"));

            refused(() -> sqs.sendMessage(r -> r.queueUrl(other).messageBody("hello")));
            allow("\"sqs:*\"", "*", "{\"IpAddress\":{\"aws:SourceIp\":\"203.0.113.0/24\"}}");
            refused(() -> sqs.sendMessage(r -> r.queueUrl(mine).messageBody("hello")));
        }
    }

    @Test
    void aTopicDeliversOnlyWhereTheQueuesPolicyLetsIt() {
        try (SqsClient sqs = client(SqsClient.builder(), rootOf(ACCOUNT));
                SnsClient sns = client(SnsClient.builder(), rootOf(ACCOUNT))) {
            String queue = sqs.createQueue(r -> r.queueName("q-" + user)).queueUrl();
            String arn = "arn:aws:sqs:us-east-1:" + ACCOUNT + ":q-" + user;
            String topic = sns.createTopic(r -> r.name("t-" + user)).topicArn();
            sns.subscribe(r -> r.topicArn(topic).protocol("sqs").endpoint(arn));

            sns.publish(r -> r.topicArn(topic).message("lost"));
            sqs.setQueueAttributes(r -> r.queueUrl(queue)
                    .attributes(Map.of(
                            QueueAttributeName.POLICY,
                            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
                                    + "\"sns.amazonaws.com\"},\"Action\":\"sqs:SendMessage\",\"Resource\":\"" + arn
                                    + "\",\"Condition\":{\"ArnEquals\":{\"aws:SourceArn\":\"" + topic + "\"}}}}")));
            sns.publish(r -> r.topicArn(topic).message("found"));

            assertThat(sqs.receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10))
                            .messages())
                    .singleElement()
                    .satisfies(message -> assertThat(message.body()).contains("found"));
        }
    }

    @Test
    void whoGivesFirehoseARoleMustBeAllowedToPassIt() {
        try (FirehoseClient firehose = client(FirehoseClient.builder(), credentials)) {
            String role = "arn:aws:iam::" + ACCOUNT + ":role/delivery";
            allow("\"firehose:*\"", "*", "{}");

            AwsServiceException denied = refused(() -> firehose.createDeliveryStream(r -> r.deliveryStreamName(
                            "s-" + user)
                    .extendedS3DestinationConfiguration(d -> d.roleARN(role).bucketARN("arn:aws:s3:::bucket"))));

            assertThat(denied.getMessage()).contains("iam:PassRole on resource: " + role);
            allow("[\"firehose:*\",\"iam:PassRole\"]", "*", "{}");
            assertThat(firehose.createDeliveryStream(r -> r.deliveryStreamName("s-" + user)
                                    .extendedS3DestinationConfiguration(
                                            d -> d.roleARN(role).bucketARN("arn:aws:s3:::bucket")))
                            .deliveryStreamARN())
                    .endsWith("deliverystream/s-" + user);
        }
    }
}
