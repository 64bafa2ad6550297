package io.pileus.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    /** Variables that have no effect here, each with the reason. */
    private static final String[][] IGNORED = {
        {"PERSISTENCE", "state is in memory"},
        {"PERSIST_STATE", "state is in memory"},
        {"DATA_DIR", "state is in memory"},
        {"SNAPSHOT_SAVE_STRATEGY", "state is in memory"},
        {"SNAPSHOT_LOAD_STRATEGY", "state is in memory"},
        {"SNAPSHOT_FLUSH_INTERVAL", "state is in memory"},
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
        {"LOCALSTACK_VOLUME_DIR", "state is in memory"},
        {"SQS_PORT_EXTERNAL", "queue URLs carry the host and port of the request"},
        {"SQS_DISABLE_CLOUDWATCH_METRICS", "no metrics are published"},
        {"SQS_CLOUDWATCH_METRICS_REPORT_INTERVAL", "no metrics are published"},
        {"KINESIS_PROVIDER", "there is one implementation"},
        {"KINESIS_MOCK_PROVIDER_ENGINE", "there is one implementation"},
        {"KINESIS_MOCK_MAXIMUM_HEAP_SIZE", "there is no process beside this one"},
        {"KINESIS_MOCK_INITIAL_HEAP_SIZE", "there is no process beside this one"},
        {"KINESIS_PERSISTENCE", "state is in memory"},
        {"PROVIDER_OVERRIDE_SNS", "there is one implementation"},
        {"LAMBDA_REMOTE_DOCKER", "no further containers are started"},
        {"ENABLE_CONFIG_UPDATES", "settings are read at the start only"},
    };

    /** Names that mean one of ours. */
    private static final String[][] MAPPED = {
        {"HOSTNAME_EXTERNAL", "LOCALSTACK_HOST"},
        {"LOCALSTACK_HOSTNAME", "LOCALSTACK_HOST"},
        {"MINISTACK_REGION", "DEFAULT_REGION"},
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
            if (settings.containsKey(ignored[0])) {
                notes.add(ignored[0] + " has no effect: " + ignored[1]);
            }
        }
        return new EnvironmentVariables(Map.copyOf(settings), List.copyOf(notes));
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
