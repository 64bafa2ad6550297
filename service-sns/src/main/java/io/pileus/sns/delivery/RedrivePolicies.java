package io.pileus.sns.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.pileus.core.identity.Arn;
import io.pileus.core.shape.JsonTrees;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A subscription's redrive policy: {@code {"deadLetterTargetArn": "arn:aws:sqs:…"}}. */
public final class RedrivePolicies {

    private RedrivePolicies() {}

    /** The queue that takes what cannot be delivered; empty when the policy names none or is malformed. */
    public static Optional<Arn> deadLetterTarget(@Nullable String policy) {
        if (policy == null || policy.isBlank()) {
            return Optional.empty();
        }
        try {
            return Arn.parse(JsonTrees.mapper()
                            .readTree(policy)
                            .path("deadLetterTargetArn")
                            .asText())
                    .filter(arn -> arn.service().equals("sqs"));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
