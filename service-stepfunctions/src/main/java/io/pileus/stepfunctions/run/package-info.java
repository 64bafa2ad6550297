/**
 * How executions run. {@link io.pileus.stepfunctions.run.Interpreter} is pure: a frame and a signal give what happens next.
 * {@link io.pileus.stepfunctions.run.Execution} keeps the frames of one execution and its history behind its own lock, and
 * {@link io.pileus.stepfunctions.run.Engine} does what is to be done outside: timers, tasks, Map runs. A waiting execution
 * is data and holds no thread.
 */
@NullMarked
package io.pileus.stepfunctions.run;

import org.jspecify.annotations.NullMarked;
