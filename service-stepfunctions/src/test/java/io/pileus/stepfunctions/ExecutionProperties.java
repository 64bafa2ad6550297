package io.pileus.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.pileus.stepfunctions.model.HistoryEvent;
import io.pileus.stepfunctions.model.RedriveExecutionInput;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for every execution. */
class ExecutionProperties {

    private static ArrayNode array(List<Integer> values) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array;
    }

    private static String map(int concurrency, String state) {
        return "{\"StartAt\":\"M\",\"States\":{\"M\":{\"Type\":\"Map\",\"MaxConcurrency\":" + concurrency
                + ",\"ItemProcessor\":{\"StartAt\":\"I\",\"States\":{\"I\":" + state + "}},\"End\":true}}}";
    }

    @Property(tries = 60)
    void aMapOfNItemsGivesNResultsInOrderUnderAnyConcurrency(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 30) Integer> waits,
            @ForAll @IntRange(min = 0, max = 50) int concurrency) {
        Machines sfn = new Machines();
        String execution = sfn.run(
                map(concurrency, "{\"Type\":\"Wait\",\"SecondsPath\":\"$\",\"End\":true}"),
                array(waits).toString());
        sfn.advance(Duration.ofHours(1));

        assertThat(sfn.output(execution)).isEqualTo(array(waits));
        assertThatHistoryIsWellFormed(sfn.history(execution));
    }

    @Property(tries = 60)
    void aRedrivenExecutionEqualsAnUndisturbedOne(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 99) Integer> items,
            @ForAll @IntRange(min = 0, max = 11) int failing,
            @ForAll @IntRange(min = 0, max = 4) int concurrency) {
        Machines sfn = new Machines();
        boolean[] broken = {true};
        int bad = items.get(failing % items.size());
        sfn.function(in -> broken[0] && in.intValue() == bad
                ? Machines.fails("E", "no")
                : Machines.returns(String.valueOf(in.intValue() * 2)));
        String execution = sfn.run(
                map(concurrency, "{\"Type\":\"Task\",\"Resource\":\"" + Machines.FUNCTION + "\",\"End\":true}"),
                array(items).toString());
        assertThat(sfn.status(execution)).isEqualTo("FAILED");

        broken[0] = false;
        sfn.service.redriveExecution(
                RedriveExecutionInput.builder().executionArn(execution).build(), sfn.call());

        assertThat(sfn.output(execution))
                .isEqualTo(array(items.stream().map(i -> i * 2).toList()));
    }

    /** C is over before B's first retry can be due: what is due at the same moment may come in another order after a restart. */
    private static final String MIXED =
            "{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Parallel\",\"Next\":\"M\",\"ResultPath\":null,"
                    + "\"Branches\":[{\"StartAt\":\"A\",\"States\":{\"A\":{\"Type\":\"Wait\",\"SecondsPath\":\"$[0]\",\"Next\":\"B\"},"
                    + "\"B\":{\"Type\":\"Task\",\"Resource\":\"" + Machines.FUNCTION
                    + "\",\"End\":true,\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"],\"IntervalSeconds\":7}]}}},"
                    + "{\"StartAt\":\"C\",\"States\":{\"C\":{\"Type\":\"Wait\",\"Seconds\":6,\"End\":true}}}]},"
                    + "\"M\":{\"Type\":\"Map\",\"MaxConcurrency\":2,\"ItemProcessor\":{\"StartAt\":\"I\",\"States\":{"
                    + "\"I\":{\"Type\":\"Wait\",\"SecondsPath\":\"$\",\"End\":true}}},\"End\":true}}}";

    @Property(tries = 40)
    void anExecutionOfARestartedProcessEqualsAnUndisturbedOne(
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 0, max = 30) Integer> waits,
            @ForAll @Size(max = 6) List<@IntRange(min = 0, max = 40) Integer> restarts) {
        assertThat(mixed(waits, restarts)).isEqualTo(mixed(waits, List.of()));
    }

    /** The history of an execution whose process is restarted after each of these pauses. */
    private static List<HistoryEvent> mixed(List<Integer> waits, List<Integer> pauses) {
        Machines sfn = new Machines();
        int[] calls = {0};
        sfn.function(in -> calls[0]++ < 2 ? Machines.fails("E", "no") : Machines.returns("1"));
        String execution = sfn.start(sfn.create(MIXED), array(waits).toString());
        for (int pause : pauses) {
            sfn.advance(Duration.ofSeconds(pause));
            sfn.restart();
        }
        sfn.advance(Duration.ofHours(1));
        assertThat(sfn.output(execution)).isEqualTo(array(waits));
        List<HistoryEvent> history = sfn.history(execution);
        assertThatHistoryIsWellFormed(history);
        return history;
    }

    /** Ids count up, and each event comes after one that was there before. */
    private static void assertThatHistoryIsWellFormed(List<HistoryEvent> history) {
        Set<Long> seen = new HashSet<>(Set.of(0L));
        for (HistoryEvent event : history) {
            assertThat(event.id()).isEqualTo(seen.size());
            assertThat(seen).contains(event.previousEventId());
            seen.add(event.id());
        }
    }
}
