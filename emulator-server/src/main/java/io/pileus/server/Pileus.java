package io.pileus.server;

import io.pileus.core.dispatch.Conditions;
import io.pileus.core.dispatch.DispatchSettings;
import io.pileus.core.dispatch.Dispatcher;
import io.pileus.core.dispatch.HostedService;
import io.pileus.core.dispatch.OperationCalls;
import io.pileus.core.dispatch.RequestLog;
import io.pileus.core.dispatch.ServiceDirectory;
import io.pileus.core.http.netty.NettyServer;
import io.pileus.core.http.netty.ServerConfig;
import io.pileus.core.http.netty.TlsSettings;
import io.pileus.core.identity.Ids;
import io.pileus.core.identity.Region;
import io.pileus.core.identity.SecureIds;
import io.pileus.core.identity.SeededIds;
import io.pileus.core.port.OperationCaller;
import io.pileus.core.port.Ports;
import io.pileus.core.port.ServerAddress;
import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.EmulatedServiceProvider;
import io.pileus.core.service.HttpRoute;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.service.Settings;
import io.pileus.core.shape.Blob;
import io.pileus.core.time.Activity;
import io.pileus.core.time.EmulatedTime;
import io.pileus.lambda.LambdaService;
import io.pileus.server.control.ControlEndpoints;
import io.pileus.server.control.Emulator;
import io.pileus.server.hooks.InitHooks;
import io.pileus.server.hooks.InitStage;
import io.pileus.server.state.Persistence;
import io.pileus.server.state.Snapshots;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The emulator: one server on one port with all services in it. Any number of them can run in one JVM.
 *
 * <pre>
 *   try (Pileus pileus = Pileus.builder().port(0).clock(ClockSetting.MANUAL).start()) {
 *       SqsClient sqs = SqsClient.builder().endpointOverride(pileus.endpoint())...
 *       pileus.time().advance(Duration.ofSeconds(30));
 *   }
 * </pre>
 */
public final class Pileus implements AutoCloseable {
    /** The port that users of local AWS emulators know. */
    public static final int DEFAULT_PORT = 4566;

    private static final Logger log = LoggerFactory.getLogger(Pileus.class);

    /** How many requests the log remembers. */
    private static final int REQUESTS_REMEMBERED = 2_000;

    private final Settings settings;
    private final EmulatedTime time;
    private final Conditions conditions;
    private final Workers workers;
    private final Assembly assembly;
    private final ServiceDirectory directory;
    private final RequestLog requests = new RequestLog(REQUESTS_REMEMBERED);
    private final List<HttpRoute> controlRoutes;
    private final NettyServer server;
    private final InitHooks hooks;
    private final Region region;
    private final Optional<Persistence> persistence;
    private final Snapshots snapshots;

    /** Grows with every change that no request makes. */
    private final AtomicLong changes = new AtomicLong();

    private Runnable onKill = this::close;
    private boolean closed;

