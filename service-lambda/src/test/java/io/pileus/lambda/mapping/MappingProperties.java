package io.pileus.lambda.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.lambda.model.ScalingConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds whatever is sent and however the function fares. */
class MappingProperties {

    /** What each group or key has done for the first time, in order. */
    private final Map<String, List<Integer>> done = new LinkedHashMap<>();

    private void succeeded(List<String> bodies) {
        for (String body : bodies) {
            int colon = body.indexOf(':');
            List<Integer> ofGroup = done.computeIfAbsent(body.substring(0, colon), g -> new ArrayList<>());
            int number = Integer.parseInt(body.substring(colon + 1));
            if (!ofGroup.contains(number)) {
                ofGroup.add(number);
            }
        }
    }

    private void allDoneInOrder(Map<String, Integer> sent) {
        assertThat(done.keySet()).isEqualTo(sent.keySet());
        sent.forEach((group, count) -> {
            List<Integer> expected = new ArrayList<>();
            for (int i = 1; i <= count; i++) {
                expected.add(i);
            }
            assertThat(done.get(group)).as("group %s", group).isEqualTo(expected);
        });
    }

    private static Set<String> groups(TestFunction.Held held) {
        Set<String> groups = new HashSet<>();
        held.bodies().forEach(body -> groups.add(body.substring(0, body.indexOf(':'))));
        return groups;
    }

    /**
     * Messages of random groups are sent while a function holds batches, ends them in any order and fails at random: each
     * group's messages are done in their order, and no group is in two batches at once.
     *
     * @param steps less than 4: send to that group; 4 to 6: end an invocation well; 7: fail it; 8: report a failure of its
     *     last message; 9: let half a visibility timeout pass
     */
    @Property(tries = 200)
    void groupsKeepTheirOrderAndAreInOneBatchOnly(
            @ForAll @Size(max = 120) List<@IntRange(max = 9) Integer> steps,
            @ForAll @IntRange(min = 1, max = 10) int batchSize) {
        done.clear();
        EventSources sources = new EventSources();
        TestFunction function = sources.function;
        TestQueues.TestQueue queue = sources.queues.queue("orders.fifo");
        Map<String, Integer> sent = new HashMap<>();
        sources.map(
                queue.arn,
                m -> m.batchSize(batchSize)
                        .scalingConfig(
                                ScalingConfig.builder().maximumConcurrency(3).build())
                        .functionResponseTypes(List.of("ReportBatchItemFailures")));
        function.holds();
        for (int step : steps) {
            if (step < 4) {
                String group = "g" + step;
                queue.sendToGroup(group, group + ":" + sent.merge(group, 1, Integer::sum));
            } else if (step == 9) {
                sources.advance(15);
            } else if (!function.held.isEmpty()) {
                end(function, step);
            }
            Set<String> busy = new HashSet<>();
            function.held.forEach(held -> assertThat(groups(held))
                    .allSatisfy(group -> assertThat(busy.add(group))
                            .as("group %s is in one batch", group)
                            .isTrue()));
            assertThat(function.held).hasSizeLessThanOrEqualTo(3);
        }
        for (int i = 0; i < 200 && !(queue.messages.isEmpty() && function.held.isEmpty()); i++) {
            while (!function.held.isEmpty()) {
                end(function, 4);
            }
            sources.advance(15);
        }
        assertThat(queue.messages).isEmpty();
        allDoneInOrder(sent);
    }

    private void end(TestFunction function, int step) {
        TestFunction.Held held = function.held.get(step % function.held.size());
        function.held.remove(held);
        List<String> bodies = held.bodies();
        switch (step) {
            case 7 -> held.answer().complete(TestFunction.failed());
            case 8 -> {
                succeeded(bodies.subList(0, bodies.size() - 1));
                JsonNode records = held.event().path("Records");
                held.answer()
                        .complete(TestFunction.reporting(records.get(records.size() - 1)
                                .path("messageId")
                                .textValue()));
            }
            default -> {
                succeeded(bodies);
                held.answer().complete(TestFunction.returned("null"));
            }
        }
    }

    /** Records are done in the order of their key, each once at least, however batches are split and tried again. */
    @Property(tries = 200)
    void keysKeepTheirOrder(
            @ForAll @Size(max = 80) List<@IntRange(max = 9) Integer> steps,
            @ForAll @IntRange(min = 1, max = 10) int batchSize,
            @ForAll @IntRange(min = 1, max = 4) int parallelization,
            @ForAll boolean bisect) {
        done.clear();
        EventSources sources = new EventSources();
        TestFunction function = sources.function;
        sources.stream.shard("shardId-000000000000");
        Map<String, Integer> sent = new HashMap<>();
        sources.map(
                sources.stream.arn,
                m -> m.batchSize(batchSize)
                        .parallelizationFactor(parallelization)
                        .bisectBatchOnFunctionError(bisect));
        function.holds();
        for (int step : steps) {
            if (step < 5) {
                String key = "k" + step;
                sources.stream.putTo("shardId-000000000000", key, key + ":" + sent.merge(key, 1, Integer::sum));
            } else if (step == 9) {
                sources.advance(2);
            } else if (!function.held.isEmpty()) {
                end(function, step == 8 ? 7 : step);
            }
            Set<String> busy = new LinkedHashSet<>();
            function.held.forEach(held -> assertThat(groups(held))
                    .allSatisfy(key -> assertThat(busy.add(key)).isTrue()));
            assertThat(function.held).hasSizeLessThanOrEqualTo(parallelization);
        }
        for (int i = 0; i < 100; i++) {
            while (!function.held.isEmpty()) {
                end(function, 5);
            }
            sources.env.advance(Duration.ofSeconds(60));
        }
        allDoneInOrder(sent);
    }
}
