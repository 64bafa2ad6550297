/** Amazon Data Firehose. Start at {@link io.pileus.firehose.FirehoseService}. */
@NullMarked
package io.pileus.firehose;

import org.jspecify.annotations.NullMarked;
