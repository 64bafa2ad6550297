/**
 * Distributed Map: where items come from, how they are batched, the child executions, and where their results go. Start at
 * {@link io.pileus.stepfunctions.map.MapRun}.
 */
@NullMarked
package io.pileus.stepfunctions.map;

import org.jspecify.annotations.NullMarked;
