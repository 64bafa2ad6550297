package io.pileus.server;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the command line and the environment ask for; the command line wins.
 *
 * @param addresses where to listen
 * @param services empty for all
 * @param logLevel one of Logback's levels, in lower case
 */
record Options(
        boolean help,
        boolean version,
        List<InetSocketAddress> addresses,
        List<String> services,
        String region,
        String logLevel,
        boolean verifySignatures,
        boolean strict,
        ClockSetting clock,
        Map<String, String> settings,
        List<String> notes) {

    static final String HELP = """
            Usage: pileus [options]
                   pileus COMMAND [options]   asks a server that runs: clock, reset, requests, faults, state, ...;
                                              pileus help tells more

            Starts a local server that behaves like AWS, on one port.

              --port PORT           the port to listen on (4566; 0 takes a free one)
              --host HOST           the address to listen on (127.0.0.1; 0.0.0.0 for all)
              --services LIST       only these services, such as sqs,sns,kms (all)
              --region REGION       the region of requests that name none (us-east-1)
              --clock CLOCK         real, manual, manual:2026-01-01T00:00:00Z or scaled:60 (real)
              --verify-signatures   refuse requests whose signature is missing or wrong
              --strict              refuse what is not emulated instead of logging it
              --enforce-iam         deny what policies do not allow (ENFORCE_IAM=1)
              --lenient-roles       let a role that does not exist be assumed (LENIENT_ROLES=1; on unless IAM
                                    is enforced); --no-lenient-roles refuses it
              --persistence         keep state in a directory, so that it survives restarts (PERSISTENCE=1)
              --data-dir DIR        keep it in this directory (DATA_DIR; /var/lib/localstack/state in a container)
              --log-level LEVEL     trace, debug, info, warn or error (info)
              --version             print the version
              --help                print this

            Environment variables as LocalStack's are understood too, such as GATEWAY_LISTEN, SERVICES,
            LOCALSTACK_HOST, DEBUG and LS_LOG; options on the command line win over them.
            """;

    /** @throws IllegalArgumentException with words for the user */
    static Options parse(String[] arguments, Map<String, String> environment) {
        EnvironmentVariables variables = EnvironmentVariables.of(environment);
        Collected given = Collected.from(arguments);
        Map<String, String> settings = new HashMap<>(variables.settings());
        settings.putAll(given.settings);
        String level = given.logLevel != null
                ? given.logLevel
                : variables.logLevel().isEmpty() ? "info" : variables.logLevel();
        if (!List.of("trace", "debug", "info", "warn", "error").contains(level)) {
            throw new IllegalArgumentException("a log level is trace, debug, info, warn or error, not '" + level + "'");
        }
        return new Options(
                given.help,
                given.version,
                addresses(given, settings),
                list(given.services != null ? given.services : settings.getOrDefault("SERVICES", "")),
                given.region != null ? given.region : notBlank(settings.get("DEFAULT_REGION"), "us-east-1"),
                level,
                given.verifySignatures || isTrue(settings.get("PILEUS_VERIFY_SIGNATURES")),
                given.strict || isTrue(settings.get("PILEUS_STRICT")),
                ClockSetting.parse(given.clock != null ? given.clock : notBlank(settings.get("PILEUS_CLOCK"), "real")),
                settings,
                variables.notes());
    }

    private static String notBlank(@Nullable String value, String otherwise) {
        return value == null || value.isBlank() ? otherwise : value.trim();
    }

    private static boolean isTrue(@Nullable String value) {
        return value != null && (value.equals("1") || value.equalsIgnoreCase("true"));
    }

    private static List<String> list(String text) {
        List<String> items = new ArrayList<>();
        for (String item : text.split(",")) {
            if (!item.isBlank()) {
                items.add(item.trim());
            }
        }
        return items;
    }

    /** GATEWAY_LISTEN names one or more addresses, {@code host:port} or {@code :port}; port and host alone come after it. */
    private static List<InetSocketAddress> addresses(Collected given, Map<String, String> settings) {
        String listen = settings.getOrDefault("GATEWAY_LISTEN", "");
        if (!listen.isBlank() && given.port == null && given.host == null) {
            return list(listen).stream().map(Options::address).toList();
        }
        String host = given.host != null ? given.host : notBlank(settings.get("HOST"), "127.0.0.1");
        String port = given.port != null ? given.port : notBlank(settings.get("PORT"), "");
        return List.of(new InetSocketAddress(host, port.isEmpty() ? Pileus.DEFAULT_PORT : port(port)));
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            boolean onlyPort = text.chars().allMatch(Character::isDigit);
            return onlyPort
                    ? new InetSocketAddress("127.0.0.1", port(text))
                    : new InetSocketAddress(text, Pileus.DEFAULT_PORT);
        }
        String host = text.substring(0, colon);
        return new InetSocketAddress(host.isEmpty() ? "0.0.0.0" : host, port(text.substring(colon + 1)));
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text.trim());
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // falls through
        }
        throw new IllegalArgumentException("a port is a number from 0 to 65535, not '" + text + "'");
    }

    /** What the command line says. */
    private static final class Collected {
        private boolean help;
        private boolean version;
        private boolean verifySignatures;
        private boolean strict;
        private final Map<String, String> settings = new HashMap<>();
        private @Nullable String port;
        private @Nullable String host;
        private @Nullable String services;
        private @Nullable String region;
        private @Nullable String logLevel;
        private @Nullable String clock;

        static Collected from(String[] arguments) {
            Collected given = new Collected();
            for (int i = 0; i < arguments.length; i++) {
                String argument = arguments[i];
                int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
                String name = equals < 0 ? argument : argument.substring(0, equals);
                if (given.flag(name) && equals < 0) {
                    continue;
                }
                String value;
                if (equals >= 0) {
                    value = argument.substring(equals + 1);
                } else if (++i < arguments.length) {
                    value = arguments[i];
                } else {
                    value = null;
                }
                given.take(name, value);
            }
            return given;
        }

        private boolean flag(String name) {
            switch (name) {
                case "--help", "-h" -> help = true;
                case "--version" -> version = true;
                case "--verify-signatures" -> verifySignatures = true;
                case "--strict" -> strict = true;
                case "--persistence" -> settings.put("PERSISTENCE", "1");
                case "--enforce-iam" -> settings.put("ENFORCE_IAM", "1");
                case "--lenient-roles" -> settings.put("LENIENT_ROLES", "1");
                case "--no-lenient-roles" -> settings.put("LENIENT_ROLES", "0");
                default -> {
                    return false;
                }
            }
            return true;
        }

        private void take(String name, @Nullable String value) {
            switch (name) {
                case "--port" -> port = required(name, value);
                case "--host" -> host = required(name, value);
                case "--data-dir" -> {
                    settings.put("DATA_DIR", required(name, value));
                    settings.putIfAbsent("PERSISTENCE", "1");
                }
                case "--services" -> services = required(name, value);
                case "--region" -> region = required(name, value);
                case "--log-level" -> logLevel = required(name, value);
                case "--clock" -> clock = required(name, value);
                default -> throw new IllegalArgumentException("unknown option '" + name + "'; see --help");
            }
        }

        private static String required(String name, @Nullable String value) {
            if (value == null || value.isBlank()) {
                throw new IllegalArgumentException(name + " needs a value; see --help");
            }
            return value;
        }
    }
}
