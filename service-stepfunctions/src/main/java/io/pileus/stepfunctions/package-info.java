/**
 * AWS Step Functions. {@link io.pileus.stepfunctions.StepFunctionsService} lists the operations; {@code asl} reads the
 * language, {@code run} executes it, {@code integration} does the tasks, {@code state} keeps machines, activities and Map
 * runs. Only this package and {@code HistoryView} know AWS's shapes.
 */
@NullMarked
package io.pileus.stepfunctions;

import org.jspecify.annotations.NullMarked;
