/** How a message reaches a subscriber: its envelope and signature, the way per protocol, retries, and the log of what happened. Start at {@link io.pileus.sns.delivery.Courier}. */
@NullMarked
package io.pileus.sns.delivery;

import org.jspecify.annotations.NullMarked;
