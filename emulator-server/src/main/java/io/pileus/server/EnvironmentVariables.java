package io.pileus.server;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables that users of LocalStack and its relatives set: honoured, mapped onto ours, or ignored with a
 * line in the log that says so. Values are never logged.
 *
 * @param settings all variables; {@code LOCALSTACK_X} also as {@code X}, and what was mapped under its new name
 * @param notes one line for each variable that is mapped or has no effect
 */
record EnvironmentVariables(Map<String, String> settings, List<String> notes) {

    /** Variables that have no effect here, each with the reason; an asterisk stands for the rest of a name. */
    private static final String[][] IGNORED = {
        {"ALLOW_NONSTANDARD_REGIONS", "every region is accepted"},
        {"SKIP_SSL_CERT_DOWNLOAD", "no certificate is ever downloaded"},
        {"STRICT_SERVICE_LOADING", "services that SERVICES leaves out are always off"},
        {"USE_SINGLE_REGION", "each region has its own state"},
        {"DISABLE_EVENTS", "nothing is ever reported to anyone"},
        {"ACTIVATE_PRO", "there is one edition"},
        {"LOCALSTACK_AUTH_TOKEN", "no account is needed"},
        {"LOCALSTACK_API_KEY", "no account is needed"},
        {"DNS_ADDRESS", "there is no DNS server"},
        {"OUTBOUND_HTTP_PROXY", "proxies are not supported"},
        {"OUTBOUND_HTTPS_PROXY", "proxies are not supported"},
        {"INCLUDE_STACK_TRACES_IN_HTTP_RESPONSE", "stack traces stay in the log"},
        {"PORT_WEB_UI", "there is no separate web UI"},
        {"START_WEB", "there is no separate web UI"},
        {"HOST_TMP_FOLDER", "nothing is shared with other containers"},
        {"MAIN_CONTAINER_NAME", "no further containers are started"},
        {"DOCKER_FLAGS", "no further containers are started"},
        {"SQS_PORT_EXTERNAL", "queue URLs carry the host and port of the request"},
        {"SQS_DISABLE_CLOUDWATCH_METRICS", "no metrics are published"},
        {"SQS_CLOUDWATCH_METRICS_REPORT_INTERVAL", "no metrics are published"},
        {"KINESIS_PROVIDER", "there is one implementation"},
        {"KINESIS_MOCK_PROVIDER_ENGINE", "there is one implementation"},
        {"KINESIS_MOCK_MAXIMUM_HEAP_SIZE", "there is no process beside this one"},
        {"KINESIS_MOCK_INITIAL_HEAP_SIZE", "there is no process beside this one"},
        {"KINESIS_PERSISTENCE", "PERSISTENCE decides for all services"},
        {"PROVIDER_OVERRIDE_SNS", "there is one implementation"},
        {"LAMBDA_REMOTE_DOCKER", "no further containers are started"},
        {"DOCKER_HOST", "no further containers are started"},
        {"DOCKER_SOCK", "no further containers are started"},
        {"ECS_DOCKER_FLAGS", "there is no ECS"},
        {"EC2_DOCKER_FLAGS", "there is no EC2"},
        {"BATCH_DOCKER_FLAGS", "there is no Batch"},
        {"KMS_PROVIDER", "there is one implementation"},
        {"KINESIS_MOCK_PERSIST_INTERVAL", "SNAPSHOT_FLUSH_INTERVAL decides for all services"},
        {"LEGACY_SNS_GCM_PUBLISHING", "messages for GCM and FCM are kept as they were published"},
        {"SNS_SES_SENDER_ADDRESS", "mails are not sent but kept, at /_pileus/sns/emails"},
        {"SNS_CERT_URL_HOST", "the signing certificate's address follows LOCALSTACK_HOST"},
        {"SQS_ENABLE_MESSAGE_RETENTION_PERIOD", "messages always expire, as in AWS"},
        {"LAMBDA_KEEPALIVE_MS", "it is not supported"},
        {"LAMBDA_RUNTIME_EXECUTOR", "see docs/services/lambda.md for how functions are run"},
        {"LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT", "it is not supported"},
        {"LAMBDA_DOCKER_NETWORK", "functions do not run in containers"},
        {"LAMBDA_DOCKER_DNS", "functions do not run in containers"},
        {"LAMBDA_DOCKER_FLAGS", "functions do not run in containers"},
        {"LAMBDA_REMOVE_CONTAINERS", "functions do not run in containers"},
        {"LAMBDA_IGNORE_ARCHITECTURE", "functions run on this machine's architecture"},
        {"LAMBDA_RUNTIME_IMAGE_MAPPING", "functions do not run in containers"},
        {"LAMBDA_SYNCHRONOUS_CREATE", "it is not supported"},
        {"LAMBDA_DISABLE_AWS_ENDPOINT_URL", "it is not supported"},
        {"LAMBDA_EVENT_SOURCE_MAPPING_*", "it is not supported; waits pass on the emulator's clock"},
        {"LAMBDA_RETRY_BASE_DELAY*", "it is not supported; retries wait on the emulator's clock"},
        {"LAMBDA_LIMITS_*", "it is not supported; the limits are AWS's"},
        {"LAMBDA_TRUNCATE_STDOUT", "it is not supported"},
        {"BUCKET_MARKER_LOCAL", "code is not read from the host's folders"},
        {"MINISTACK_ACCOUNT_ID", "the access key selects the account"},
    };

