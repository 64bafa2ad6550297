package io.pileus.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.pileus.core.port.Delivery;
import io.pileus.sqs.state.JsonText;
import io.pileus.sqs.state.Queue;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/**
 * A queue's access policy, as far as it decides whether another service may send a message: principals, the action
 * SQS:SendMessage, the resource, and conditions on who the source is. A condition that is not known here does not hold, so
 * that nothing is allowed by mistake.
 */
final class QueuePolicy {
    private final JsonNode policy;

    private QueuePolicy(JsonNode policy) {
        this.policy = policy;
    }

    static QueuePolicy parse(String json) {
        return new QueuePolicy(JsonText.object(json).orElse(JsonNodeFactory.instance.objectNode()));
    }

    boolean allowsSending(Delivery delivery, Queue queue) {
        boolean allowed = false;
        for (JsonNode statement : each(policy.path("Statement"))) {
            if (appliesTo(statement, delivery, queue)) {
                if (statement.path("Effect").asText().equals("Deny")) {
                    return false;
                }
                allowed = true;
            }
        }
        return allowed;
    }

    private static boolean appliesTo(JsonNode statement, Delivery delivery, Queue queue) {
        return namesPrincipal(statement.path("Principal"), delivery)
                && anyMatches(statement.path("Action"), "sqs:sendmessage", true)
                && (statement.path("Resource").isMissingNode()
                        || anyMatches(statement.path("Resource"), queue.arn().toString(), false))
                && holds(statement.path("Condition"), delivery);
    }

    private static boolean namesPrincipal(JsonNode principal, Delivery delivery) {
        if (principal.isTextual()) {
            return principal.asText().equals("*");
        }
        String caller = delivery.sender().principalArn();
        String account = delivery.sender().account().id();
        if (delivery.sender().serviceName().isPresent()) {
            return anyMatches(principal.path("Service"), caller, true) || anyIs(principal.path("AWS"), "*");
        }
        return anyIs(principal.path("AWS"), "*")
                || anyIs(principal.path("AWS"), account)
                || anyIs(principal.path("AWS"), "arn:aws:iam::" + account + ":root")
                || anyIs(principal.path("AWS"), caller);
    }

    private static boolean holds(JsonNode condition, Delivery delivery) {
        for (Map.Entry<String, JsonNode> operator : condition.properties()) {
            for (Map.Entry<String, JsonNode> test : operator.getValue().properties()) {
                if (!holds(operator.getKey(), test.getKey(), test.getValue(), delivery)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean holds(String operator, String key, JsonNode wanted, Delivery delivery) {
        String actual = switch (key.toLowerCase(Locale.ROOT)) {
            case "aws:sourcearn" -> delivery.source().toString();
            case "aws:sourceaccount", "aws:sourceowner" ->
                delivery.source().account().isEmpty()
                        ? delivery.sender().account().id()
                        : delivery.source().account();
            case "aws:principalarn" -> delivery.sender().principalArn();
            case "aws:principalaccount" -> delivery.sender().account().id();
            case "aws:securetransport" -> "true";
            case "aws:principalisawsservice" ->
                Boolean.toString(delivery.sender().serviceName().isPresent());
            default -> "";
        };
        return switch (operator) {
            case "StringEquals", "Bool" -> !actual.isEmpty() && anyIs(wanted, actual);
            case "StringEqualsIgnoreCase" -> !actual.isEmpty() && anyMatches(wanted, actual, true);
            case "ArnEquals", "ArnLike", "StringLike" -> !actual.isEmpty() && anyMatches(wanted, actual, false);
            case "StringNotEquals" -> !anyIs(wanted, actual);
            case "ArnNotEquals", "ArnNotLike", "StringNotLike" -> !anyMatches(wanted, actual, false);
            default -> false;
        };
    }

    private static boolean anyIs(JsonNode values, String text) {
        for (JsonNode value : each(values)) {
            if (value.asText().equals(text)) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyMatches(JsonNode patterns, String text, boolean ignoringCase) {
        for (JsonNode pattern : each(patterns)) {
            String form = ignoringCase ? pattern.asText().toLowerCase(Locale.ROOT) : pattern.asText();
            if (matches(form, ignoringCase ? text.toLowerCase(Locale.ROOT) : text)) {
                return true;
            }
        }
        return false;
    }

    private static Iterable<JsonNode> each(JsonNode oneOrMany) {
        if (oneOrMany.isMissingNode() || oneOrMany.isNull()) {
            return java.util.List.of();
        }
        if (!oneOrMany.isArray()) {
            return java.util.List.of(oneOrMany);
        }
        Iterator<JsonNode> elements = oneOrMany.elements();
        return () -> elements;
    }

    /** {@code *} stands for any characters, {@code ?} for one; in linear memory and without backtracking over more than one star. */
    private static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int afterStar = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                afterStar = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++afterStar;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
