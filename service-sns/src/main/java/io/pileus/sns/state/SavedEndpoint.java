package io.pileus.sns.state;

import java.util.Map;

/** A platform endpoint as it is saved. */
public record SavedEndpoint(String application, String arn, Map<String, String> attributes) {}
