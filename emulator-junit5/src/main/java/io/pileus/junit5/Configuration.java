package io.pileus.junit5;

import io.pileus.server.ClockSetting;
import io.pileus.server.Pileus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a test class asks of its server. Equal ones share a server, unless the clock is moved by hand.
 *
 * @param services the services to enable; all when empty
 */
record Configuration(
        Set<String> services, ClockMode clock, String region, boolean failOnNotEmulated, Map<String, String> settings) {

    Configuration {
        services = Set.copyOf(services);
        settings = Map.copyOf(settings);
    }

    static Configuration of(PileusTest test) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String setting : test.settings()) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("a setting is NAME=value, not '" + setting + "'");
            }
            settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return new Configuration(
                Set.copyOf(List.of(test.services())), test.clock(), test.region(), test.failOnNotEmulated(), settings);
    }

    /** Starts the server on a free port of 127.0.0.1. */
    Server start() {
        try {
            Map<String, String> all = new LinkedHashMap<>(settings);
            Optional<Path> mocks = Optional.empty();
            if (!all.containsKey("SFN_MOCK_CONFIG")) {
                Path file = Files.createTempFile("pileus-mocks", ".json");
                Files.writeString(file, "{}");
                all.put("SFN_MOCK_CONFIG", file.toString());
                mocks = Optional.of(file);
            }
            return new Server(
                    Pileus.builder()
                            .host("127.0.0.1")
                            .port(0)
                            .services(services.toArray(String[]::new))
                            .clock(
                                    switch (clock) {
                                        case REAL -> ClockSetting.REAL;
                                        case MANUAL -> ClockSetting.MANUAL;
                                    })
                            .region(region)
                            .strict(failOnNotEmulated)
                            .settings(all)
                            .start(),
                    mocks);
        } catch (IOException e) {
            throw new UncheckedIOException("the emulator did not start", e);
        }
    }
}
