package io.pileus.s3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The look of a bucket's policy: S3 has other words than IAM for elements that are missing, unknown or wrong. What is left
 * after this the policy's own parser judges.
 */
final class PolicyShape {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> FIELDS = Set.of("Version", "Id", "Statement");
    private static final Set<String> STATEMENT_FIELDS = Set.of(
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition");
    private static final Set<String> PRINCIPALS = Set.of("AWS", "Service", "Federated", "CanonicalUser");
    private static final String ACCOUNT = "\\d{12}";
    private static final String ARN = "arn:aws[a-z-]*:(iam|sts)::" + ACCOUNT + ":.+";
    private static final String UNIQUE_ID = "A[A-Z0-9]{15,}";

    private PolicyShape() {}

    static void check(String text) {
        JsonNode policy = parse(text);
        checkFields(policy, FIELDS);
        JsonNode statements = require(policy, "Statement");
        if (statements.isArray() && statements.isEmpty()) {
            throw S3Errors.malformedPolicy("Could not parse the policy: Statement is empty!");
        }
        for (JsonNode statement : statements.isArray() ? statements : List.of(statements)) {
            checkStatement(statement);
        }
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw S3Errors.malformedPolicy("This policy contains invalid Json");
        }
    }

    private static void checkFields(JsonNode object, Set<String> known) {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw S3Errors.malformedPolicy("Unknown field " + name);
            }
        }
    }

    /** The field, or its negation. */
    private static JsonNode require(JsonNode object, String name) {
        JsonNode field = object.has(name) ? object.get(name) : object.get("Not" + name);
        if (field == null) {
            throw S3Errors.malformedPolicy("Missing required field " + name);
        }
        return field;
    }

    private static void checkStatement(JsonNode statement) {
        checkFields(statement, STATEMENT_FIELDS);
        JsonNode principal = require(statement, "Principal");
        String effect = require(statement, "Effect").asText();
        if (!effect.equals("Allow") && !effect.equals("Deny")) {
            throw S3Errors.malformedPolicy("Invalid effect: " + effect);
        }
        require(statement, "Action");
        require(statement, "Resource");
        for (Map.Entry<String, JsonNode> member : principal.properties()) {
            for (JsonNode value : member.getValue().isArray() ? member.getValue() : List.of(member.getValue())) {
                checkPrincipal(member.getKey(), value.asText());
            }
        }
    }

    private static void checkPrincipal(String type, String value) {
        boolean known = PRINCIPALS.contains(type);
        boolean wellFormed = !type.equals("AWS")
                || value.equals("*")
                || value.matches(ACCOUNT)
                || value.matches(ARN)
                || value.matches(UNIQUE_ID);
        if (!known || !wellFormed) {
            throw S3Errors.malformedPolicy("Invalid principal in policy")
                    .with("Detail", "\"" + type + "\" : \"" + value + "\"");
        }
    }
}
