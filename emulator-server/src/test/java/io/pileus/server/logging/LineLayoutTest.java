package io.pileus.server.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LineLayoutTest {
    private final LoggerContext context = new LoggerContext();

    private String line(Level level, String message, @Nullable Throwable failure) {
        return new LineLayout()
                .doLayout(new LoggingEvent(
                        "", context.getLogger("io.pileus.request"), level, message, failure, new Object[0]));
    }

    @Test
    void anEventIsOneLine() {
        assertThat(line(Level.INFO, "sqs SendMessage 200", null))
                .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d\\d\\d INFO  request sqs SendMessage 200\n");
    }

    @Test
    void whatAClientSentCannotForgeALine() {
        assertThat(line(Level.WARN, "queue 'a\n12:00:00.000 INFO  b\r\u001b[2J'", null))
                .endsWith("queue 'a\\n12:00:00.000 INFO  b\\r?[2J'\n")
                .containsOnlyOnce("\n");
    }

    @Test
    void aLongMessageIsCut() {
        assertThat(line(Level.INFO, "x".repeat(100_000), null))
                .hasSizeLessThan(4_100)
                .endsWith("...\n");
    }

    @Test
    void aFailureShowsItsStack() {
        assertThat(line(Level.ERROR, "failed", new IllegalStateException("why")))
                .contains("failed\n", "java.lang.IllegalStateException: why", "LineLayoutTest");
    }
}
