package io.pileus.stepfunctions.asl.parse;

import io.pileus.stepfunctions.asl.Catcher;
import io.pileus.stepfunctions.asl.DataFlow;
import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.asl.Template;
import java.util.Optional;

/** What a query language decides in the reading of a state. */
sealed interface Dialect permits JsonPathDialect, JsonataDialect {

    /** The kinds of state, as far as their data flow differs. */
    enum Shape {
        /** Pass, Parallel, Map and Task: all fields. */
        FULL,
        /** Choice, Wait and Succeed: input and output only. */
        PASSING,
        /** Fail: nothing. */
        NONE
    }

    /** The fields by which data goes through the state. */
    DataFlow flow(Fields fields, Shape shape, boolean hasResult);

    Optional<Template> assign(Fields fields, boolean hasResult);

    /** A number: {@code name} or {@code namePath}, or {@code name} with an expression. */
    Optional<Template> number(Fields fields, String name, long least, long most);

    /** A number between 0 and 100, whole or not, in the same ways. */
    Optional<Template> percentage(Fields fields, String name);

    /** A text: {@code name} or {@code namePath}, or {@code name} with an expression. */
    Optional<Template> text(Fields fields, String name);

    /** A payload template under this name. */
    Optional<Template> template(Fields fields, String name);

    /** The items of a Map state. */
    Optional<Template> items(Fields fields);

    /** What an ItemReader or ResultWriter is given: {@code Parameters} or {@code Arguments}. */
    Optional<Template> arguments(Fields fields);

    /** A rule of a Choice state. */
    Optional<State.ChoiceRule> choiceRule(Fields fields);

    Catcher.CatchOutput catchOutput(Fields fields);

    Optional<Template> catchAssign(Fields fields);
}
