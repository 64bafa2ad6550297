package io.pileus.junit5;

import io.pileus.core.identity.AccountId;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Gives a test class the emulator: by {@link PileusTest}, or registered by hand:
 *
 * <pre>
 *   &#64;RegisterExtension
 *   static PileusExtension pileus = PileusExtension.builder().clock(ClockMode.MANUAL).build();
 * </pre>
 *
 * <p>A server lives until the end of the test run, one whose clock is moved by hand until the end of its class. When a
 * test fails, the requests it made are published in the test report and printed to standard error.
 */
public final class PileusExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(PileusExtension.class);

    private final @Nullable Plan plan;

    /** What {@link PileusTest} says counts. */
    public PileusExtension() {
        plan = null;
    }

    private PileusExtension(Plan plan) {
        this.plan = plan;
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Session session = session(context);
        if (session.reset() == Reset.BEFORE_ALL) {
            session.client().reset();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Session session = session(context);
        if (session.reset() == Reset.BEFORE_EACH) {
            session.client().reset();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (context.getExecutionException().isEmpty()) {
            return;
        }
        PileusClient client = session(context).client();
        String requests = client.requestsText();
        if (!requests.isEmpty()) {
            context.publishReportEntry("pileus requests", requests);
            System.err.println(context.getDisplayName() + " failed; its requests (account " + client.account() + "):\n"
                    + requests);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == PileusClient.class || ClientType.isClient(type);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        PileusClient client = session(context).client();
        Class<?> type = parameter.getParameter().getType();
        return type == PileusClient.class ? client : client.client(type);
    }

    /** The session of the test class that the context belongs to; nested classes are in the session of their outer one. */
    private Session session(ExtensionContext context) {
        Home home = home(context);
        return home.context()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Session.class, missing -> begin(home), Session.class);
    }

    private static Session begin(Home home) {
        Configuration configuration = home.plan().configuration();
        ExtensionContext root = home.context().getRoot();
        ExtensionContext owner = switch (configuration.clock()) {
            case REAL -> root;
            case MANUAL -> home.context();
        };
        Server server =
                owner.getStore(NAMESPACE).getOrComputeIfAbsent(configuration, Configuration::start, Server.class);
        Accounts accounts = root.getStore(NAMESPACE)
                .getOrComputeIfAbsent(Accounts.class, missing -> new Accounts(), Accounts.class);
        AccountId account = accounts.next(home.context().getRequiredTestClass());
        return new Session(
                new PileusClient(server, account, configuration), home.plan().reset());
    }

    /** The outermost class that says something of the emulator. */
    private Home home(ExtensionContext context) {
        ExtensionContext outermost = context;
        ExtensionContext annotated = null;
        PileusTest annotation = null;
        for (Optional<ExtensionContext> next = Optional.of(context); next.isPresent(); ) {
            ExtensionContext candidate = next.get();
            if (candidate.getElement().orElse(null) instanceof Class<?> type) {
                outermost = candidate;
                Optional<PileusTest> found = AnnotationSupport.findAnnotation(type, PileusTest.class);
                if (found.isPresent()) {
                    annotated = candidate;
                    annotation = found.get();
                }
            }
            next = candidate.getParent();
        }
        if (plan != null) {
            return new Home(outermost, plan);
        }
        return annotated == null || annotation == null
                ? new Home(outermost, new Builder().plan())
                : new Home(annotated, new Plan(Configuration.of(annotation), annotation.reset()));
    }

    private record Plan(Configuration configuration, Reset reset) {}

    private record Home(ExtensionContext context, Plan plan) {}

    /** A test class's time with the emulator; the store closes it after the class. */
    private record Session(PileusClient client, Reset reset) implements AutoCloseable {
        @Override
        public void close() throws Exception {
            client.closeClients();
        }
    }

    /** Gives each class an account of its own, the same in each run unless two classes' hashes meet. */
    private static final class Accounts {
        private static final long FIRST = 100_000_000_000L;

        private final Set<Long> taken = ConcurrentHashMap.newKeySet();

        AccountId next(Class<?> type) {
            long number = FIRST + Integer.toUnsignedLong(type.getName().hashCode());
            while (!taken.add(number)) {
                number++;
            }
            return new AccountId(Long.toString(number));
        }
    }

    /** Collects what the server is to be; the defaults are those of {@link PileusTest}. */
    public static final class Builder {
        private final Set<String> services = new LinkedHashSet<>();
        private final Map<String, String> settings = new LinkedHashMap<>();
        private ClockMode clock = ClockMode.REAL;
        private Reset reset = Reset.BEFORE_EACH;
        private String region = "us-east-1";
        private boolean failOnNotEmulated = true;

        private Builder() {}

        /** The services to enable, by AWS's short names such as {@code sqs}; all when none is given. */
        public Builder services(String... names) {
            services.addAll(List.of(names));
            return this;
        }

        public Builder clock(ClockMode value) {
            clock = value;
            return this;
        }

        public Builder reset(Reset value) {
            reset = value;
            return this;
        }

        /** The region of the clients. */
        public Builder region(String value) {
            region = value;
            return this;
        }

        /** Whether a request for something that is not emulated fails rather than being logged and carried on. */
        public Builder failOnNotEmulated(boolean value) {
            failOnNotEmulated = value;
            return this;
        }

        /** Adds a setting of the server, by the name of its environment variable. */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        public PileusExtension build() {
            return new PileusExtension(plan());
        }

        private Plan plan() {
            return new Plan(new Configuration(services, clock, region, failOnNotEmulated, settings), reset);
        }
    }
}
