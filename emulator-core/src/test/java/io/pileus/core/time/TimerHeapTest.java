package io.pileus.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TimerHeapTest {

    /** A step: a value up to 99 registers a task due in that many seconds, a larger one cancels an entry. */
    @Property(tries = 500)
    void entriesLeaveInOrderWhateverWasCancelledBefore(
            @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 150) Integer> steps) {
        TimerHeap heap = new TimerHeap();
        List<TimerHeap.Entry> expected = new ArrayList<>();
        long sequence = 0;
        for (int step : steps) {
            if (step < 100) {
                TimerHeap.Entry entry = new TimerHeap.Entry(Instant.ofEpochSecond(step), sequence++, () -> {});
                heap.add(entry);
                expected.add(entry);
            } else if (!expected.isEmpty()) {
                TimerHeap.Entry cancelled = expected.remove(step % expected.size());
                assertThat(heap.remove(cancelled)).isTrue();
                assertThat(heap.remove(cancelled)).isFalse();
            }
        }
        expected.sort(Comparator.comparing((TimerHeap.Entry e) -> e.due).thenComparing(e -> e.sequence));

        List<TimerHeap.Entry> left = new ArrayList<>();
        for (TimerHeap.Entry first; (first = heap.first()) != null; ) {
            heap.remove(first);
            left.add(first);
        }

        assertThat(left).containsExactlyElementsOf(expected);
        assertThat(heap.size()).isZero();
    }

    @Test
    void aQuarterOfAMillionTimersComeAndGoCheaply() {
        TimerHeap heap = new TimerHeap();
        List<TimerHeap.Entry> entries = new ArrayList<>();
        for (int i = 0; i < 250_000; i++) {
            entries.add(new TimerHeap.Entry(Instant.ofEpochSecond((i * 7919L) % 100_000), i, () -> {}));
            heap.add(entries.get(i));
        }

        entries.forEach(heap::remove);

        assertThat(heap.size()).isZero();
        assertThat(heap.first()).isNull();
    }
}
