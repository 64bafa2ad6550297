/** Filter policies: parsed once into a tree of conditions, indexed by exact values, evaluated per message. Knows nothing of topics. Start at {@link io.pileus.sns.filter.FilterPolicy}. */
@NullMarked
package io.pileus.sns.filter;

import org.jspecify.annotations.NullMarked;
