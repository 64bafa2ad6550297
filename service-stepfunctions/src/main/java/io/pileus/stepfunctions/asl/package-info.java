/**
 * The Amazon States Language as data: a definition, its states, and the templates with which states shape their data.
 * Which query language a state speaks is decided by the parser; from then on there is only a
 * {@link io.pileus.stepfunctions.asl.Template}. Start at {@link io.pileus.stepfunctions.asl.Definition}.
 */
@NullMarked
package io.pileus.stepfunctions.asl;

import org.jspecify.annotations.NullMarked;
