package io.pileus.stepfunctions.state;

import io.pileus.stepfunctions.model.EncryptionConfiguration;
import io.pileus.stepfunctions.model.LoggingConfiguration;
import io.pileus.stepfunctions.model.TracingConfiguration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A state machine as it is saved.
 *
 * @param current the id of the current revision
 * @param revisions the current one, and those of the versions and of executions
 */
public record SavedMachine(
        String arn,
        String name,
        boolean express,
        Instant createdAt,
        String current,
        List<Revised> revisions,
        List<Versioned> versions,
        List<StateMachine.Alias> aliases,
        Map<String, String> tags,
        int lastVersion,
        boolean deleting) {

    /** A revision without the definition that its text spells. */
    public record Revised(
            String revisionId,
            String definitionText,
            String roleArn,
            LoggingConfiguration logging,
            TracingConfiguration tracing,
            EncryptionConfiguration encryption,
            Instant updatedAt) {}

    /** A version, with its revision's id. */
    public record Versioned(
            int number, String revisionId, @Nullable String description, Instant createdAt) {}
}
