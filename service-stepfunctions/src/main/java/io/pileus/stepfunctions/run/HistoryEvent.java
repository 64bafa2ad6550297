package io.pileus.stepfunctions.run;

import java.time.Instant;

/**
 * One event of an execution's history.
 *
 * @param id counts from 1
 * @param previousEventId the event before it in its branch; 0 for none
 * @param type AWS's name, such as {@code TaskStateEntered}
 */
public record HistoryEvent(long id, long previousEventId, Instant timestamp, String type, EventDetails details) {}
