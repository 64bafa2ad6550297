package io.pileus.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestLogTest {

    @Test
    void onlyTheLastRequestsAreRemembered() {
        RequestLog log = new RequestLog(3);
        for (int i = 0; i < 5; i++) {
            log.add(
                    new RequestLog.Entry(
                            log.nextNumber(),
                            Instant.EPOCH,
                            "r" + i,
                            "sqs",
                            "Op",
                            "",
                            "",
                            200,
                            Duration.ZERO,
                            "",
                            "",
                            "",
                            false,
                            Optional.empty()),
                    null);
        }

        assertThat(log.newestFirst()).extracting(RequestLog.Entry::requestId).containsExactly("r4", "r3", "r2");
        assertThat(log.count()).isEqualTo(5);
        log.clear();
        assertThat(log.newestFirst()).isEmpty();
    }
}
