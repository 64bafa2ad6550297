package io.pileus.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.identity.SeededIds;
import io.pileus.core.port.Ports;
import io.pileus.core.port.ServerAddress;
import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.EmulatedServiceProvider;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.service.Settings;
import io.pileus.core.time.Activity;
import io.pileus.core.time.EmulatedTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** docs/coverage.md is the operation tables of the services, written down; this keeps it so. */
class CoverageTest {
    private static final Path PAGE = Path.of("..", "docs", "coverage.md");
    private static final String REWRITE = "mvn -o -q -pl emulator-server -am test -Dtest=CoverageTest"
            + " -Dpileus.coverage.write=true -Dsurefire.failIfNoSpecifiedTests=false";

    @Test
    void theCoveragePageListsWhatTheOperationTablesSay() throws IOException {
        String page = page(apis());

        if (Boolean.getBoolean("pileus.coverage.write")) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE))
                .as("docs/coverage.md is not what the services implement now. Rewrite it and commit it:%n  %s", REWRITE)
                .isEqualTo(page);
    }

    /** The operation tables of all services. */
    private static List<ServiceApi> apis() {
        Activity activity = new Activity();
        EmulatedTime time = EmulatedTime.manual(Instant.EPOCH, activity);
        Ports ports = new Ports();
        ports.provide(Activity.class, activity);
        ports.provide(ServerAddress.class, () -> "http://localhost:4566");
        ServiceEnvironment environment =
                new ServiceEnvironment(time, time, new SeededIds(1), Runnable::run, ports, Settings.DEFAULTS);
        List<ServiceApi> apis = new ArrayList<>();
        for (EmulatedServiceProvider provider : ServiceModules.all()) {
            try (EmulatedService service = provider.create(environment)) {
                apis.addAll(service.apis());
            }
        }
        time.close();
        apis.sort(Comparator.comparing(api -> api.model().sdkId()));
        return apis;
    }

    private static String page(List<ServiceApi> apis) {
        StringBuilder page = new StringBuilder("""
                # Coverage

                Every operation of every service that is in the server, from the operation tables; do not edit this page. A test of
                `emulator-server` compares it with them in every build, and writes it anew with

                ```sh
                %s
                ```

                An operation that is not implemented answers HTTP 501. What an implemented one does and does not do is on the
                service's page under [services](services).

                | service | API version | operations | implemented |
                |---|---|---|---|
                """.formatted(REWRITE));
        for (ServiceApi api : apis) {
            page.append("| [%s](#%s) | %s | %d | %d |\n"
                    .formatted(
                            api.model().sdkId(),
                            anchor(api),
                            api.model().version(),
                            api.operations().size(),
                            implemented(api)));
        }
        apis.forEach(api -> page.append(section(api)));
        return page.toString();
    }

    private static String section(ServiceApi api) {
        StringBuilder section = new StringBuilder("\n## %s\n\n%d of %d operations are implemented.\n\n"
                .formatted(
                        api.model().sdkId(), implemented(api), api.operations().size()));
        section.append("| operation | |\n|---|---|\n");
        api.operations().stream()
                .sorted(Comparator.comparing(Operation::name))
                .forEach(operation -> section.append("| %s | %s |\n"
                        .formatted(
                                operation.name(), api.implemented(operation) ? "implemented" : "**not implemented**")));
        return section.toString();
    }

    private static long implemented(ServiceApi api) {
        return api.operations().stream().filter(api::implemented).count();
    }

    private static String anchor(ServiceApi api) {
        return api.model().sdkId().toLowerCase(Locale.ROOT).replace(' ', '-');
    }
}
