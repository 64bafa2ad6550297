package io.pileus.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The image in a container engine, where there is one: {@code PILEUS_IMAGE} names the image, {@code DOCKER_HOST} the engine (that
 * of podman will do). See docs/image.md for how.
 */
@EnabledIfEnvironmentVariable(named = "PILEUS_IMAGE", matches = ".+")
class EngineTest {
    private static final String IMAGE = System.getenv().getOrDefault("PILEUS_IMAGE", "");

    private static SqsClient sqs(URI endpoint, String region, String accessKey, String secretKey) {
        return SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .build();
    }

    @Test
    void theContainerStartsRunsItsScriptAndObeysTheClock(@TempDir Path folder) throws Exception {
        Path script = Files.writeString(
                folder.resolve("seed.sh"),
                "#!/bin/bash\ncurl -fsS \"$AWS_ENDPOINT_URL/?Action=CreateQueue&QueueName=seeded\" > /dev/null\n");
        try (PileusContainer pileus = new PileusContainer(IMAGE)
                .withClock("manual:2026-01-01T00:00:00Z")
                .withInitScript(MountableFile.forHostPath(script), "seed.sh")) {
            pileus.start();
            try (SqsClient sqs =
                    sqs(pileus.getEndpoint(), pileus.getRegion(), pileus.getAccessKey(), pileus.getSecretKey())) {
                assertThat(sqs.listQueues().queueUrls()).containsExactly(pileus.getEndpoint() + "/000000000000/seeded");
            }

            assertThat(pileus.control().advance(Duration.ofMinutes(15)).now())
                    .isEqualTo(Instant.parse("2026-01-01T00:15:00Z"));
        }
    }

    @Test
    void localStacksModuleStartsIt() {
        DockerImageName image = DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("localstack/localstack");
        try (LocalStackContainer container = new LocalStackContainer(image).withServices("sqs")) {
            container.start();
            try (SqsClient sqs = sqs(
                    container.getEndpoint(),
                    container.getRegion(),
                    container.getAccessKey(),
                    container.getSecretKey())) {
                String url = sqs.createQueue(q -> q.queueName("orders")).queueUrl();
                sqs.sendMessage(m -> m.queueUrl(url).messageBody("hello"));

                assertThat(url).startsWith(container.getEndpoint().toString());
                assertThat(sqs.receiveMessage(r -> r.queueUrl(url)).messages()).hasSize(1);
            }
        }
    }

    /** The class of Testcontainers 1, still there; it looks at the tag, and tells the container a host without a port. */
    @Test
    @SuppressWarnings("deprecation")
    void localStacksOlderClassStartsIt() {
        assumeTrue(IMAGE.matches(".*:[0-9]+\\.[0-9]+\\.[0-9]+"), "the class wants a tag that is a version");
        DockerImageName image = DockerImageName.parse(IMAGE).asCompatibleSubstituteFor("localstack/localstack");
        try (var container = new org.testcontainers.containers.localstack.LocalStackContainer(image)) {
            container.start();
            try (SqsClient sqs = sqs(
                    container.getEndpoint(),
                    container.getRegion(),
                    container.getAccessKey(),
                    container.getSecretKey())) {
                assertThat(sqs.createQueue(q -> q.queueName("orders")).queueUrl())
                        .isEqualTo(container.getEndpoint() + "/000000000000/orders");
            }
        }
    }
}
