/**
 * JSONata as Step Functions has it: the language of jsonata.org 2.0 with {@code $states}, without {@code $eval}, with six
 * functions of AWS's own, and with bounds on time, depth and size. The evaluator is com.dashjoin:jsonata; this package is
 * the only one that knows it. Start at {@link io.pileus.stepfunctions.jsonata.JsonataExpression}.
 */
@NullMarked
package io.pileus.stepfunctions.jsonata;

import org.jspecify.annotations.NullMarked;
