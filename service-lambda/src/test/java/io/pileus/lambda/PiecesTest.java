package io.pileus.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A stream of pieces gives each once, in order, as many as were asked for. */
class PiecesTest {

    /** Keeps what it gets. */
    private static final class Reader implements Flow.Subscriber<Integer> {
        final List<Integer> seen = new ArrayList<>();
        final CountDownLatch complete = new CountDownLatch(1);
        final int ahead;
        Flow.@Nullable Subscription subscription;

        Reader(int ahead) {
            this.ahead = ahead;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            if (ahead > 0) {
                given.request(ahead);
            }
        }

        @Override
        public void onNext(Integer piece) {
            seen.add(piece);
            if (ahead > 0) {
                subscription.request(1);
            }
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onComplete() {
            complete.countDown();
        }
    }

    @Property(tries = 20)
    void everyPieceArrivesOnceAndInOrder(
            @ForAll @IntRange(min = 0, max = 500) int count, @ForAll @IntRange(min = 1, max = 10) int ahead)
            throws Exception {
        Pieces<Integer> pieces = new Pieces<>();
        Reader reader = new Reader(ahead);
        Thread writer = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < count; i++) {
                pieces.offer(i);
            }
            pieces.complete();
        });

        pieces.subscribe(reader);

        assertThat(reader.complete.await(30, TimeUnit.SECONDS)).isTrue();
        writer.join();
        assertThat(reader.seen).hasSize(count).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void nothingIsGivenThatWasNotAskedFor() {
        Pieces<Integer> pieces = new Pieces<>();
        Reader reader = new Reader(0);
        pieces.subscribe(reader);
        pieces.offer(1);
        pieces.offer(2);
        pieces.complete();

        reader.subscription.request(1);
        assertThat(reader.seen).containsExactly(1);
        assertThat(reader.complete.getCount()).isEqualTo(1);
        reader.subscription.request(1);

        assertThat(reader.seen).containsExactly(1, 2);
        assertThat(reader.complete.getCount()).isZero();
    }

    @Test
    void whoHasGoneHoldsNobodyUp() {
        Pieces<Integer> pieces = new Pieces<>();
        Reader reader = new Reader(0);
        pieces.subscribe(reader);

        reader.subscription.cancel();
        for (int i = 0; i < 1000; i++) {
            pieces.offer(i);
        }

        assertThat(reader.seen).isEmpty();
    }
}
