package io.pileus.stepfunctions.state;

import io.pileus.stepfunctions.asl.Definition;
import io.pileus.stepfunctions.model.EncryptionConfiguration;
import io.pileus.stepfunctions.model.LoggingConfiguration;
import io.pileus.stepfunctions.model.TracingConfiguration;
import java.time.Instant;
import java.util.Optional;

/** What a state machine was from one update to the next. */
public record Revision(
        String revisionId,
        String definitionText,
        Definition definition,
        String roleArn,
        LoggingConfiguration logging,
        TracingConfiguration tracing,
        EncryptionConfiguration encryption,
        Instant updatedAt) {

    /** What AWS calls the revision of a machine that was never updated, where it is to be named. */
    public static final String INITIAL = "INITIAL";

    /**
     * The id of a revision as descriptions show it: they do not name the first one (the acceptance tests of Terraform's
     * provider find none).
     */
    public static Optional<String> shown(String revisionId) {
        return Optional.of(revisionId).filter(id -> !id.equals(INITIAL));
    }

    /** Whether an update to this changes anything. */
    public boolean same(Revision other) {
        return definitionText.equals(other.definitionText)
                && roleArn.equals(other.roleArn)
                && logging.equals(other.logging)
                && tracing.equals(other.tracing)
                && encryption.equals(other.encryption);
    }
}
