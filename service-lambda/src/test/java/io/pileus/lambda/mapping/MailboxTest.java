package io.pileus.lambda.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private static final int POSTERS = 8;
    private static final int POSTS = 5_000;

    /** Counts without any synchronization: only one task at a time keeps the count right. */
    private int count;

    @Test
    void tasksOfManyThreadsRunOneAtATime() throws InterruptedException {
        try (ExecutorService workers = Executors.newFixedThreadPool(4);
                ExecutorService posters = Executors.newFixedThreadPool(POSTERS)) {
            Mailbox mailbox = new Mailbox(workers);
            CountDownLatch done = new CountDownLatch(POSTERS * POSTS);
            for (int i = 0; i < POSTERS; i++) {
                posters.execute(() -> {
                    for (int n = 0; n < POSTS; n++) {
                        mailbox.post(() -> {
                            count++;
                            done.countDown();
                        });
                    }
                });
            }
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(count).isEqualTo(POSTERS * POSTS);
    }

    @Test
    void aTaskThatIsPostedByATaskRunsAfterIt() {
        List<String> order = new ArrayList<>();
        Mailbox mailbox = new Mailbox(Runnable::run);

        mailbox.post(() -> {
            mailbox.post(() -> order.add("second"));
            order.add("first");
        });

        assertThat(order).containsExactly("first", "second");
    }

    @Test
    void aTaskThatFailsDoesNotStopTheOthers() {
        List<String> order = new ArrayList<>();
        Mailbox mailbox = new Mailbox(Runnable::run);

        mailbox.post(() -> {
            mailbox.post(() -> order.add("next"));
            throw new IllegalStateException("a bug");
        });

        assertThat(order).containsExactly("next");
    }

    @Test
    void nobodyIsHarmedByAPoolThatHasEnded() {
        List<String> order = new ArrayList<>();
        Mailbox mailbox = new Mailbox(task -> {
            throw new RejectedExecutionException();
        });

        mailbox.post(() -> order.add("never"));

        assertThat(order).isEmpty();
    }
}
