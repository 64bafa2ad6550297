/** Tests of the jq language. */
@NullMarked
package io.pileus.firehose.jq;

import org.jspecify.annotations.NullMarked;
