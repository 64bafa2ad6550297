/** Tests of the way of messages to subscribers. */
@NullMarked
package io.pileus.sns.delivery;

import org.jspecify.annotations.NullMarked;
