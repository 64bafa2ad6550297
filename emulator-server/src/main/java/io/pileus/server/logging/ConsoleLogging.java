package io.pileus.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Logback as SLF4J's provider, set up without XML, patterns, scanning and annotations, which would cost a third of a
 * second at the start. Only the program asks for it; where the emulator runs inside another one, that one's own
 * configuration counts.
 */
public final class ConsoleLogging implements SLF4JServiceProvider {
    private static final String LEVEL_PROPERTY = "pileus.log.level";

    /** The name by which SLF4J is told of its provider. */
    private static final String PROVIDER_PROPERTY = "slf4j.provider";

    /** How much SLF4J tells of itself: it would announce the provider on each start. */
    private static final String VERBOSITY_PROPERTY = "slf4j.internal.verbosity";

    /** The SLF4J API that Logback was made for. */
    private static final String API_VERSION = "2.0.99";

    private final LoggerContext context = new LoggerContext();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final LogbackMDCAdapter mdc = new LogbackMDCAdapter();

    /** Lets this configuration take effect; to be called before the first logger is made. */
    public static void useFor(String level) {
        System.setProperty(LEVEL_PROPERTY, level);
        System.setProperty(VERBOSITY_PROPERTY, "WARN");
        System.setProperty(PROVIDER_PROPERTY, ConsoleLogging.class.getName());
    }

    @Override
    public void initialize() {
        context.setName("pileus");
        context.setMDCAdapter(mdc);
        LineLayout layout = new LineLayout();
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setName("console");
        console.setEncoder(encoder);
        console.start();
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(console);
        context.getLogger("io.pileus").setLevel(Level.toLevel(System.getProperty(LEVEL_PROPERTY)));
        context.start();
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return context;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return mdc;
    }

    @Override
    public String getRequestedApiVersion() {
        return API_VERSION;
    }
}
