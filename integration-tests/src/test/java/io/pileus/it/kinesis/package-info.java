/** Kinesis and Firehose as real clients reach them. */
@NullMarked
package io.pileus.it.kinesis;

import org.jspecify.annotations.NullMarked;
