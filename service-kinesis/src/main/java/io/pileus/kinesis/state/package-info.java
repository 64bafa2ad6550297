/** Streams, shards and their records, in the domain's words. Start at {@link io.pileus.kinesis.state.Stream}. */
@NullMarked
package io.pileus.kinesis.state;

import org.jspecify.annotations.NullMarked;
