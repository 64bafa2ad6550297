/** Event source mappings on queues and streams of the tests' own; start at {@link io.pileus.lambda.mapping.EventSources}. */
@NullMarked
package io.pileus.lambda.mapping;

import org.jspecify.annotations.NullMarked;
