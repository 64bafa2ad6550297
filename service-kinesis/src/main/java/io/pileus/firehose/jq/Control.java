package io.pileus.firehose.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How an evaluation ends before its time: by an error that is caught, by enough results, by a {@code break}. */
final class Control {
    private final Meter meter;

    Control(Meter meter) {
        this.meter = meter;
    }

    /** What a {@code break} leaves. */
    static final class Mark {}

    /** Hands on at most so many results, and has no more made. */
    <T> void limit(long count, Consumer<Consumer<T>> generator, Consumer<T> out) {
        if (count <= 0) {
            return;
        }
        long[] left = {count};
        label(mark -> generator.accept(value -> {
            left[0]--;
            out.accept(value);
            if (left[0] == 0) {
                throw leave(mark);
            }
        }));
    }

    /** Runs what may leave by the mark it is given. */
    void label(Consumer<Mark> body) {
        Mark mark = new Mark();
        int depth = meter.depth();
        try {
            body.accept(mark);
        } catch (Broken broken) {
            if (broken.mark != mark) {
                throw broken;
            }
            meter.depth(depth);
        }
    }

    /** To be thrown where {@link #label}'s body ends. */
    RuntimeException leave(@Nullable Object mark) {
        return new Broken(mark);
    }

    /** Errors of the generator are caught, errors of what its results are handed to are not. */
    <T> void attempt(Consumer<Consumer<T>> generator, Consumer<T> out, Consumer<JsonNode> handler) {
        Mark mark = new Mark();
        int depth = meter.depth();
        try {
            generator.accept(value -> {
                try {
                    out.accept(value);
                } catch (JqException e) {
                    throw new Passing(mark, e);
                }
            });
        } catch (Passing passing) {
            if (passing.mark == mark) {
                throw passing.error;
            }
            throw passing;
        } catch (JqException e) {
            meter.depth(depth);
            handler.accept(e.value());
        }
    }

    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient @Nullable Object mark;

        Broken(@Nullable Object mark) {
            super(null, null, false, false);
            this.mark = mark;
        }
    }

    /** An error on its way past a {@code try} that it does not concern. */
    private static final class Passing extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Mark mark;
        private final transient JqException error;

        Passing(Mark mark, JqException error) {
            super(null, null, false, false);
            this.mark = mark;
            this.error = error;
        }
    }
}
