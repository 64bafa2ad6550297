package io.pileus.stepfunctions.jsonata;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import io.pileus.core.time.EmulatorClock;
import java.time.Duration;
import java.util.Collection;

/**
 * Ends an evaluation that runs too long, too deep or grows too large. One per evaluation.
 *
 * <p>AWS refuses a range of 873,783 numbers where it takes 873,782, a text of 2<sup>23</sup> characters where it takes
 * 2<sup>22</sup>, and a sum of 200 terms for its depth (measured with TestState, github.com/floci-io/floci#2737 and #2783).
 */
final class JsonataBounds {
    static final int SEQUENCE_MAX = 873_782;
    static final int TEXT_MAX = (1 << 23) - 1;
    static final int DEPTH_MAX = 199;
    static final Duration TIME_MAX = Duration.ofSeconds(5);

    private static final int CLOCK_EVERY = 256;

    private final EmulatorClock clock;
    private final RegexBounds regexes = new RegexBounds();
    private final long startedAt;
    private int depth;
    private int steps;

    private JsonataBounds(EmulatorClock clock) {
        this.clock = clock;
        this.startedAt = clock.nanoTime();
    }

    static void install(Jsonata.Frame frame, EmulatorClock clock) {
        JsonataBounds bounds = new JsonataBounds(clock);
        frame.setEvaluateEntryCallback((expression, input, environment) -> bounds.enter(environment));
        frame.setEvaluateExitCallback((expression, input, environment, result) -> bounds.exit(environment, result));
    }

    private void enter(Jsonata.Frame environment) {
        if (++steps % CLOCK_EVERY == 0 && clock.nanoTime() - startedAt > TIME_MAX.toNanos()) {
            throw new JException("Expression evaluation timeout: Check for infinite loop", -1);
        }
        if (!environment.isParallelCall && ++depth > DEPTH_MAX) {
            throw new JException(
                    "Stack overflow error: Check for non-terminating recursive function.  Consider rewriting as"
                            + " tail-recursive.",
                    -1);
        }
    }

    private void exit(Jsonata.Frame environment, Object result) {
        if (!environment.isParallelCall) {
            depth--;
        }
        if (result instanceof Collection<?> list && list.size() > SEQUENCE_MAX
                || result instanceof String text && text.length() > TEXT_MAX) {
            throw tooLarge();
        }
        regexes.saw(result);
    }

    static JException tooLarge() {
        return new JException("Expression evaluation exceeded the memory limit", -1);
    }
}
