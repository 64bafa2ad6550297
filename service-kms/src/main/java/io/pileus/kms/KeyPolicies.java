package io.pileus.kms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.shape.JsonTrees;
import java.nio.charset.StandardCharsets;

/** Key policies: the ones that AWS writes, and what it demands of those that users write. */
final class KeyPolicies {

    /** The one name that a key policy can have. */
    static final String DEFAULT_NAME = "default";

    /**
     * The policy of keys that are made without one through the API, in AWS's own layout.
     *
     * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html">Default key policy</a>
     */
    static String ofCustomerKey(AccountId account, Region region) {
        return """
                {
                  "Version" : "2012-10-17",
                  "Id" : "key-default-1",
                  "Statement" : [ {
                    "Sid" : "Enable IAM User Permissions",
                    "Effect" : "Allow",
                    "Principal" : {
                      "AWS" : "arn:%s:iam::%s:root"
                    },
                    "Action" : "kms:*",
                    "Resource" : "*"
                  } ]
                }""".formatted(region.partition(), account);
    }

    /** The policy of an AWS managed key: its service on behalf of the account's principals, and everyone there may look. */
    static String ofAwsService(String service, AccountId account, Region region) {
        return """
                {
                  "Version" : "2012-10-17",
                  "Id" : "auto-%1$s-1",
                  "Statement" : [ {
                    "Sid" : "Allow access through %1$s for all principals in the account that are authorized to use %1$s",
                    "Effect" : "Allow",
                    "Principal" : {
                      "AWS" : "*"
                    },
                    "Action" : [ "kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:CreateGrant", "kms:DescribeKey" ],
                    "Resource" : "*",
                    "Condition" : {
                      "StringEquals" : {
                        "kms:CallerAccount" : "%2$s",
                        "kms:ViaService" : "%1$s.%3$s.amazonaws.com"
                      }
                    }
                  }, {
                    "Sid" : "Allow direct access to key metadata to the account",
                    "Effect" : "Allow",
                    "Principal" : {
                      "AWS" : "arn:%4$s:iam::%2$s:root"
                    },
                    "Action" : [ "kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant" ],
                    "Resource" : "*"
                  } ]
                }""".formatted(service, account, region, region.partition());
    }

    /** Throws AWS's error unless the text is a policy whose statements have an effect and a principal. */
    void validate(String policy) {
        if (policy.getBytes(StandardCharsets.UTF_8).length > KmsLimits.POLICY_BYTES_MAX) {
            throw KmsErrors.policyTooLong();
        }
        JsonNode document;
        try {
            document = JsonTrees.mapper().readTree(policy);
        } catch (JsonProcessingException e) {
            throw KmsErrors.malformedPolicy("Policy is not valid JSON");
        }
        if (!document.isObject()) {
            throw KmsErrors.malformedPolicy("Policy is not valid JSON");
        }
        JsonNode version = document.get("Version");
        if (version != null
                && !version.asText().equals("2012-10-17")
                && !version.asText().equals("2008-10-17")) {
            throw KmsErrors.malformedPolicy("Policy has an invalid Version");
        }
        JsonNode statements = document.get("Statement");
        if (statements == null || (!statements.isObject() && !statements.isArray()) || statements.isEmpty()) {
            throw KmsErrors.malformedPolicy("Policy must contain at least one statement");
        }
        if (statements.isObject()) {
            validateStatement(statements);
        } else {
            statements.forEach(this::validateStatement);
        }
    }

    private void validateStatement(JsonNode statement) {
        String effect = statement.path("Effect").asText();
        if (!effect.equals("Allow") && !effect.equals("Deny")) {
            throw KmsErrors.malformedPolicy("Policy contains a statement with an invalid Effect");
        }
        JsonNode principal = statement.has("Principal") ? statement.get("Principal") : statement.get("NotPrincipal");
        if (principal == null || !isPrincipal(principal)) {
            throw KmsErrors.malformedPolicy("Policy contains a statement with one or more invalid principals.");
        }
    }

    private static boolean isPrincipal(JsonNode principal) {
        if (principal.isTextual()) {
            return principal.asText().equals("*");
        }
        if (!principal.isObject() || principal.isEmpty()) {
            return false;
        }
        for (var kind : principal.properties()) {
            if (!isPrincipalOf(kind.getKey(), kind.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPrincipalOf(String kind, JsonNode value) {
        if (value.isArray()) {
            for (JsonNode one : value) {
                if (!isPrincipalOf(kind, one)) {
                    return false;
                }
            }
            return !value.isEmpty();
        }
        if (!value.isTextual()) {
            return false;
        }
        String text = value.asText();
        return switch (kind) {
            case "AWS" ->
                text.equals("*")
                        || AccountId.isValid(text)
                        || (text.startsWith("arn:") && (text.contains(":iam::") || text.contains(":sts::")))
                        || text.matches("A(ID|RO)A[A-Z0-9]{10,124}"); // a deleted principal's unique id
            case "Service", "Federated", "CanonicalUser" -> !text.isBlank();
            default -> false;
        };
    }
}
