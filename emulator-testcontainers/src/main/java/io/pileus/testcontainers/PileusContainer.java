package io.pileus.testcontainers;

import io.pileus.client.RemotePileus;
import java.net.URI;
import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * Pileus in a container:
 *
 * <pre>
 *   &#64;Container
 *   static PileusContainer pileus = new PileusContainer("pileus").withServices("sqs", "sns").withClock("manual");
 *
 *   SqsClient sqs = SqsClient.builder()
 *           .endpointOverride(pileus.getEndpoint())
 *           .region(Region.of(pileus.getRegion()))
 *           .credentialsProvider(StaticCredentialsProvider.create(
 *                   AwsBasicCredentials.create(pileus.getAccessKey(), pileus.getSecretKey())))
 *           .build();
 *   pileus.control().advance(Duration.ofMinutes(15));
 * </pre>
 *
 * <p>It is started when the init scripts have run, and needs no Docker socket inside.
 */
public class PileusContainer extends GenericContainer<PileusContainer> {
    /** The port inside the container. */
    public static final int PORT = 4566;

    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final String READY_SCRIPTS = "/etc/localstack/init/ready.d/";
    private static final int EXECUTABLE = 0755;

    private String region = "us-east-1";
    private String account = "test";

    /** @param image the image's name, such as {@code pileus} or {@code registry.example.com/pileus:1} */
    public PileusContainer(String image) {
        this(DockerImageName.parse(image));
    }

    public PileusContainer(DockerImageName image) {
        super(image);
        withExposedPorts(PORT);
        waitingFor(Wait.forLogMessage(".*Ready\\.\\n", 1).withStartupTimeout(START_MAX));
    }

    /** Enables only these services, such as {@code sqs}. */
    public PileusContainer withServices(String... services) {
        return withEnv("SERVICES", String.join(",", services));
    }

    /** How time goes: {@code real}, {@code manual}, {@code manual:2026-01-01T00:00:00Z} or {@code scaled:60}. */
    public PileusContainer withClock(String clock) {
        return withEnv("PILEUS_CLOCK", clock);
    }

    /** Refuses what is not emulated rather than log it. */
    public PileusContainer withStrictMode() {
        return withEnv("PILEUS_STRICT", "1");
    }

    /** The region that clients are told. */
    public PileusContainer withRegion(String value) {
        region = value;
        return withEnv("DEFAULT_REGION", value);
    }

    /** The account whose credentials clients are told: 12 digits. */
    public PileusContainer withAccount(String id) {
        account = id;
        return this;
    }

    /** Runs a script before the container counts as started; scripts run in the order of their names. */
    public PileusContainer withInitScript(MountableFile script, String name) {
        return withCopyFileToContainer(
                MountableFile.forHostPath(script.getFilesystemPath(), EXECUTABLE), READY_SCRIPTS + name);
    }

    /** Where clients reach it. */
    public URI getEndpoint() {
        return URI.create("http://" + getHost() + ":" + getMappedPort(PORT));
    }

    public String getRegion() {
        return region;
    }

    /** It selects the account. */
    public String getAccessKey() {
        return account;
    }

    public String getSecretKey() {
        return "test";
    }

    /** Its clock, faults, state and requests. */
    public RemotePileus control() {
        return RemotePileus.at(getEndpoint());
    }
}
