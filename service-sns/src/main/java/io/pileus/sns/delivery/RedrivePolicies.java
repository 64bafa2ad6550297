package io.pileus.sns.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pileus.core.identity.Arn;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A subscription's redrive policy: {@code {"deadLetterTargetArn": "arn:aws:sqs:…"}}. */
public final class RedrivePolicies {
    private static final JsonMapper JSON = new JsonMapper();

    private RedrivePolicies() {}

    /** The queue that takes what cannot be delivered; empty when the policy names none or is malformed. */
    public static Optional<Arn> deadLetterTarget(@Nullable String policy) {
        if (policy == null || policy.isBlank()) {
            return Optional.empty();
        }
        try {
            return Arn.parse(JSON.readTree(policy).path("deadLetterTargetArn").asText())
                    .filter(arn -> arn.service().equals("sqs"));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
