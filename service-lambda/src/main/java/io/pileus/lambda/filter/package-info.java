/**
 * Event patterns, the language of filter criteria: which values the fields of an event must have. Start at
 * {@link io.pileus.lambda.filter.RecordFilter}.
 */
@NullMarked
package io.pileus.lambda.filter;

import org.jspecify.annotations.NullMarked;
