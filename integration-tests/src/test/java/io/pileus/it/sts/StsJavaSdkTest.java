package io.pileus.it.sts;

import static io.pileus.it.sts.IdentityServer.ACCOUNT;
import static io.pileus.it.sts.IdentityServer.OTHER_ACCOUNT;
import static io.pileus.it.sts.IdentityServer.rootOf;
import static io.pileus.it.sts.IdentityServer.trusting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SqsException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.auth.StsWebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.services.sts.model.StsException;

class StsJavaSdkTest {

    @Test
    void aRoleOfAnotherAccountIsUsedEndToEnd() {
        try (IdentityServer server = IdentityServer.start();
                StsClient sts = server.sts(rootOf(ACCOUNT));
                IamClient iam = server.iam(rootOf(OTHER_ACCOUNT))) {
            Role role = iam.createRole(r -> r.roleName("deploy").assumeRolePolicyDocument(trusting(ACCOUNT)))
                    .role();
            assertThat(role.assumeRolePolicyDocument()).startsWith("%7B%22Version%22%3A%222012-10-17%22");

            try (StsAssumeRoleCredentialsProvider provider = StsAssumeRoleCredentialsProvider.builder()
                            .stsClient(sts)
                            .refreshRequest(r -> r.roleArn(role.arn()).roleSessionName("ci"))
                            .build();
                    StsClient asRole = server.sts(provider);
                    SqsClient sqs = server.sqs(provider)) {
                assertThat(asRole.getCallerIdentity().arn())
                        .isEqualTo("arn:aws:sts::" + OTHER_ACCOUNT + ":assumed-role/deploy/ci");
                assertThat(asRole.getCallerIdentity().userId()).isEqualTo(role.roleId() + ":ci");
                assertThat(sqs.createQueue(r -> r.queueName("q")).queueUrl()).contains(OTHER_ACCOUNT);
            }
            try (StsClient stranger = server.sts(rootOf("333333333333"))) {
                StsException denied = catchThrowableOfType(
                        StsException.class,
                        () -> stranger.assumeRole(r -> r.roleArn(role.arn()).roleSessionName("stranger")));
                assertThat(denied.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
                assertThat(denied.statusCode()).isEqualTo(403);
            }
        }
    }

    @Test
    void credentialsExpireOnTheServersClock() {
        try (IdentityServer server = IdentityServer.withTimeByHand();
                StsClient sts = server.sts(rootOf(ACCOUNT))) {
            var session = sts.assumeRole(r -> r.roleArn("arn:aws:iam::" + ACCOUNT + ":role/any")
                            .roleSessionName("short")
                            .durationSeconds(900))
                    .credentials();
            try (StsClient asRole = server.sts(IdentityServer.of(session))) {
                assertThat(asRole.getCallerIdentity().arn()).endsWith("assumed-role/any/short");
                server.pileus.time().advance(Duration.ofMinutes(15));
                StsException expired = catchThrowableOfType(StsException.class, asRole::getCallerIdentity);
                assertThat(expired.awsErrorDetails().errorCode()).isEqualTo("ExpiredToken");
            }
        }
    }

    @Test
    void aTokenInAFileTakesOnARoleOfAnotherAccount(@TempDir Path folder) throws Exception {
        try (IdentityServer server = IdentityServer.start();
                StsClient sts = server.sts(rootOf(ACCOUNT));
                StsClient unsigned = server.sts(AnonymousCredentialsProvider.create());
                IamClient own = server.iam(rootOf(ACCOUNT));
                IamClient other = server.iam(rootOf(OTHER_ACCOUNT))) {
            String issuer = own.enableOutboundWebIdentityFederation(r -> {}).issuerIdentifier();
            String provider = other.createOpenIDConnectProvider(
                            r -> r.url(issuer).clientIDList("partner"))
                    .openIDConnectProviderArn();
            Role role = other.createRole(r -> r.roleName("partner")
                            .assumeRolePolicyDocument("{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\","
                                    + "\"Principal\":{\"Federated\":\"" + provider
                                    + "\"},\"Action\":\"sts:AssumeRoleWithWebIdentity\"}}"))
                    .role();
            Path token = folder.resolve("token");
            Files.writeString(
                    token,
                    sts.getWebIdentityToken(r -> r.audience("partner").signingAlgorithm("RS256"))
                            .webIdentityToken());

            try (StsWebIdentityTokenFileCredentialsProvider credentials =
                            StsWebIdentityTokenFileCredentialsProvider.builder()
                                    .stsClient(unsigned)
                                    .roleArn(role.arn())
                                    .roleSessionName("pod")
                                    .webIdentityTokenFile(token)
                                    .build();
                    StsClient asRole = server.sts(credentials)) {
                assertThat(asRole.getCallerIdentity().arn())
                        .isEqualTo("arn:aws:sts::" + OTHER_ACCOUNT + ":assumed-role/partner/pod");
            }
            String keys = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(issuer + "/.well-known/jwks.json"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            assertThat(keys).contains("\"kty\":\"RSA\"", "\"kty\":\"EC\"").doesNotContain("\"d\":");
        }
    }

    @Test
    void enforcedPoliciesDecideWhatAUserMayDo() {
        try (IdentityServer server = IdentityServer.enforcing();
                IamClient iam = server.iam(rootOf(ACCOUNT))) {
            iam.createUser(r -> r.userName("alice"));
            AccessKey key = iam.createAccessKey(r -> r.userName("alice")).accessKey();
            var alice = StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
            try (SqsClient sqs = server.sqs(alice);
                    SqsClient root = server.sqs(rootOf(ACCOUNT))) {
                SqsException denied =
                        catchThrowableOfType(SqsException.class, () -> sqs.createQueue(r -> r.queueName("q")));
                assertThat(denied.awsErrorDetails().errorMessage())
                        .isEqualTo("User: arn:aws:iam::" + ACCOUNT + ":user/alice is not authorized to perform:"
                                + " sqs:createqueue on resource: arn:aws:sqs:us-east-1:" + ACCOUNT
                                + ":q because no identity-based policy allows the sqs:createqueue action");
                iam.attachUserPolicy(r -> r.userName("alice").policyArn("arn:aws:iam::aws:policy/AmazonSQSFullAccess"));
                String url = sqs.createQueue(r -> r.queueName("q")).queueUrl();
                root.setQueueAttributes(r -> r.queueUrl(url)
                        .attributesWithStrings(java.util.Map.of(
                                "Policy",
                                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\","
                                        + "\"Action\":\"sqs:SendMessage\",\"Resource\":\"*\"}]}")));
                SqsException byQueue = catchThrowableOfType(
                        SqsException.class,
                        () -> sqs.sendMessage(r -> r.queueUrl(url).messageBody("x")));
                assertThat(byQueue.awsErrorDetails().errorMessage())
                        .endsWith("with an explicit deny in a resource-based policy");
            }
        }
    }

    @Test
    void errorsAreTheModelledOnes() {
        try (IdentityServer server = IdentityServer.start();
                IamClient iam = server.iam(rootOf(ACCOUNT))) {
            NoSuchEntityException missing =
                    catchThrowableOfType(NoSuchEntityException.class, () -> iam.getRole(r -> r.roleName("nobody")));
            assertThat(missing.statusCode()).isEqualTo(404);
            assertThat(missing.awsErrorDetails().errorCode()).isEqualTo("NoSuchEntity");
            assertThat(missing.awsErrorDetails().errorMessage())
                    .isEqualTo("The role with name nobody cannot be found.");
        }
    }

    @Test
    void listsComeInPages() {
        try (IdentityServer server = IdentityServer.start();
                IamClient iam = server.iam(rootOf(ACCOUNT))) {
            for (int i = 0; i < 25; i++) {
                String name = "user" + i;
                iam.createUser(r -> r.userName(name));
            }
            assertThat(iam.listUsers(r -> r.maxItems(10)).isTruncated()).isTrue();
            assertThat(iam.listUsersPaginator(r -> r.maxItems(10)).users().stream())
                    .hasSize(25)
                    .doesNotHaveDuplicates();
        }
    }
}
