package io.pileus.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.stepfunctions.model.CreateActivityInput;
import io.pileus.stepfunctions.model.GetActivityTaskInput;
import io.pileus.stepfunctions.model.SendTaskSuccessInput;
import io.pileus.stepfunctions.model.StopExecutionInput;
import io.pileus.stepfunctions.model.TaskTimedOutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
    private static final int THREADS = 8;

    private final Machines sfn = new Machines();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private <T> List<T> together(java.util.concurrent.Callable<T> work) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(THREADS);
        List<Future<T>> futures = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            futures.add(threads.submit(() -> {
                barrier.await();
                return work.call();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> future : futures) {
            results.add(future.get(30, TimeUnit.SECONDS));
        }
        return results;
    }

    @Test
    void aTokenIsTakenOnceHoweverManySendIt() throws Exception {
        String activity = sfn.service
                .createActivity(CreateActivityInput.builder().name("a").build(), sfn.call())
                .activityArn();
        String machine = sfn.create("{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"Resource\":\"" + activity
                + "\",\"End\":true}}}");
        for (int round = 0; round < 50; round++) {
            String execution = sfn.start(machine, "{}");
            String token = sfn.service
                    .getActivityTask(
                            GetActivityTaskInput.builder().activityArn(activity).build(), sfn.call())
                    .toCompletableFuture()
                    .join()
                    .taskToken();
            List<Boolean> taken = together(() -> {
                try {
                    sfn.service.sendTaskSuccess(
                            SendTaskSuccessInput.builder()
                                    .taskToken(token)
                                    .output("1")
                                    .build(),
                            sfn.call());
                    return true;
                } catch (TaskTimedOutException e) {
                    return false;
                }
            });

            assertThat(taken).filteredOn(t -> t).hasSize(1);
            assertThat(sfn.types(execution))
                    .filteredOn("ActivitySucceeded"::equals)
                    .hasSize(1);
        }
    }

    @Test
    void stoppingAndFinishingAtTheSameTimeEndsOnce() throws Exception {
        String activity = sfn.service
                .createActivity(CreateActivityInput.builder().name("a").build(), sfn.call())
                .activityArn();
        String machine = sfn.create("{\"StartAt\":\"T\",\"States\":{\"T\":{\"Type\":\"Task\",\"Resource\":\"" + activity
                + "\",\"End\":true}}}");
        for (int round = 0; round < 50; round++) {
            String execution = sfn.start(machine, "{}");
            String token = sfn.service
                    .getActivityTask(
                            GetActivityTaskInput.builder().activityArn(activity).build(), sfn.call())
                    .toCompletableFuture()
                    .join()
                    .taskToken();
            java.util.concurrent.atomic.AtomicInteger turn = new java.util.concurrent.atomic.AtomicInteger();
            together(() -> {
                if (turn.getAndIncrement() % 2 == 0) {
                    sfn.service.stopExecution(
                            StopExecutionInput.builder().executionArn(execution).build(), sfn.call());
                } else {
                    try {
                        sfn.service.sendTaskSuccess(
                                SendTaskSuccessInput.builder()
                                        .taskToken(token)
                                        .output("1")
                                        .build(),
                                sfn.call());
                    } catch (TaskTimedOutException e) {
                        // The execution was stopped first.
                    }
                }
                return null;
            });

            assertThat(sfn.types(execution))
                    .filteredOn(t -> t.equals("ExecutionAborted") || t.equals("ExecutionSucceeded"))
                    .hasSize(1);
        }
    }

    @Test
    void aThousandExecutionsOfFiveStatesRunOnManyThreads() throws Exception {
        StringBuilder states = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            states.append(i == 0 ? "" : ",")
                    .append("\"S" + i + "\":{\"Type\":\"Pass\",")
                    .append(i < 4 ? "\"Next\":\"S" + (i + 1) + "\"}" : "\"End\":true}");
        }
        String machine = sfn.create("{\"StartAt\":\"S0\",\"States\":{" + states + "}}");
        List<List<String>> started = together(() -> {
            List<String> mine = new ArrayList<>();
            for (int i = 0; i < 125; i++) {
                mine.add(sfn.start(machine, "{}"));
            }
            return mine;
        });

        assertThat(started.stream().flatMap(List::stream))
                .hasSize(1000)
                .allSatisfy(e -> assertThat(sfn.types(e)).hasSize(12));
    }
}
