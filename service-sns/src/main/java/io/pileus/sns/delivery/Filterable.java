package io.pileus.sns.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pileus.sns.filter.FilterPolicy;
import io.pileus.sns.filter.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message as filter policies see it: its attributes and its body as JSON, each made when the first policy asks for it. */
public final class Filterable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final Message message;
    private @Nullable Map<String, List<Value>> attributes;
    private @Nullable Optional<JsonNode> body;

    Filterable(Message message) {
        this.message = message;
    }

    /** The attributes as values. */
    public Map<String, List<Value>> attributes() {
        if (attributes == null) {
            attributes = AttributeValues.of(message.attributes());
        }
        return attributes;
    }

    /** Why the policy filters the message out; empty when it accepts it. */
    Optional<String> refusal(FilterPolicy policy) {
        return policy.scope() == FilterPolicy.Scope.MESSAGE_BODY
                ? policy.refusal(Map.of(), body())
                : policy.refusal(attributes(), Optional.empty());
    }

    private Optional<JsonNode> body() {
        if (body == null) {
            body = parse(message.text());
        }
        return body;
    }

    private static Optional<JsonNode> parse(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text)).filter(JsonNode::isContainerNode);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
