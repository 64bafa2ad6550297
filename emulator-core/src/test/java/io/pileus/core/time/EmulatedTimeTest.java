package io.pileus.core.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EmulatedTimeTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Activity activity = new Activity();
    private final EmulatedTime time = EmulatedTime.byHand(START, activity);
    private final List<String> ran = new ArrayList<>();

    private Runnable note(String name) {
        return () ->
                ran.add(name + "@" + Duration.between(START, time.instant()).toSeconds());
    }

    @Test
    void tasksRunInTheOrderOfTheirInstantsAndEachAtItsOwn() {
        time.at(START.plusSeconds(20), note("second"));
        time.at(START.plusSeconds(10), note("first"));
        time.at(START.plusSeconds(31), note("later"));

        time.advance(Duration.ofSeconds(30));

        assertThat(ran).containsExactly("first@10", "second@20");
        assertThat(time.instant()).isEqualTo(START.plusSeconds(30));
        assertThat(time.nextDue()).isEqualTo(START.plusSeconds(31));
    }

    @Test
    void tasksOfOneInstantRunInTheOrderOfTheirRegistration() {
        for (int i = 0; i < 50; i++) {
            time.at(START.plusSeconds(5), note("t" + i));
        }

        time.advance(Duration.ofSeconds(5));

        assertThat(ran).hasSize(50).startsWith("t0@5", "t1@5").endsWith("t48@5", "t49@5");
    }

    @Test
    void aTaskThatRegistersAnotherInsideTheAdvanceIsFollowedUp() {
        time.at(START.plusSeconds(1), () -> {
            note("a").run();
            time.at(time.instant().plusSeconds(1), note("b"));
            time.at(START, note("overdue"));
        });

        time.advance(Duration.ofSeconds(2));

        assertThat(ran).containsExactly("a@1", "overdue@1", "b@2");
    }

    @Test
    void aCancelledTaskDoesNotRunAndHoldsNoPlace() {
        Timers.Timer timer = time.at(START.plusSeconds(1), note("never"));
        timer.cancel();
        timer.cancel();

        assertThat(time.pending()).isZero();
        time.advance(Duration.ofHours(1));
        assertThat(ran).isEmpty();
    }

    @Test
    void aTaskThatFailsHoldsUpNoOther() {
        time.at(START.plusSeconds(1), () -> {
            throw new IllegalStateException("expected by the test");
        });
        time.at(START.plusSeconds(2), note("next"));

        time.advance(Duration.ofSeconds(2));

        assertThat(ran).containsExactly("next@2");
    }

    @Test
    void aTaskMustNotMoveTheTime() {
        List<Throwable> failures = new ArrayList<>();
        time.at(START, () -> {
            try {
                time.advance(Duration.ofSeconds(1));
            } catch (IllegalStateException e) {
                failures.add(e);
            }
        });

        time.settle();

        assertThat(failures).hasSize(1);
    }

    @Test
    void anAdvanceWaitsForWorkInFlightBeforeItGoesPastAnInstant() throws Exception {
        try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
            var workers = activity.counting(pool);
            CountDownLatch begun = new CountDownLatch(1);
            time.at(
                    START.plusSeconds(1),
                    () -> workers.execute(() -> {
                        begun.countDown();
                        time.at(time.instant().plusSeconds(1), note("set off by a worker"));
                    }));
            time.at(START.plusSeconds(10), note("much later"));

            assertThat(time.advance(Duration.ofSeconds(10))).isTrue();

            assertThat(begun.getCount()).isZero();
            assertThat(ran).containsExactly("set off by a worker@2", "much later@10");
        }
    }

    @Test
    void timeCanBeSetForwardWhichRunsTasksAndBackwardWhichDoesNot() {
        time.at(START.plusSeconds(60), note("task"));

        time.setTo(START.plusSeconds(90));
        assertThat(ran).containsExactly("task@60");

        time.setTo(START.minusSeconds(5));
        assertThat(time.instant()).isEqualTo(START.minusSeconds(5));
        assertThat(ran).hasSize(1);
    }

    @Test
    void inManualModeTimeStandsStillAndWhatIsDueAtOnceRunsByItself() throws Exception {
        try (EmulatedTime manual = EmulatedTime.manual(START, activity)) {
            CountDownLatch done = new CountDownLatch(1);
            manual.at(START, done::countDown);

            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(manual.instant()).isEqualTo(START);
            assertThat(manual.mode()).isEqualTo(EmulatedTime.Mode.MANUAL);
        }
    }

    @Test
    void scaledTimeMakesADayPassInAMoment() throws Exception {
        try (EmulatedTime scaled = EmulatedTime.manual(START, activity)) {
            CountDownLatch done = new CountDownLatch(1);
            scaled.at(START.plus(Duration.ofDays(1)), done::countDown);

            scaled.scale(EmulatedTime.MAX_SCALE);

            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(scaled.instant()).isAfterOrEqualTo(START.plus(Duration.ofDays(1)));
            assertThat(scaled.scale()).isEqualTo(EmulatedTime.MAX_SCALE);
        }
    }

    @Test
    void realTimeCanBeAdvancedAndKeepsItsLead() throws Exception {
        try (EmulatedTime real = EmulatedTime.real(activity)) {
            Instant before = real.instant();
            CountDownLatch done = new CountDownLatch(1);
            real.at(before.plus(Duration.ofHours(1)), done::countDown);

            real.advance(Duration.ofHours(2));

            assertThat(done.getCount()).isZero();
            assertThat(real.mode()).isEqualTo(EmulatedTime.Mode.REAL);
            assertThat(real.instant()).isAfterOrEqualTo(before.plus(Duration.ofHours(2)));
        }
    }

    @Test
    void frozenTimeGoesOnFromTheInstantItHad() {
        try (EmulatedTime real = EmulatedTime.real(activity)) {
            real.freeze();
            Instant frozen = real.instant();
            assertThat(real.instant()).isEqualTo(frozen);
            real.advance(Duration.ofDays(365));

            real.run();

            assertThat(real.instant()).isBetween(frozen.plus(Duration.ofDays(365)), frozen.plus(Duration.ofDays(366)));
        }
    }

    @Test
    void aTimerSetBeforeTheFirstWakesTheThreadInTime() throws Exception {
        try (EmulatedTime real = EmulatedTime.real(activity)) {
            real.at(real.instant().plus(Duration.ofHours(1)), () -> {});
            CountDownLatch done = new CountDownLatch(1);
            real.at(real.instant().plusMillis(1), done::countDown);

            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aScaleOutOfRangeIsRefused() {
        assertThatThrownBy(() -> time.scale(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> time.scale(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> time.advance(Duration.ofSeconds(-1))).isInstanceOf(IllegalArgumentException.class);
    }
}
