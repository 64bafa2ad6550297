package io.pileus.stepfunctions.run;

import java.util.List;

/** What a step of the interpreter gives: events for the history, and what happens next. */
public record Step(List<Draft> events, Next next) {

    /** An event that has no id yet. */
    public record Draft(String type, EventDetails details) {}

    static Step of(Next next) {
        return new Step(List.of(), next);
    }
}
