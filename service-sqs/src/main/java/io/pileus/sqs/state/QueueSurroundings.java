package io.pileus.sqs.state;

import io.pileus.core.identity.Arn;
import io.pileus.core.time.Timers;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a queue needs of the world around it.
 *
 * @param clock asked only when a timer wakes a queue
 * @param messageIds ids for new messages
 * @param queues finds another queue, for dead letters
 * @param moves the messages on their way from one queue to another
 */
public record QueueSurroundings(
        InstantSource clock,
        Timers timers,
        Supplier<UUID> messageIds,
        Function<Arn, Optional<Queue>> queues,
        MovesUnderWay moves) {}
