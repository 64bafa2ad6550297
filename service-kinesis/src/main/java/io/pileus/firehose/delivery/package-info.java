/** The way of a buffer's records: through processors to a destination, and to S3 when that fails. Start at {@link io.pileus.firehose.delivery.Courier}. */
@NullMarked
package io.pileus.firehose.delivery;

import org.jspecify.annotations.NullMarked;
