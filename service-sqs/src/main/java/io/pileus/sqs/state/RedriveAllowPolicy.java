package io.pileus.sqs.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.identity.Arn;
import io.pileus.sqs.SqsErrors;
import io.pileus.sqs.SqsLimits;
import java.util.ArrayList;
import java.util.List;

/** The queue attribute RedriveAllowPolicy: which queues may name this one as their dead-letter queue. */
public sealed interface RedriveAllowPolicy {

    /** Whether the queue may send its dead letters here. */
    boolean allows(Arn sourceQueue);

    /** Any queue of the account and region. */
    record AllowAll() implements RedriveAllowPolicy {
        @Override
        public boolean allows(Arn sourceQueue) {
            return true;
        }
    }

    /** None. */
    record DenyAll() implements RedriveAllowPolicy {
        @Override
        public boolean allows(Arn sourceQueue) {
            return false;
        }
    }

    /** Those that are named, up to ten. */
    record ByQueue(List<Arn> sourceQueues) implements RedriveAllowPolicy {
        public ByQueue {
            sourceQueues = List.copyOf(sourceQueues);
        }

        @Override
        public boolean allows(Arn sourceQueue) {
            return sourceQueues.contains(sourceQueue);
        }
    }

    /** @throws io.pileus.core.service.AwsException InvalidParameterValue where the text is no such policy */
    static RedriveAllowPolicy parse(String json) {
        JsonNode policy =
                JsonText.object(json).orElseThrow(() -> invalid(json, "Redrive allow policy is not a valid JSON map."));
        String permission = policy.path("redrivePermission").asText();
        JsonNode sources = policy.path("sourceQueueArns");
        if (!permission.equals("byQueue") && !sources.isMissingNode()) {
            throw invalid(json, "sourceQueueArns can only be specified when redrivePermission is byQueue.");
        }
        return switch (permission) {
            case "allowAll" -> new AllowAll();
            case "denyAll" -> new DenyAll();
            case "byQueue" -> new ByQueue(sourceQueues(json, sources));
            default ->
                throw invalid(
                        json, "redrivePermission must be one of the following values: allowAll, denyAll, byQueue.");
        };
    }

    private static List<Arn> sourceQueues(String json, JsonNode sources) {
        if (!sources.isArray() || sources.isEmpty() || sources.size() > SqsLimits.ALLOWED_SOURCE_QUEUES) {
            throw invalid(json, "sourceQueueArns must contain between 1 and 10 queue ARNs.");
        }
        List<Arn> arns = new ArrayList<>();
        for (JsonNode source : sources) {
            arns.add(Arn.parse(source.asText())
                    .filter(arn -> arn.service().equals("sqs"))
                    .orElseThrow(() -> invalid(json, "sourceQueueArns must contain only queue ARNs.")));
        }
        return arns;
    }

    private static RuntimeException invalid(String json, String reason) {
        return SqsErrors.invalidParameter(json, "RedriveAllowPolicy", reason);
    }
}
