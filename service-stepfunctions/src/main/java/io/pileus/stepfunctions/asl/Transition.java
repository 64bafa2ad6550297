package io.pileus.stepfunctions.asl;

/** Where a state leads. */
public sealed interface Transition {

    /** To the named state of the same workflow. */
    record Next(String state) implements Transition {}

    /** To the end of the workflow. */
    record End() implements Transition {}
}
