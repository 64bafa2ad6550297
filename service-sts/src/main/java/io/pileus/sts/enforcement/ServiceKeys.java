package io.pileus.sts.enforcement;

import io.pileus.core.policy.RequestContext;
import io.pileus.core.service.CallContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Condition keys that a service reads from its input. */
final class ServiceKeys {
    private static final Map<String, Map<String, String>> MEMBERS = Map.of(
            "sns", Map.of("Protocol", "sns:Protocol", "Endpoint", "sns:Endpoint"),
            "kms",
                    Map.of(
                            "EncryptionAlgorithm", "kms:EncryptionAlgorithm",
                            "SigningAlgorithm", "kms:SigningAlgorithm",
                            "MacAlgorithm", "kms:MacAlgorithm",
                            "MessageType", "kms:MessageType",
                            "KeySpec", "kms:KeySpec",
                            "KeyUsage", "kms:KeyUsage",
                            "Origin", "kms:KeyOrigin",
                            "GranteePrincipal", "kms:GranteePrincipal",
                            "RetiringPrincipal", "kms:RetiringPrincipal",
                            "PendingWindowInDays", "kms:ScheduleKeyDeletionPendingWindowInDays"),
            "s3",
                    Map.of(
                            "Prefix", "s3:prefix",
                            "Delimiter", "s3:delimiter",
                            "MaxKeys", "s3:max-keys",
                            "ACL", "s3:x-amz-acl",
                            "StorageClass", "s3:x-amz-storage-class",
                            "ServerSideEncryption", "s3:x-amz-server-side-encryption",
                            "VersionId", "s3:VersionId"),
            "iam",
                    Map.of(
                            "PolicyArn", "iam:PolicyARN",
                            "PermissionsBoundary", "iam:PermissionsBoundary",
                            "AWSServiceName", "iam:AWSServiceName"),
            "lambda",
                    Map.of(
                            "Principal", "lambda:Principal",
                            "FunctionUrlAuthType", "lambda:FunctionUrlAuthType"));

    private ServiceKeys() {}

    static void add(RequestContext.Builder keys, String service, InputMembers input, CallContext call) {
        MEMBERS.getOrDefault(service, Map.of()).forEach((member, key) -> {
            String value = input.string(member);
            if (!value.isEmpty()) {
                keys.with(key, value);
            }
        });
        if (service.equals("kms")) {
            keys.with("kms:CallerAccount", call.caller().account().id());
            if (!input.list("Operations").isEmpty()) {
                keys.with("kms:GrantOperations", input.list("Operations"));
            }
            Map<String, String> context = new LinkedHashMap<>(input.map("EncryptionContext"));
            context.putAll(input.map("SourceEncryptionContext"));
            context.putAll(input.map("DestinationEncryptionContext"));
            if (!context.isEmpty()) {
                context.forEach((name, value) -> keys.with("kms:EncryptionContext:" + name, value));
                keys.with("kms:EncryptionContextKeys", List.copyOf(context.keySet()));
            }
            if (input.string("KeyId").contains("alias/")) {
                String id = input.string("KeyId");
                keys.with("kms:RequestAlias", id.substring(id.indexOf("alias/")));
            }
        }
        if (!input.tags().isEmpty()) {
            keys.tags("aws:RequestTag", input.tags())
                    .with("aws:TagKeys", List.copyOf(input.tags().keySet()));
        } else if (!input.list("TagKeys").isEmpty()) {
            keys.with("aws:TagKeys", input.list("TagKeys"));
        } else if (!input.list("tagKeys").isEmpty()) {
            keys.with("aws:TagKeys", input.list("tagKeys"));
        }
    }
}
