/** Tests of Firehose on a clock moved by hand. */
@NullMarked
package io.pileus.firehose;

import org.jspecify.annotations.NullMarked;
