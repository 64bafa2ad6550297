package io.pileus.sqs;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.sqs.state.MessageCounts;
import io.pileus.sqs.state.PeekedMessage;
import io.pileus.sqs.state.Queue;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A look at the queues and their messages without any side effect: no receive is counted and nothing is hidden. */
public final class SqsInspection {
    private final AllQueues queues;
    private final InstantSource clock;

    SqsInspection(AllQueues queues, InstantSource clock) {
        this.queues = queues;
        this.clock = clock;
    }

    /** The queues of all accounts and regions. */
    public List<Queue> queues() {
        return queues.all().stream().flatMap(scope -> scope.all().stream()).toList();
    }

    public List<Queue> queues(AccountId account, Region region) {
        return queues().stream()
                .filter(q -> q.identity().account().equals(account)
                        && q.identity().region().equals(region))
                .toList();
    }

    public Optional<Queue> queue(AccountId account, Region region, String name) {
        return queues.find(account, region, name);
    }

    /** All messages of a queue in their order, whatever their state. */
    public List<PeekedMessage> messages(Queue queue) {
        return queue.peek(clock.millis());
    }

    public MessageCounts counts(Queue queue) {
        return queue.counts(clock.millis());
    }
}
