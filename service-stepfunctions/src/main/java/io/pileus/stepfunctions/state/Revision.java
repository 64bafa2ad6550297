package io.pileus.stepfunctions.state;

import io.pileus.stepfunctions.asl.Definition;
import io.pileus.stepfunctions.model.EncryptionConfiguration;
import io.pileus.stepfunctions.model.LoggingConfiguration;
import io.pileus.stepfunctions.model.TracingConfiguration;
import java.time.Instant;

/** What a state machine was from one update to the next. */
public record Revision(
        String revisionId,
        String definitionText,
        Definition definition,
        String roleArn,
        LoggingConfiguration logging,
        TracingConfiguration tracing,
        EncryptionConfiguration encryption,
        Instant updatedAt) {}
