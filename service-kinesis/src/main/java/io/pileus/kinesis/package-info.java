/** Amazon Kinesis Data Streams. Start at {@link io.pileus.kinesis.KinesisService}. */
@NullMarked
package io.pileus.kinesis;

import org.jspecify.annotations.NullMarked;
