package io.pileus.kms.state;

import java.time.Instant;

/** The last successful cryptographic operation with a key. */
public record LastUsage(String operation, Instant timestamp, String requestId) {}