    private static final Set<String> LAMBDA_EXECUTORS = Set.of("", "process", "none");

    /** Names that mean one of ours. */
    private static final String[][] MAPPED = {
        {"HOSTNAME_EXTERNAL", "LOCALSTACK_HOST"},
        {"LOCALSTACK_HOSTNAME", "LOCALSTACK_HOST"},
        {"MINISTACK_REGION", "DEFAULT_REGION"},
        {"PERSIST_STATE", "PERSISTENCE"},
        {"EDGE_PORT", "PORT"},
        {"EDGE_BIND_HOST", "HOST"},
    };

    static EnvironmentVariables of(Map<String, String> environment) {
        Map<String, String> settings = new TreeMap<>(environment);
        List<String> notes = new ArrayList<>();
        environment.forEach((name, value) -> {
            String plain = withoutPrefix(name);
            if (plain != null) {
                settings.putIfAbsent(plain, value);
            }
        });
        for (String[] mapped : MAPPED) {
            String value = settings.get(mapped[0]);
            if (value != null && !value.isBlank()) {
                String taken = settings.putIfAbsent(mapped[1], value) == null ? "is taken as " : "is outranked by ";
                notes.add(mapped[0] + " " + taken + mapped[1]);
            }
        }
        for (String[] ignored : IGNORED) {
            settings.keySet().stream()
                    .filter(name -> isNamed(ignored[0], name))
                    .forEach(name -> notes.add(name + " has no effect: " + ignored[1]));
        }
        if (!LAMBDA_EXECUTORS.contains(
                settings.getOrDefault("LAMBDA_EXECUTOR", "").toLowerCase(Locale.ROOT))) {
            notes.add("LAMBDA_EXECUTOR is taken as process: functions run in no other way, or not at all (none)");
        }
        return new EnvironmentVariables(Map.copyOf(settings), List.copyOf(notes));
    }

    /** Whether a name is meant; one that ends in an asterisk means all that begin with it. */
    private static boolean isNamed(String meant, String name) {
        return meant.endsWith("*") ? name.startsWith(meant.substring(0, meant.length() - 1)) : name.equals(meant);
    }

    /** Whether a variable of this name is said to have no effect. */
    static boolean isIgnored(String name) {
        return Arrays.stream(IGNORED).anyMatch(ignored -> isNamed(ignored[0], name));
    }

    /** Whether a variable of this name means another one. */
    static boolean isMapped(String name) {
        return Arrays.stream(MAPPED).anyMatch(mapped -> mapped[0].equals(name));
    }

    /** {@code LOCALSTACK_X} stands for {@code X}; but for its own host names, and for what Kubernetes sets for a service. */
    private static @Nullable String withoutPrefix(String name) {
        if (!name.startsWith("LOCALSTACK_")
                || name.startsWith("LOCALSTACK_HOST")
                || name.equals("LOCALSTACK_AUTH_TOKEN")
                || name.equals("LOCALSTACK_API_KEY")) {
            return null;
        }
        String plain = name.substring("LOCALSTACK_".length());
        return plain.isEmpty() || Character.isDigit(plain.charAt(0)) ? null : plain;
    }

    /** The log level that LS_LOG or DEBUG ask for; empty when they say nothing. */
    String logLevel() {
        String level = settings.getOrDefault("LS_LOG", "").toLowerCase(Locale.ROOT);
        return switch (level) {
            case "trace", "trace-internal" -> "trace";
            case "debug", "info", "warn", "error" -> level;
            case "warning" -> "warn";
            default -> isTrue(settings.get("DEBUG")) ? "debug" : "";
        };
    }

    private static boolean isTrue(@Nullable String value) {
        return value != null && (value.equals("1") || value.equalsIgnoreCase("true"));
    }
}
