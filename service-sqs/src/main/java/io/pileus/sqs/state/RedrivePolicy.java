package io.pileus.sqs.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.identity.Arn;
import io.pileus.sqs.SqsErrors;
import io.pileus.sqs.SqsLimits;

/**
 * The queue attribute RedrivePolicy: after how many receives a message is moved, and where to.
 *
 * @param maxReceiveCount 1 to 1000
 */
public record RedrivePolicy(Arn deadLetterTargetArn, int maxReceiveCount) {

    /** @throws io.pileus.core.service.AwsException InvalidParameterValue where the text is no such policy */
    public static RedrivePolicy parse(String json) {
        JsonNode policy =
                JsonText.object(json).orElseThrow(() -> invalid(json, "Redrive policy is not a valid JSON map."));
        Arn target = Arn.parse(mandatory(json, policy, "deadLetterTargetArn").asText())
                .orElseThrow(() -> invalid(json, "Dead letter target does not exist."));
        JsonNode count = mandatory(json, policy, "maxReceiveCount");
        // AWS takes the number as a string, too
        int maxReceiveCount = count.isIntegralNumber() || count.isTextual() ? count.asInt(Integer.MIN_VALUE) : 0;
        if (maxReceiveCount < 1 || maxReceiveCount > SqsLimits.RECEIVE_COUNT) {
            throw invalid(
                    json,
                    "Invalid value for maxReceiveCount: " + count.asText()
                            + ", valid values are from 1 to 1000 both inclusive.");
        }
        return new RedrivePolicy(target, maxReceiveCount);
    }

    private static JsonNode mandatory(String json, JsonNode policy, String name) {
        JsonNode value = policy.get(name);
        if (value == null || value.isNull()) {
            throw invalid(json, "Redrive policy does not contain mandatory attribute: " + name + ".");
        }
        return value;
    }

    private static RuntimeException invalid(String json, String reason) {
        return SqsErrors.invalidParameter(json, "RedrivePolicy", reason);
    }
}
