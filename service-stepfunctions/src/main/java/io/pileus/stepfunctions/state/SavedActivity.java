package io.pileus.stepfunctions.state;

import io.pileus.stepfunctions.model.EncryptionConfiguration;
import java.time.Instant;
import java.util.Map;

/** An activity as it is saved; its tasks are those of executions. */
public record SavedActivity(
        String arn, String name, Instant createdAt, EncryptionConfiguration encryption, Map<String, String> tags) {}
