/** What Step Functions remembers: state machines with versions and aliases, activities, executions. Start at {@link io.pileus.stepfunctions.state.StepFunctionsState}. */
@NullMarked
package io.pileus.stepfunctions.state;

import org.jspecify.annotations.NullMarked;
