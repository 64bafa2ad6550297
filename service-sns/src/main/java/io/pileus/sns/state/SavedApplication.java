package io.pileus.sns.state;

import java.util.Map;

/** A platform application as it is saved, without its endpoints. */
public record SavedApplication(String arn, String platform, Map<String, String> attributes) {}
