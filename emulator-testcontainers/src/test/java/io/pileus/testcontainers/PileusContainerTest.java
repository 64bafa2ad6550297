package io.pileus.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;

import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.pileus.server.ClockSetting;
import io.pileus.server.Pileus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactories;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetailsFactory;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.testcontainers.utility.MountableFile;

/** The container as far as it can be looked at without Docker; a server in this process answers in its place. */
class PileusContainerTest {

    @Test
    @SuppressWarnings("deprecation") // the only way to see what will be copied
    void whatIsAskedForIsInItsEnvironment(@TempDir Path folder) throws IOException {
        Path script = Files.writeString(folder.resolve("seed.sh"), "#!/bin/sh\n");
        try (PileusContainer container = new PileusContainer("pileus:1")
                .withServices("sqs", "sns")
                .withClock("manual")
                .withStrictMode()
                .withRegion("eu-west-1")
                .withAccount("111111111111")
                .withInitScript(MountableFile.forHostPath(script), "10-seed.sh")) {

            assertThat(container.getExposedPorts()).containsExactly(4566);
            assertThat(container.getEnvMap())
                    .containsEntry("SERVICES", "sqs,sns")
                    .containsEntry("PILEUS_CLOCK", "manual")
                    .containsEntry("PILEUS_STRICT", "1")
                    .containsEntry("DEFAULT_REGION", "eu-west-1");
            assertThat(container.getRegion()).isEqualTo("eu-west-1");
            assertThat(container.getAccessKey()).isEqualTo("111111111111");
            assertThat(container.getCopyToFileContainerPathMap().values())
                    .containsExactly("/etc/localstack/init/ready.d/10-seed.sh");
        }
    }

    @Test
    void itsControlApiIsReachedThroughTheMappedPort() throws IOException {
        try (Pileus pileus = Pileus.builder()
                        .port(0)
                        .services("sqs")
                        .clock(ClockSetting.parse("manual:2026-01-01T00:00:00Z"))
                        .start();
                PileusContainer container = new InProcess(pileus)) {

            container.control().advance(Duration.ofMinutes(15));

            assertThat(container.control().clock().now()).isEqualTo(Instant.parse("2026-01-01T00:15:00Z"));
            assertThat(container.getEndpoint()).hasToString("http://127.0.0.1:" + pileus.port());
        }
    }

    @Test
    void springFindsTheWayToMakeItAConnection() {
        assertThat(SpringFactoriesLoader.forDefaultResourceLocation().load(ConnectionDetailsFactory.class))
                .extracting(factory -> factory.getClass().getName())
                .contains("io.pileus.testcontainers.spring.PileusConnectionDetailsFactory");
        assertThat(new ConnectionDetailsFactories(getClass().getClassLoader())).isNotNull();
        assertThat(AwsConnectionDetails.class).isInterface();
    }
}
