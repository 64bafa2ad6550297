package io.pileus.cognito.idp.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class UsersConcurrencyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int THREADS = 8;

    private static <T> List<T> together(Callable<T> work) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                futures.add(pool.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }

    @Test
    void aNameIsGivenToOneOfManyWhoWantItAtOnce() throws Exception {
        Users users = new Users(false, List.of());
        List<Boolean> won = together(() ->
                users.add(new User.Draft("alice", "sub" + Thread.currentThread().threadId(), NOW)));
        assertThat(won).filteredOn(w -> w).hasSize(1);
        assertThat(users.size()).isEqualTo(1);
        assertThat(users.named("ALICE")).isPresent();
    }

    @Test
    void anAddressThatStandsForTheNameIsGivenToOneOfManyWhoWantItAtOnce() throws Exception {
        Users users = new Users(true, List.of("email"));
        List<Boolean> won = together(() -> {
            String sub = "sub" + Thread.currentThread().threadId();
            User.Draft draft = new User.Draft(sub, sub, NOW);
            draft.attributes.put("email", "a@example.com");
            return users.add(draft);
        });
        assertThat(won).filteredOn(w -> w).hasSize(1);
    }

    @Test
    void noChangeOfAUserIsLost() throws Exception {
        Users users = new Users(true, List.of());
        users.add(new User.Draft("alice", "sub", NOW));
        together(() -> {
            for (int i = 0; i < 200; i++) {
                users.note("alice", draft -> draft.failedSignIns = draft.failedSignIns.next(NOW));
            }
            return true;
        });
        assertThat(users.named("alice").orElseThrow().failedSignIns().count()).isEqualTo(THREADS * 200);
    }

    @Test
    void anIndexThatIsMadeWhileUsersComeAndGoMissesNone() throws Exception {
        Users users = new Users(true, List.of());
        together(() -> {
            String thread = "user" + Thread.currentThread().threadId() + "-";
            for (int i = 0; i < 200; i++) {
                String name = thread + i;
                User.Draft draft = new User.Draft(name, name, NOW);
                draft.attributes.put("family_name", "Lovelace");
                users.add(draft);
                if (i % 2 == 1) {
                    users.remove(name);
                } else if (i == 100) {
                    users.index("family_name");
                }
            }
            return true;
        });
        assertThat(users.index("family_name").equalTo("Lovelace"))
                .extracting(AttributeIndex.Entry::name)
                .containsExactlyElementsOf(users.names());
        assertThat(users.names()).hasSize(THREADS * 100);
    }

    @Test
    void indexesFollowWhatAUserBecomes() {
        Users users = new Users(true, List.of());
        User.Draft draft = new User.Draft("alice", "sub", NOW);
        draft.attributes.put("email", "a@example.com");
        users.add(draft);
        users.update("alice", NOW, d -> d.attributes.put("email", "b@example.com"));
        assertThat(users.with("email", "a@example.com")).isEmpty();
        assertThat(users.with("email", "b@example.com")).hasSize(1);
        users.remove("alice");
        assertThat(users.with("email", "b@example.com")).isEmpty();
        assertThat(users.withSub("sub")).isEmpty();
    }
}
