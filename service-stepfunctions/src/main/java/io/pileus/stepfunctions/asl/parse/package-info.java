/**
 * From a definition's text to {@link io.pileus.stepfunctions.asl.Definition}, or to the diagnostics that AWS gives: code,
 * severity, words and place. Start at {@link io.pileus.stepfunctions.asl.parse.AslParser}. Each state is read by one
 * dialect, JSONPath or JSONata, and by nothing that knows both.
 */
@NullMarked
package io.pileus.stepfunctions.asl.parse;

import org.jspecify.annotations.NullMarked;
