package io.pileus.sns.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pileus.sns.filter.FilterPolicy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message's body as JSON, parsed when the first filter policy asks for it. */
final class BodyJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final String text;
    private @Nullable Optional<JsonNode> parsed;

    BodyJson(String text) {
        this.text = text;
    }

    /** The body, if the policy looks at it and it is JSON. */
    Optional<JsonNode> parsed(FilterPolicy policy) {
        if (policy.scope() != FilterPolicy.Scope.MESSAGE_BODY) {
            return Optional.empty();
        }
        if (parsed == null) {
            parsed = parse(text);
        }
        return parsed;
    }

    private static Optional<JsonNode> parse(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text)).filter(JsonNode::isContainerNode);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