    private Pileus(Builder builder, Settings settings, Optional<Persistence> persistence) throws IOException {
        Thread.ofPlatform().name("pileus-prepare").daemon().start(NettyServer::prepare);
        this.settings = settings;
        this.persistence = persistence;
        region = builder.region;
        hooks = builder.initDirectory.map(InitHooks::below).orElseGet(InitHooks::none);
        hooks.run(InitStage.BOOT, Map.of());
        Activity activity = new Activity();
        time = persistence
                .flatMap(Persistence::clock)
                .filter(saved -> builder.clock.equals(ClockSetting.REAL))
                .map(saved -> saved.begin(activity))
                .orElseGet(() -> builder.clock.begin(activity));
        workers = new Workers();
        Ids ids = builder.seed.isPresent() ? new SeededIds(builder.seed.getAsLong()) : new SecureIds();
        conditions = new Conditions(builder.strict, ids);
        Ports ports = new Ports();
        ServiceEnvironment environment =
                new ServiceEnvironment(time, time, ids, activity.counting(workers), ports, settings);
        ports.provide(Activity.class, activity);
        ports.provide(ServerAddress.class, this::endpointText);
        assembly = Assembly.of(builder.modules, builder.services, environment);
        directory = assembly.directory();
        ports.provide(
                OperationCaller.class, new OperationCalls(directory, environment, this::endpointText, conditions));

        snapshots = new Snapshots(assembly.named(), time, Version.PILEUS);
        controlRoutes = new ControlEndpoints(new Controls(), settings, ids).routes();
        Dispatcher dispatcher = new Dispatcher(
                directory,
                routes(),
                environment,
                requests,
                conditions,
                new DispatchSettings(settings, builder.region, builder.verifySignatures, assembly::isDisabled));
        server = new NettyServer(builder.serverConfig(settings), time, dispatcher);
        assembly.services().forEach(EmulatedService::start);
        persistence.ifPresent(state -> state.begin(
                assembly.named(), time, () -> requests.count() + time.tasksRun() + activity.ended() + changes.get()));
        server.start();
        hooks.run(InitStage.START, hookVariables());
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The server's own endpoints. */
    List<HttpRoute> controlRoutes() {
        return controlRoutes;
    }

    /** All endpoints beside the AWS API, the services' included. */
    List<HttpRoute> routes() {
        List<HttpRoute> routes = new ArrayList<>(controlRoutes);
        assembly.services().forEach(service -> routes.addAll(service.routes()));
        return routes;
    }

    /** Where clients on this machine reach it, such as {@code http://localhost:4566}. */
    public URI endpoint() {
        return URI.create("http://localhost:" + port());
    }

    public int port() {
        return server.port();
    }

    /** All addresses that it listens on. */
    public List<InetSocketAddress> addresses() {
        return server.addresses();
    }

    /** LOCALSTACK_HOST counts here, because no request tells how the client reached us. */
    private String endpointText() {
        String scheme = settings.flag("USE_SSL", false) ? "https" : "http";
        String host = settings.get("LOCALSTACK_HOST", "localhost");
        return scheme + "://" + (host.contains(":") ? host : host + ":" + port());
    }

    /** The clock: read it, advance it, freeze it, scale it. */
    public EmulatedTime time() {
        return time;
    }

    /** The last requests. */
    public RequestLog requests() {
        return requests;
    }

    /** Strict mode and faults. */
    public Conditions conditions() {
        return conditions;
    }

    /** The names of the services that are enabled. */
    public Set<String> services() {
        return assembly.enabled();
    }

    /** Event loops that were blocked too long; filled only when the watch was switched on. */
    public List<String> blockedLoops() {
        return server.blockedLoops();
    }

    /** Forgets all state of all services. */
    public void reset() {
        reset(ResetScope.EVERYTHING);
    }

    /** Forgets the state of all services that the scope covers. */
    public void reset(ResetScope scope) {
        assembly.services().forEach(service -> service.reset(scope));
        changes.incrementAndGet();
    }

    /**
     * Forgets one service's state that the scope covers; services of one module (Kinesis and Firehose) go together.
     *
     * @return whether there is such a service
     */
    public boolean reset(String service, ResetScope scope) {
        HostedService hosted = directory.named(service);
        if (hosted == null) {
            return false;
        }
        hosted.owner().reset(scope);
        changes.incrementAndGet();
        return true;
    }

    /** Snapshots of all state: save, load, carry elsewhere. */
    public Snapshots snapshots() {
        return snapshots;
    }

    /** Where state survives; empty when it does not (PERSISTENCE is not set). */
    public Optional<Persistence> persistence() {
        return persistence;
    }

    /**
     * Runs a Lambda function's code in this JVM, whichever account has a function of this name.
     *
     * @param code takes the event and gives the result, both JSON; an exception is the function's error
     * @throws IllegalStateException when Lambda is not enabled
     */
    public void registerFunction(String name, UnaryOperator<byte[]> code) {
        assembly.services().stream()
                .filter(LambdaService.class::isInstance)
                .map(LambdaService.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Lambda is not enabled"))
                .register(name, event -> Blob.of(code.apply(event.bytes())));
    }

    /** Runs the READY scripts of the init directory, if there is one; the server answers them. */
    public void runReadyHooks() {
        hooks.run(InitStage.READY, hookVariables());
    }

    /** With these, an AWS client in a script finds the emulator without a word. */
    private Map<String, String> hookVariables() {
        return Map.of(
                "AWS_ENDPOINT_URL",
                endpoint().toString(),
                "AWS_ACCESS_KEY_ID",
                "test",
                "AWS_SECRET_ACCESS_KEY",
                "test",
                "AWS_DEFAULT_REGION",
                region.id());
    }

    /** What to do when a client asks for the server's end; to close it, unless told otherwise. */
    void onKill(Runnable action) {
        onKill = action;
    }

    /** Runs the SHUTDOWN scripts, finishes what is in flight and ends; does nothing the second time. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        hooks.end();
        hooks.run(InitStage.SHUTDOWN, hookVariables());
        server.close();
        persistence.ifPresent(Persistence::close);
        snapshots.close();
        for (EmulatedService service : assembly.services()) {
            try {
                service.close();
            } catch (RuntimeException e) {
                log.warn("a service did not end well", e);
            }
        }
        time.close();
        workers.close();
    }

    /** What the control endpoints may do. */
    private final class Controls implements Emulator {
        @Override
        public EmulatedTime time() {
            return time;
        }

        @Override
        public RequestLog requests() {
            return requests;
        }

        @Override
        public Conditions conditions() {
            return conditions;
        }

        @Override
        public List<HostedService> hosted() {
            return directory.all();
        }

        @Override
        public String endpoint() {
            return endpointText();
        }

        @Override
        public InitHooks hooks() {
            return hooks;
        }

        @Override
        public Map<String, State> services() {
            Map<String, State> states = new LinkedHashMap<>();
            assembly.installed().stream().sorted().forEach(name -> {
                HostedService service = assembly.enabled().contains(name) ? directory.named(name) : null;
                states.put(
                        name,
                        service == null
                                ? State.DISABLED
                                : service.used() || settings.flag("EAGER_SERVICE_LOADING", false)
                                        ? State.RUNNING
                                        : State.AVAILABLE);
            });
            return states;
        }

        @Override
        public boolean reset(Optional<String> service, ResetScope scope) {
            if (service.isPresent()) {
                return Pileus.this.reset(service.get(), scope);
            }
            Pileus.this.reset(scope);
            return true;
        }

        @Override
        public Snapshots snapshots() {
            return snapshots;
        }

        @Override
        public Optional<Persistence> persistence() {
            return persistence;
        }

        @Override
        public void stateChanged() {
            changes.incrementAndGet();
        }

        @Override
        public void execute(Runnable task) {
            workers.execute(task);
        }

        @Override
        public void kill() {
            Thread end = new Thread(onKill, "pileus-end");
            end.start();
        }
    }

    /** Collects what a server is to be; everything has a default. */
    public static final class Builder {
        private final List<InetSocketAddress> addresses = new ArrayList<>();
        private final Map<String, String> settings = new LinkedHashMap<>();
        private final List<EmulatedServiceProvider> modules = new ArrayList<>(ServiceModules.all());
        private final Set<String> services = new LinkedHashSet<>();
        private Region region = Region.US_EAST_1;
        private ClockSetting clock = ClockSetting.REAL;
        private OptionalLong seed = OptionalLong.empty();
        private boolean strict;
        private boolean verifySignatures;
        private String host = "127.0.0.1";
        private int port = DEFAULT_PORT;
        private boolean watched;
        private Optional<Path> initDirectory = Optional.empty();

        private Builder() {}

        /** The port; 0 takes a free one. */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /** The address to listen on: 127.0.0.1 unless told otherwise. */
        public Builder host(String value) {
            host = value;
            return this;
        }

        /** Adds an address; host and port do not count then. */
        public Builder listen(String listenHost, int listenPort) {
            addresses.add(new InetSocketAddress(listenHost, listenPort));
            return this;
        }

        /** One module more, for tests. */
        Builder module(EmulatedServiceProvider provider) {
            modules.add(provider);
            return this;
        }

        /** The services to enable, by the names that {@link Pileus#services} lists; all when none is given. */
        public Builder services(String... names) {
            services.addAll(List.of(names));
            return this;
        }

        /** The region of requests that name none. */
        public Builder region(String value) {
            region = new Region(value);
            return this;
        }

        public Builder clock(ClockSetting value) {
            clock = value;
            return this;
        }

        /** Makes ids the same in each run. */
        public Builder seed(long value) {
            seed = OptionalLong.of(value);
            return this;
        }

        /** Adds a setting, by the name of its environment variable. */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        public Builder settings(Map<String, String> values) {
            settings.putAll(values);
            return this;
        }

        /** Refuses what is not emulated instead of logging it. */
        public Builder strict(boolean value) {
            strict = value;
            return this;
        }

        /** Refuses requests whose signature is wrong or missing. */
        public Builder verifySignatures(boolean value) {
            verifySignatures = value;
            return this;
        }

        /**
         * Where init scripts are: {@code boot.d}, {@code start.d}, {@code ready.d} and {@code shutdown.d} below it. None are
         * run unless it is told; those of {@code ready.d} only by {@link Pileus#runReadyHooks}.
         */
        public Builder initDirectory(Path value) {
            initDirectory = Optional.of(value);
            return this;
        }

        /** Watches that no event loop is ever blocked; for tests. */
        public Builder watched() {
            watched = true;
            return this;
        }

        private ServerConfig serverConfig(Settings all) {
            ServerConfig.Builder config = ServerConfig.builder();
            List<InetSocketAddress> where =
                    addresses.isEmpty() ? List.of(new InetSocketAddress(host, port)) : addresses;
            where.forEach(address -> config.listen(address.getHostString(), address.getPort()));
            all.get("CUSTOM_SSL_CERT_PATH").ifPresent(file -> config.tls(new TlsSettings.Pem(Path.of(file))));
            if (watched) {
                config.blockedAfter(Duration.ofSeconds(1));
            }
            config.checksChunks(verifySignatures);
            return config.build();
        }

        /**
         * Keeps state in a directory, so that it survives restarts; an earlier server's is loaded. As the settings PERSISTENCE and
         * DATA_DIR.
         */
        public Builder persistence(Path directory) {
            settings.put("PERSISTENCE", "1");
            settings.put("DATA_DIR", directory.toString());
            return this;
        }

        /**
         * Starts the server; it answers when this returns.
         *
         * @throws IOException with words for the user when a port or the directory of its state cannot be used
         */
        public Pileus start() throws IOException {
            Settings all = new Settings(settings);
            Optional<Persistence> persistence = all.flag("PERSISTENCE", false)
                    ? Optional.of(Persistence.open(all, Version.PILEUS))
                    : Optional.empty();
            try {
                return new Pileus(this, all, persistence);
            } catch (IOException | RuntimeException e) {
                persistence.ifPresent(Persistence::close);
                throw e;
            }
        }
    }
}
