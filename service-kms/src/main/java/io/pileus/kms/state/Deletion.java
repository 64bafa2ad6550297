package io.pileus.kms.state;

import java.time.Duration;
import java.time.Instant;

/** Whether and when a key will be deleted. */
public sealed interface Deletion {

    /** It will not. */
    record NotScheduled() implements Deletion {}

    /** It will, at this instant. */
    record Scheduled(Instant deletionDate) implements Deletion {}

    /** A multi-Region primary key that waits for its replicas to be deleted; only then does its own waiting period begin. */
    record AfterReplicas(Duration waitingPeriod) implements Deletion {}

    /** It is gone. */
    record Deleted(Instant at) implements Deletion {}

    Deletion NOT_SCHEDULED = new NotScheduled();
}
