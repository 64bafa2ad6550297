package io.pileus.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The variables that set-ups made for other emulators carry: none may be swallowed in silence. */
class EnvironmentVariablesTest {
    private static final List<String> KNOWN = List.of("""
            SERVICES EAGER_SERVICE_LOADING STRICT_SERVICE_LOADING DEBUG LS_LOG PERSISTENCE SNAPSHOT_SAVE_STRATEGY
            SNAPSHOT_LOAD_STRATEGY SNAPSHOT_FLUSH_INTERVAL LOCALSTACK_HOST GATEWAY_LISTEN USE_SSL CUSTOM_SSL_CERT_PATH
            SKIP_SSL_CERT_DOWNLOAD ALLOW_NONSTANDARD_REGIONS PARITY_AWS_ACCESS_KEY_ID DISABLE_CORS_CHECKS
            DISABLE_CORS_HEADERS EXTRA_CORS_ALLOWED_ORIGINS EXTRA_CORS_ALLOWED_HEADERS EXTRA_CORS_EXPOSE_HEADERS
            ENABLE_CONFIG_UPDATES OUTBOUND_HTTP_PROXY OUTBOUND_HTTPS_PROXY MAIN_CONTAINER_NAME DOCKER_FLAGS DOCKER_SOCK
            DOCKER_HOST LOCALSTACK_VOLUME_DIR DISABLE_EVENTS LOCALSTACK_AUTH_TOKEN LOCALSTACK_API_KEY ACTIVATE_PRO
            INCLUDE_STACK_TRACES_IN_HTTP_RESPONSE DNS_ADDRESS EDGE_PORT EDGE_BIND_HOST HOSTNAME_EXTERNAL
            LOCALSTACK_HOSTNAME DEFAULT_REGION DATA_DIR HOST_TMP_FOLDER PORT_WEB_UI START_WEB USE_SINGLE_REGION
            SQS_PORT_EXTERNAL KINESIS_PROVIDER LAMBDA_EXECUTOR LAMBDA_REMOTE_DOCKER SQS_ENDPOINT_STRATEGY
            SQS_DELAY_PURGE_RETRY SQS_DELAY_RECENTLY_DELETED SQS_ENABLE_MESSAGE_RETENTION_PERIOD
            SQS_DISABLE_MAX_NUMBER_OF_MESSAGE_LIMIT SQS_DISABLE_CLOUDWATCH_METRICS
            SQS_CLOUDWATCH_METRICS_REPORT_INTERVAL KINESIS_ERROR_PROBABILITY KINESIS_SHARD_LIMIT
            KINESIS_ON_DEMAND_STREAM_COUNT_LIMIT KINESIS_LATENCY KINESIS_MOCK_PROVIDER_ENGINE
            KINESIS_MOCK_MAXIMUM_HEAP_SIZE KINESIS_MOCK_INITIAL_HEAP_SIZE KINESIS_MOCK_PERSIST_INTERVAL
            KINESIS_PERSISTENCE SNS_SES_SENDER_ADDRESS SNS_CERT_URL_HOST LEGACY_SNS_GCM_PUBLISHING
            PROVIDER_OVERRIDE_SNS SFN_MOCK_CONFIG LAMBDA_KEEPALIVE_MS LAMBDA_RUNTIME_EXECUTOR
            LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT LAMBDA_DOCKER_NETWORK LAMBDA_DOCKER_DNS LAMBDA_DOCKER_FLAGS
            LAMBDA_REMOVE_CONTAINERS LAMBDA_IGNORE_ARCHITECTURE LAMBDA_RUNTIME_IMAGE_MAPPING LAMBDA_SYNCHRONOUS_CREATE
            LAMBDA_DISABLE_AWS_ENDPOINT_URL LAMBDA_EVENT_SOURCE_MAPPING_POLL_INTERVAL_SEC
            LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_ERROR_SEC
            LAMBDA_EVENT_SOURCE_MAPPING_MAX_BACKOFF_ON_EMPTY_POLL_SEC LAMBDA_RETRY_BASE_DELAY
            LAMBDA_RETRY_BASE_DELAY_SECONDS LAMBDA_LIMITS_CONCURRENT_EXECUTIONS LAMBDA_LIMITS_CODE_SIZE_ZIPPED
            LAMBDA_TRUNCATE_STDOUT BUCKET_MARKER_LOCAL ENFORCE_IAM IAM_SOFT_MODE SFN_WAIT_SCALE PERSIST_STATE
            MINISTACK_REGION MINISTACK_ACCOUNT_ID KMS_PROVIDER KMS_SEED_FILE LOCALSTACK_RESPONSE_HEADER_ENABLED
            ECS_DOCKER_FLAGS EC2_DOCKER_FLAGS BATCH_DOCKER_FLAGS
            """.trim().split("\\s+"));

    private static String sources;

    @BeforeAll
    static void read() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(".."))) {
            sources = files.filter(file -> file.toString().contains("/src/main/java/")
                            && file.toString().endsWith(".java")
                            && !file.endsWith("EnvironmentVariables.java"))
                    .map(EnvironmentVariablesTest::text)
                    .collect(Collectors.joining());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean isRead(String name) {
        return sources.contains("\"" + name + "\"");
    }

    @Test
    void eachIsReadOrMappedOrSaidToHaveNoEffect() {
        assertThat(KNOWN)
                .filteredOn(name -> !isRead(name)
                        && !EnvironmentVariables.isMapped(name)
                        && !EnvironmentVariables.isIgnored(name)
                        && EnvironmentVariables.of(Map.of(name, "debug"))
                                .logLevel()
                                .isEmpty())
                .isEmpty();
    }

    @Test
    void noneIsSaidToHaveNoEffectThatSomeoneReads() {
        assertThat(KNOWN)
                .filteredOn(name -> EnvironmentVariables.isIgnored(name) && isRead(name))
                .isEmpty();
    }

    @Test
    void aFamilyOfNamesIsNotedByItsMembers() {
        assertThat(EnvironmentVariables.of(Map.of("LAMBDA_LIMITS_TOTAL_CODE_SIZE", "5"))
                        .notes())
                .containsExactly(
                        "LAMBDA_LIMITS_TOTAL_CODE_SIZE has no effect: it is not supported; the limits are AWS's");
    }

    @Test
    void aWayToRunFunctionsThatIsNotHereIsSaid() {
        assertThat(EnvironmentVariables.of(Map.of("LAMBDA_EXECUTOR", "docker-reuse"))
                        .notes())
                .singleElement()
                .asString()
                .startsWith("LAMBDA_EXECUTOR is taken as process");
        assertThat(EnvironmentVariables.of(Map.of("LAMBDA_EXECUTOR", "none")).notes())
                .isEmpty();
    }
}
