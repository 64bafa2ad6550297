package io.pileus.stepfunctions.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.stepfunctions.asl.Json;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Member names as SDK integrations write them: Pascal case of the SDK for Java's names, whatever the model's are. Keys of
 * maps are data and stay.
 */
final class Casing {
    /** Services whose models begin member names with a small letter. */
    private static final Set<String> LOWER = Set.of("sfn");

    /** Members that are maps of the user's keys, or texts that may be written as JSON. */
    private static final Set<String> MAPS = Set.of(
            "attributes",
            "messageattributes",
            "messagesystemattributes",
            "tags",
            "tagset",
            "userpooltags",
            "clientmetadata",
            "encryptioncontext",
            "metadata",
            "item",
            "key",
            "logins",
            "variablereferences",
            "headers",
            "authparameters",
            "challengeresponses",
            "input",
            "output",
            "definition");

    private Casing() {}

    /** Parameters with the model's names. */
    static JsonNode toModel(String service, JsonNode parameters) {
        return LOWER.contains(service) ? rename(parameters, Casing::lowerFirst) : parameters;
    }

    /** A result with the names of the SDK for Java, in Pascal case. */
    static JsonNode fromModel(JsonNode result) {
        return rename(result, Casing::pascal);
    }

    private static JsonNode rename(JsonNode node, UnaryOperator<String> name) {
        if (node.isObject()) {
            ObjectNode renamed = Json.object();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                boolean map = MAPS.contains(field.getKey().toLowerCase(Locale.ROOT));
                renamed.set(
                        name.apply(field.getKey()),
                        map && field.getValue().isObject() ? field.getValue() : rename(field.getValue(), name));
            }
            return renamed;
        }
        if (node.isArray()) {
            ArrayNode renamed = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> renamed.add(rename(element, name)));
            return renamed;
        }
        return node;
    }

    private static String lowerFirst(String name) {
        return name.isEmpty() ? name : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    /** {@code MD5OfBody} becomes {@code Md5OfBody}, {@code ETag} stays, {@code name} becomes {@code Name}. */
    static String pascal(String name) {
        int capitals = 0;
        while (capitals < name.length()
                && (Character.isUpperCase(name.charAt(capitals)) || Character.isDigit(name.charAt(capitals)))) {
            capitals++;
        }
        if (capitals <= 1) {
            return ServiceNames.capitalized(name);
        }
        int keep = capitals == name.length() ? capitals : capitals - 1;
        if (keep <= 1) {
            return name;
        }
        return name.charAt(0) + name.substring(1, keep).toLowerCase(Locale.ROOT) + name.substring(keep);
    }
}
