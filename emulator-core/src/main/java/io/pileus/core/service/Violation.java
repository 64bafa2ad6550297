package io.pileus.core.service;

/**
 * One constraint of the model that an input does not satisfy.
 *
 * @param path where, as AWS writes it: {@code entries.1.member.id}
 * @param member the name of the violated member in the model, such as {@code Id}
 * @param kind which constraint
 * @param message AWS's sentence: {@code Value '…' at 'entries.1.member.id' failed to satisfy constraint: …}
 */
public record Violation(String path, String member, Kind kind, String message) {

    /** The constraints that a model knows. */
    public enum Kind {
        REQUIRED,
        LENGTH,
        RANGE,
        PATTERN,
        ENUM,
        UNIQUE
    }
}
