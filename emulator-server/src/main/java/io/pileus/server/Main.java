package io.pileus.server;

import io.pileus.server.command.Commands;
import io.pileus.server.logging.ConsoleLogging;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The program: reads options, starts the server, says {@code Ready.}, and ends it cleanly on SIGTERM or Ctrl-C. With a command,
 * such as {@code clock}, it asks a server that runs.
 */
public final class Main {
    /** Where containers have their init scripts, as users of LocalStack know it. */
    private static final String INIT_DIRECTORY = "/etc/localstack/init";

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length > 0 && !arguments[0].startsWith("-")) {
            System.exit(Commands.run(arguments, System.getenv(), System.out, System.err));
            return;
        }
        Options options;
        try {
            options = Options.parse(arguments, System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        if (options.help()) {
            System.out.print(Options.HELP);
        } else if (options.version()) {
            System.out.println("Pileus " + Version.PILEUS);
        } else {
            run(options);
        }
    }

    private static void run(Options options) throws InterruptedException {
        Pileus pileus;
        try {
            pileus = start(options);
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("Pileus cannot start: " + e.getMessage()
                    + (e.getCause() == null ? "" : " (" + e.getCause().getMessage() + ")"));
            System.exit(1);
            return;
        }
        CountDownLatch end = new CountDownLatch(1);
        pileus.onKill(end::countDown);
        Runtime.getRuntime().addShutdownHook(new Thread(pileus::close, "pileus-shutdown"));
        pileus.runReadyHooks();
        System.out.println("Ready.");
        System.out.flush();
        end.await();
        System.exit(0);
    }

    /** Starts the server and says where it listens. */
    static Pileus start(Options options) throws IOException {
        ConsoleLogging.useFor(options.logLevel());
        Logger log = LoggerFactory.getLogger(Main.class);
        options.notes().forEach(log::info);
        Pileus pileus = builder(options).start();
        for (InetSocketAddress address : pileus.addresses()) {
            System.out.println("Pileus " + Version.PILEUS + " listens on " + url(address));
        }
        return pileus;
    }

    private static Pileus.Builder builder(Options options) {
        Pileus.Builder builder = Pileus.builder()
                .settings(options.settings())
                .services(options.services().toArray(String[]::new))
                .region(options.region())
                .clock(options.clock())
                .strict(options.strict())
                .verifySignatures(options.verifySignatures())
                .initDirectory(Path.of(options.settings().getOrDefault("PILEUS_INIT_DIRECTORY", INIT_DIRECTORY)));
        options.addresses().forEach(address -> builder.listen(address.getHostString(), address.getPort()));
        return builder;
    }

    private static String url(InetSocketAddress address) {
        String host = address.getAddress().isLoopbackAddress() ? "localhost" : address.getHostString();
        return "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
