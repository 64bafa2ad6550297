package io.pileus.client;

import java.time.Instant;
import java.util.Optional;

/**
 * What time it is in the emulator.
 *
 * @param mode {@code real}, {@code manual} or {@code scaled}
 * @param scale how fast time runs; 0 in manual mode
 * @param pending how many things wait for their time
 * @param nextDue when the next of them falls due
 * @param settled whether all that fell due in a change has ended; true when there was no change
 */
public record ClockState(
        Instant now, String mode, double scale, long pending, Optional<Instant> nextDue, boolean settled) {

    static ClockState of(Node node) {
        String nextDue = node.text("nextDue");
        return new ClockState(
                Instant.parse(node.text("now")),
                node.text("mode"),
                node.decimal("scale"),
                node.number("pending"),
                nextDue.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(nextDue)),
                !node.fields().containsKey("settled") || node.flag("settled"));
    }
}
