package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Runs the child executions of distributed Map states. */
public interface MapRunner {

    /** Makes a Map run; nothing begins before {@link MapRunHandle#start}. */
    MapRunHandle create(Execution parent, Frame frame, Next.MapRunPlan plan, Interpreter interpreter);

    /** A Map run as its execution sees it. */
    interface MapRunHandle {
        String arn();

        void start(Outcome outcome);

        /** Goes on after a restart. */
        void waitOn(Outcome outcome);

        /** Runs again what failed. */
        void redrive(Outcome outcome);

        int redriveCount();

        void abort();
    }

    /** Hears how a Map run ended. */
    interface Outcome {
        void succeeded(JsonNode result);

        void failed(String error, Optional<String> cause);
    }
}
