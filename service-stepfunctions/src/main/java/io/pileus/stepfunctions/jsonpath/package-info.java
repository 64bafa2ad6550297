/**
 * JSONPath as the Amazon States Language has it: paths into the state's data ({@code $}), the context object ({@code $$})
 * and variables ({@code $name}), the narrower reference paths, and the intrinsic functions {@code States.*}. Start at
 * {@link io.pileus.stepfunctions.jsonpath.JsonPath}. Knows nothing of states or executions.
 */
@NullMarked
package io.pileus.stepfunctions.jsonpath;

import org.jspecify.annotations.NullMarked;
