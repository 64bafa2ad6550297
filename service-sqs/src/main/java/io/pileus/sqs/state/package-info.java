/**
 * The state machines of SQS: queues, messages and what becomes of them as time goes by. Start at
 * {@link io.pileus.sqs.state.Queue}. Nothing here knows a protocol, and no class holds the time: each method is told
 * {@code now} (epoch milliseconds, the resolution of AWS's timestamps), and state is a function of it.
 */
@NullMarked
package io.pileus.sqs.state;

import org.jspecify.annotations.NullMarked;
