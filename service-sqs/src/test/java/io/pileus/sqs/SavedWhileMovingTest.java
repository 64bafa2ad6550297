package io.pileus.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.testkit.SavedStates;
import io.pileus.sqs.model.StartMessageMoveTaskRequest;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages that go from queue to queue while all queues are saved. */
@Timeout(60)
class SavedWhileMovingTest {
    private static final int MESSAGES = 300;
    private static final int SAVES = 150;
    private static final Pattern BODY = Pattern.compile("\"body\":\"(m\\d+)\"");

    private final Sqs sqs = Sqs.fresh();
    private final String dead = sqs.queue("dead");
    private final String source = sqs.withDeadLetters("source", dead, 1, "VisibilityTimeout", "0");
    private final AtomicBoolean end = new AtomicBoolean();

    /** To the dead letters and back, again and again; nothing is ever deleted. */
    private void move() {
        while (!end.get()) {
            sqs.receive(source);
            sqs.receive(source);
            sqs.service.startMessageMoveTask(
                    StartMessageMoveTaskRequest.builder()
                            .sourceArn(sqs.arn(dead))
                            .build(),
                    sqs.call());
            sqs.env.settle();
        }
    }

    private static Set<String> bodies(SavedStates saved) {
        Set<String> bodies = new HashSet<>();
        Matcher matcher = BODY.matcher(saved.text().toString());
        while (matcher.find()) {
            bodies.add(matcher.group(1));
        }
        return bodies;
    }

    @Test
    void noMessageIsMissingInAnySave() throws Exception {
        for (int i = 0; i < MESSAGES; i++) {
            sqs.send(source, "m" + i);
        }
        SavedStates saved = SavedStates.of(sqs.service);
        try (ExecutorService mover = Executors.newSingleThreadExecutor()) {
            Future<?> moving = mover.submit(this::move);
            try {
                for (int i = 0; i < SAVES; i++) {
                    saved.saveAgain(sqs.service);
                    assertThat(bodies(saved)).as("save " + i).hasSize(MESSAGES);
                }
            } finally {
                end.set(true);
            }
            moving.get();
        }

        saved.saveAgain(sqs.service);
        assertThat(saved.text().keySet().stream().filter(key -> key.startsWith("message")))
                .as("each once, when nothing moves")
                .hasSize(MESSAGES);
    }
}
