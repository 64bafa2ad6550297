package io.pileus.cognito.idp.triggers;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * The shape of what a trigger answers. A number or a truth value passes for a text, and the words true and false for a truth
 * value; null and what is absent say nothing, and names that mean nothing are passed over.
 */
interface AnswerShape {
    AnswerShape FLAG =
            value -> value.isBoolean() || value.isTextual() && value.asText().matches("(?i)true|false");
    AnswerShape TEXT = JsonNode::isValueNode;
    AnswerShape TEXTS = listOf(TEXT);
    AnswerShape TEXT_MAP = mapOf(TEXT);

    /** Of pre token generation: version 1 gives claims that are texts, the others claims of any kind. */
    Map<String, AnswerShape> TOKENS = tokens();

    boolean fits(JsonNode value);

    /** Whether there is nothing, or something of this shape. */
    default boolean allows(JsonNode value) {
        return value.isMissingNode() || value.isNull() || fits(value);
    }

    static AnswerShape listOf(AnswerShape item) {
        return value -> value.isArray() && value.valueStream().allMatch(item::allows);
    }

    static AnswerShape mapOf(AnswerShape entry) {
        return value -> value.isObject() && value.valueStream().allMatch(entry::allows);
    }

    static AnswerShape object(Map<String, AnswerShape> members) {
        return value -> value.isObject()
                && members.entrySet().stream()
                        .allMatch(member -> member.getValue().allows(value.path(member.getKey())));
    }

    private static Map<String, AnswerShape> tokens() {
        AnswerShape groups =
                object(Map.of("groupsToOverride", TEXTS, "iamRolesToOverride", TEXTS, "preferredRole", TEXT));
        AnswerShape token = object(Map.of(
                "claimsToAddOrOverride", mapOf(value -> true),
                "claimsToSuppress", TEXTS,
                "scopesToAdd", TEXTS,
                "scopesToSuppress", TEXTS));
        return Map.of(
                "claimsOverrideDetails",
                        object(Map.of(
                                "claimsToAddOrOverride", TEXT_MAP,
                                "claimsToSuppress", TEXTS,
                                "groupOverrideDetails", groups)),
                "claimsAndScopeOverrideDetails",
                        object(Map.of(
                                "idTokenGeneration", token,
                                "accessTokenGeneration", token,
                                "groupOverrideDetails", groups)));
    }
}
