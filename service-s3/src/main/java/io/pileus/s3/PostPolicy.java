package io.pileus.s3;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The policy that a form carries: what may be uploaded with it, and until when.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html">POST policy</a>
 */
final class PostPolicy {
    /** Fields that a policy need not mention. */
    private static final Set<String> FREE =
            Set.of("policy", "x-amz-signature", "signature", "awsaccesskeyid", "file", "submit");

    private final JsonNode document;

    private PostPolicy(JsonNode document) {
        this.document = document;
    }

    static PostPolicy parse(String base64) {
        try {
            String json = new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
            JsonNode document = JsonMapper.builder().build().readTree(json);
            if (!document.isObject()
                    || !document.path("expiration").isTextual()
                    || !document.path("conditions").isArray()) {
                throw invalid(
                        document.path("expiration").isTextual()
                                ? "Policy missing conditions."
                                : "Policy missing expiration.");
            }
            return new PostPolicy(document);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw invalid("Invalid JSON.");
        }
    }

    private static S3Error invalid(String why) {
        return new S3Error("InvalidPolicyDocument", 400, "Invalid Policy: " + why);
    }

    private static S3Error denied(String why) {
        return S3Errors.accessDenied("Invalid according to Policy: " + why);
    }

    /** Refuses what the policy does not allow. */
    void check(Map<String, String> fields, String bucket, long size, Instant now) {
        Instant expiration;
        try {
            expiration = Instant.parse(document.path("expiration").asText());
        } catch (DateTimeException e) {
            throw invalid("Invalid 'expiration' value: '"
                    + document.path("expiration").asText() + "'");
        }
        if (!now.isBefore(expiration)) {
            throw denied("Policy expired.");
        }
        Set<String> mentioned = new HashSet<>();
        for (JsonNode condition : document.path("conditions")) {
            check(condition, fields, bucket, size, mentioned);
        }
        for (String field : fields.keySet()) {
            if (!FREE.contains(field) && !field.startsWith("x-ignore-") && !mentioned.contains(field)) {
                throw denied("Extra input fields: " + field);
            }
        }
    }

    private static void check(
            JsonNode condition, Map<String, String> fields, String bucket, long size, Set<String> mentioned) {
        if (condition.isObject()) {
            condition.properties().forEach(e -> {
                String name = e.getKey().toLowerCase(Locale.ROOT);
                mentioned.add(name);
                if (!e.getValue().asText().equals(value(fields, name, bucket))) {
                    throw denied("Policy Condition failed: [\"eq\", \"$" + e.getKey() + "\", \""
                            + e.getValue().asText() + "\"]");
                }
            });
            return;
        }
        if (!condition.isArray() || condition.size() != 3) {
            throw invalid("Invalid Condition");
        }
        String operator = condition.get(0).asText().toLowerCase(Locale.ROOT);
        if (operator.equals("content-length-range")) {
            checkSize(size, condition.get(1).asLong(), condition.get(2).asLong());
            return;
        }
        String name = condition.get(1).asText();
        String field = (name.startsWith("$") ? name.substring(1) : name).toLowerCase(Locale.ROOT);
        String expected = condition.get(2).asText();
        String actual = value(fields, field, bucket);
        mentioned.add(field);
        boolean holds = switch (operator) {
            case "eq" -> expected.equals(actual);
            case "starts-with" -> actual != null ? actual.startsWith(expected) : expected.isEmpty();
            default -> throw invalid("Invalid Condition: unknown operation '" + operator + "'.");
        };
        if (!holds) {
            throw denied("Policy Condition failed: [\"" + operator + "\", \"" + name + "\", \"" + expected + "\"]");
        }
    }

    private static @Nullable String value(Map<String, String> fields, String name, String bucket) {
        return name.equals("bucket") ? bucket : fields.get(name);
    }

    private static void checkSize(long size, long min, long max) {
        if (size < min) {
            throw new S3Error("EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size")
                    .with("ProposedSize", size)
                    .with("MinSizeAllowed", min);
        }
        if (size > max) {
            throw S3Errors.entityTooLarge(size, max);
        }
    }
}
