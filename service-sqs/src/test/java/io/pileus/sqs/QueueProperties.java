package io.pileus.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.sqs.model.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds whatever producers and consumers do, in whatever order. */
class QueueProperties {

    /** One thing that happens to a queue; {@code number} chooses the message, the group or the seconds. */
    record Step(Kind kind, int number) {}

    enum Kind {
        SEND,
        SEND_DELAYED,
        RECEIVE,
        DELETE,
        HIDE,
        SHOW,
        WAIT
    }

    @Provide
    Arbitrary<List<Step>> lives() {
        return Arbitraries.frequencyOf(
                        Tuple.of(4, Arbitraries.just(Kind.SEND)),
                        Tuple.of(1, Arbitraries.just(Kind.SEND_DELAYED)),
                        Tuple.of(5, Arbitraries.just(Kind.RECEIVE)),
                        Tuple.of(3, Arbitraries.just(Kind.DELETE)),
                        Tuple.of(1, Arbitraries.just(Kind.HIDE)),
                        Tuple.of(1, Arbitraries.just(Kind.SHOW)),
                        Tuple.of(2, Arbitraries.just(Kind.WAIT)))
                .flatMap(kind -> Arbitraries.integers().between(0, 40).map(n -> new Step(kind, n)))
                .list()
                .ofMaxSize(80);
    }

    /** What a consumer holds: a delivery and until when it is the only one. */
    private record Held(Message message, long untilMillis) {}

    /** A queue, and what must be true of it. */
    private static final class Life {
        final Sqs sqs = Sqs.fresh();
        final boolean fifo;
        final String queue;
        final Map<String, Integer> groupOf = new HashMap<>();
        final Map<String, Integer> orderOf = new HashMap<>();
        final Set<String> deleted = new HashSet<>();
        final Map<String, Held> held = new LinkedHashMap<>();
        int sent;

        Life(boolean fifo) {
            this.fifo = fifo;
            this.queue = fifo ? sqs.fifo("q.fifo") : sqs.queue("q");
        }

        void live(List<Step> steps) {
            for (Step step : steps) {
                take(step);
                sqs.counts(queue);
            }
        }

        long now() {
            return sqs.env.now().toEpochMilli();
        }

        void take(Step step) {
            switch (step.kind()) {
                case SEND -> send(step.number() % 4, null);
                case SEND_DELAYED -> send(step.number() % 4, fifo ? null : step.number());
                case RECEIVE -> receive(step.number());
                case DELETE ->
                    chosen(step.number()).ifPresent(held -> {
                        sqs.delete(queue, held.message());
                        forget(held);
                        deleted.add(held.message().messageId());
                    });
                case HIDE -> chosen(step.number()).ifPresent(h -> change(h, 1 + step.number()));
                case SHOW -> chosen(step.number()).ifPresent(h -> change(h, 0));
                case WAIT -> sqs.advance(step.number());
            }
            held.values().removeIf(h -> h.untilMillis() <= now());
        }

        private void send(int group, Integer delaySeconds) {
            String body = "m" + sent;
            String id = sqs.send(
                            queue,
                            body,
                            m -> (fifo ? m.messageGroupId("g" + group).messageDeduplicationId(body) : m)
                                    .delaySeconds(delaySeconds))
                    .messageId();
            groupOf.put(id, group);
            orderOf.put(id, sent++);
        }

        private void receive(int number) {
            int timeout = number % 30;
            Set<String> answer = new HashSet<>();
            for (Message message : sqs.receive(
                    queue, r -> r.maxNumberOfMessages(1 + number % 10).visibilityTimeout(timeout))) {
                String id = message.messageId();
                assertThat(held).as("in flight elsewhere").doesNotContainKey(id);
                assertThat(deleted).doesNotContain(id);
                assertThat(answer.add(id)).as("once in an answer").isTrue();
                if (fifo) {
                    checkOrder(id, answer);
                }
                if (timeout > 0) {
                    held.put(id, new Held(message, now() + 1000L * timeout));
                }
            }
        }

        /** All that was sent to the group before is deleted, or comes before it in the same answer. */
        private void checkOrder(String id, Set<String> answer) {
            orderOf.forEach((other, order) -> {
                if (groupOf.get(other).equals(groupOf.get(id)) && order < orderOf.get(id)) {
                    assertThat(deleted.contains(other) || answer.contains(other))
                            .as("an earlier message of the group is left out")
                            .isTrue();
                }
            });
        }

        private java.util.Optional<Held> chosen(int number) {
            List<Held> all = new ArrayList<>(held.values());
            return all.isEmpty() ? java.util.Optional.empty() : java.util.Optional.of(all.get(number % all.size()));
        }

        private void change(Held chosen, int seconds) {
            sqs.changeVisibility(queue, chosen.message(), seconds);
            forget(chosen);
            if (seconds > 0) {
                held.put(chosen.message().messageId(), new Held(chosen.message(), now() + 1000L * seconds));
            }
        }

        private void forget(Held gone) {
            held.remove(gone.message().messageId());
        }

        /** Receives and deletes until nothing comes any more. */
        Set<String> drain() {
            Set<String> drained = new HashSet<>();
            for (int quiet = 0; quiet < 3; quiet++) {
                sqs.advance(50);
                List<Message> batch;
                while (!(batch = sqs.receive(queue)).isEmpty()) {
                    for (Message message : batch) {
                        assertThat(drained.add(message.messageId())).as("once").isTrue();
                        sqs.delete(queue, message);
                    }
                }
            }
            return drained;
        }
    }

    @Property(tries = 150)
    void nothingIsLostOrDeliveredTwiceWithinItsVisibilityTimeout(@ForAll("lives") List<Step> steps) {
        check(new Life(false), steps);
    }

    @Property(tries = 150)
    void aFifoQueueKeepsTheOrderOfEachGroup(@ForAll("lives") List<Step> steps) {
        check(new Life(true), steps);
    }

    private static void check(Life life, List<Step> steps) {
        life.live(steps);

        Set<String> left = life.drain();

        Set<String> all = new HashSet<>(left);
        all.addAll(life.deleted);
        assertThat(all).isEqualTo(life.groupOf.keySet());
        assertThat(java.util.Collections.disjoint(left, life.deleted)).isTrue();
        assertThat(life.sqs.counts(life.queue)).isEqualTo("0 visible, 0 in flight, 0 delayed");
    }

    /** Sends with few ids at odd times: each id is delivered once per five minutes after its first acceptance. */
    @Property(tries = 100)
    void aDeduplicationIdIsDeliveredOncePerWindow(@ForAll("sends") List<Step> sends) {
        Sqs sqs = Sqs.fresh();
        String queue = sqs.fifo("q.fifo");
        Map<Integer, Long> acceptedAt = new HashMap<>();
        int expected = 0;
        for (Step send : sends) {
            sqs.advance(send.number());
            int id = send.number() % 3;
            long now = sqs.env.now().getEpochSecond();
            if (now - acceptedAt.getOrDefault(id, Long.MIN_VALUE / 2) >= 300) {
                acceptedAt.put(id, now);
                expected++;
            }
            sqs.send(queue, "m", m -> m.messageGroupId("g").messageDeduplicationId("d" + id));
        }

        assertThat(sqs.counts(queue)).startsWith(expected + " visible");
    }

    @Provide
    Arbitrary<List<Step>> sends() {
        return Arbitraries.integers()
                .between(0, 200)
                .map(n -> new Step(Kind.SEND, n))
                .list()
                .ofMaxSize(40);
    }
}
