/** Tests of streams, shards and sequence numbers. */
@NullMarked
package io.pileus.kinesis.state;

import org.jspecify.annotations.NullMarked;
