package io.pileus.sqs;

import io.pileus.core.service.CallContext;
import io.pileus.core.service.Settings;
import io.pileus.sqs.state.Queue;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The throughput quotas of FIFO queues: 300 calls of one kind in a second and queue, which makes 3,000 messages in batches of
 * ten. High-throughput queues, whose quotas are out of reach here, are not limited. Off unless PILEUS_SQS_QUOTAS is set.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html">Message
 *     quotas</a>
 */
final class FifoQuotas {
    private record Second(long second, int calls) {}

    private final Settings settings;
    private final Map<String, Second> used = new ConcurrentHashMap<>();

    FifoQuotas(Settings settings) {
        this.settings = settings;
    }

    /** @throws io.pileus.core.service.AwsException RequestThrottled when the quota is used up */
    void use(Queue queue, String kindOfCall, CallContext call) {
        if (!queue.isFifo() || queue.attributes().hasHighThroughput() || !settings.flag("PILEUS_SQS_QUOTAS", false)) {
            return;
        }
        long now = call.receivedAt().getEpochSecond();
        Second second = used.merge(
                queue.arn() + " " + kindOfCall,
                new Second(now, 1),
                (old, one) -> old.second() == now ? new Second(now, old.calls() + 1) : one);
        if (second.calls() > SqsLimits.FIFO_CALLS_PER_SECOND) {
            throw SqsErrors.requestThrottled();
        }
    }
}
