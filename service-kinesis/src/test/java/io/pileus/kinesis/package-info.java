/** Tests of Kinesis on a clock moved by hand. */
@NullMarked
package io.pileus.kinesis;

import org.jspecify.annotations.NullMarked;
