package io.pileus.sqs.state;

import io.pileus.sqs.SqsLimits;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of standard queues: messages are served in the order of sending (which AWS does not promise), and fairly between tenants.
 * A tenant is what messages name by their MessageGroupId; while one has many messages in flight, others come first.
 *
 * <p>AWS does not publish when a tenant counts as noisy. Here one is quiet while fewer than ten of its messages are in flight;
 * above that, the fewer digits its number has (in base 2), the sooner it is served. Messages without a group are never held
 * back. A new delay of the queue holds for new messages only.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html">Amazon SQS
 *     fair queues</a>
 */
final class StandardRules implements QueueRules {
    private static final String NO_GROUP = "";
    private static final int QUIET_IN_FLIGHT = 10;

    /** The messages of one tenant. */
    private static final class Tenant {
        final String group;
        final IndexedHeap<QueueMessage> visible = new BySequence();
        int messages;
        int inFlight;
        int place = IndexedHeap.NOWHERE;

        Tenant(String group) {
            this.group = group;
        }

        int noise() {
            return group.isEmpty() || inFlight < QUIET_IN_FLIGHT ? 0 : 32 - Integer.numberOfLeadingZeros(inFlight);
        }

        long firstSequence() {
            QueueMessage first = visible.peek();
            return first == null ? Long.MAX_VALUE : first.sequence();
        }
    }

    private final Map<String, Tenant> tenants = new HashMap<>();
    private final IndexedHeap<Tenant> serving = new QuietFirst();

    @Override
    public @Nullable QueueMessage nextVisible(@Nullable QueueMessage delivered) {
        Tenant tenant = serving.peek();
        return tenant == null ? null : tenant.visible.peek();
    }

    @Override
    public void changed(QueueMessage message, @Nullable MessageState from, @Nullable MessageState to) {
        String group = message.group();
        Tenant tenant = tenants.computeIfAbsent(group == null ? NO_GROUP : group, Tenant::new);
        if (serving.contains(tenant)) {
            serving.remove(tenant);
        }
        account(tenant, message, from, -1);
        account(tenant, message, to, 1);
        if (!tenant.visible.isEmpty()) {
            serving.add(tenant);
        } else if (tenant.messages == 0) {
            tenants.remove(tenant.group);
        }
    }

    private static void account(Tenant tenant, QueueMessage message, @Nullable MessageState state, int difference) {
        switch (state) {
            case null -> tenant.messages -= difference;
            case MessageState.Delayed delayed -> {}
            case MessageState.InFlight inFlight -> tenant.inFlight += difference;
            case MessageState.Visible visible -> {
                if (difference > 0) {
                    tenant.visible.add(message);
                } else {
                    tenant.visible.remove(message);
                }
            }
        }
    }

    @Override
    public void cleared() {
        tenants.clear();
        serving.clear();
    }

    /**
     * With an older handle of a message that was received again, AWS answers success and does not delete. A message that
     * has become visible again is deleted with its last handle.
     */
    @Override
    public HandleOutcome deletion(QueueMessage message, ReceiptHandle handle, long nowMillis) {
        boolean old = nowMillis - handle.receivedAtMillis() > SqsLimits.VISIBILITY_TIMEOUT_MAX.toMillis();
        return old ? HandleOutcome.EXPIRED : HandleOutcome.DONE;
    }

    private static final class BySequence extends IndexedHeap<QueueMessage> {
        @Override
        boolean before(QueueMessage a, QueueMessage b) {
            return a.sequence() < b.sequence();
        }

        @Override
        int placeOf(QueueMessage message) {
            return message.orderPlace;
        }

        @Override
        void place(QueueMessage message, int place) {
            message.orderPlace = place;
        }
    }

    private static final class QuietFirst extends IndexedHeap<Tenant> {
        @Override
        boolean before(Tenant a, Tenant b) {
            int order = Integer.compare(a.noise(), b.noise());
            return order < 0 || (order == 0 && a.firstSequence() < b.firstSequence());
        }

        @Override
        int placeOf(Tenant tenant) {
            return tenant.place;
        }

        @Override
        void place(Tenant tenant, int place) {
            tenant.place = place;
        }
    }
}
