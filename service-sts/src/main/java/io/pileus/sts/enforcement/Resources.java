package io.pileus.sts.enforcement;

import io.pileus.core.identity.Arn;
import io.pileus.core.service.CallContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which resource an operation is about, read from the members of its input that name one. The first rule of the service
 * whose member is there decides; operations that name none are about {@code *}.
 */
final class Resources {
    /**
     * How a member names a resource.
     *
     * @param template the ARN, where the value is not one already; {@code R}, {@code A} and {@code V} in braces stand for
     *     region, account and value
     */
    private record Rule(String member, String template) {}

    private static final String REGIONAL = "arn:aws:%s:{R}:{A}:";

    private static final Map<String, List<Rule>> RULES = Map.of(
            "sqs",
            List.of(rule("sqs", "QueueUrl", "{V}"), rule("sqs", "QueueName", "{V}"), rule("sqs", "SourceArn", "{V}")),
            "sns",
            List.of(
                    rule("sns", "TopicArn", "{V}"),
                    rule("sns", "TargetArn", "{V}"),
                    rule("sns", "SubscriptionArn", "{V}"),
                    rule("sns", "ResourceArn", "{V}"),
                    rule("sns", "PlatformApplicationArn", "{V}"),
                    rule("sns", "EndpointArn", "{V}"),
                    rule("sns", "Name", "{V}")),
            "kms",
            List.of(
                    rule("kms", "KeyId", "key/{V}"),
                    rule("kms", "TargetKeyId", "key/{V}"),
                    rule("kms", "SourceKeyId", "key/{V}"),
                    rule("kms", "DestinationKeyId", "key/{V}"),
                    rule("kms", "AliasName", "{V}")),
            "kinesis",
            List.of(
                    rule("kinesis", "ConsumerARN", "{V}"),
                    rule("kinesis", "StreamARN", "{V}"),
                    rule("kinesis", "ResourceARN", "{V}"),
                    rule("kinesis", "StreamName", "stream/{V}")),
            "firehose",
            List.of(rule("firehose", "DeliveryStreamName", "deliverystream/{V}")),
            "states",
            List.of(
                    rule("states", "stateMachineArn", "{V}"),
                    rule("states", "executionArn", "{V}"),
                    rule("states", "activityArn", "{V}"),
                    rule("states", "stateMachineVersionArn", "{V}"),
                    rule("states", "stateMachineAliasArn", "{V}"),
                    rule("states", "mapRunArn", "{V}"),
                    rule("states", "resourceArn", "{V}")),
            "cognito-idp",
            List.of(rule("cognito-idp", "UserPoolId", "userpool/{V}"), rule("cognito-idp", "ResourceArn", "{V}")),
            "cognito-identity",
            List.of(
                    rule("cognito-identity", "IdentityPoolId", "identitypool/{V}"),
                    rule("cognito-identity", "ResourceArn", "{V}")),
            "lambda",
            List.of(
                    rule("lambda", "FunctionName", "function:{V}"),
                    rule("lambda", "UUID", "event-source-mapping:{V}"),
                    rule("lambda", "LayerName", "layer:{V}"),
                    rule("lambda", "Arn", "{V}"),
                    rule("lambda", "Resource", "{V}"),
                    rule("lambda", "ResourceArn", "{V}")),
            "iam",
            List.of(
                    new Rule("RoleName", "arn:aws:iam::{A}:role/{V}"),
                    new Rule("UserName", "arn:aws:iam::{A}:user/{V}"),
                    new Rule("GroupName", "arn:aws:iam::{A}:group/{V}"),
                    new Rule("InstanceProfileName", "arn:aws:iam::{A}:instance-profile/{V}"),
                    new Rule("PolicyArn", "{V}"),
                    new Rule("PolicySourceArn", "{V}"),
                    new Rule("PolicyName", "arn:aws:iam::{A}:policy/{V}"),
                    new Rule("SerialNumber", "{V}"),
                    new Rule("VirtualMFADeviceName", "arn:aws:iam::{A}:mfa/{V}"),
                    new Rule("OpenIDConnectProviderArn", "{V}"),
                    new Rule("SAMLProviderArn", "{V}"),
                    new Rule("ServerCertificateName", "arn:aws:iam::{A}:server-certificate/{V}"),
                    new Rule("Arn", "{V}")));

    private Resources() {}

    private static Rule rule(String service, String member, String resource) {
        return new Rule(member, REGIONAL.formatted(service) + resource);
    }

    /** The ARN of the resource, or {@code *}. */
    static String of(String service, String operation, InputMembers input, CallContext call) {
        if (service.equals("s3")) {
            String bucket = input.string("Bucket");
            String key = input.string("Key");
            if (operation.equals("GetObjectAttributes") && key.isEmpty()) {
                return "arn:aws:s3:::" + bucket + "/*";
            }
            return bucket.isEmpty() ? "*" : "arn:aws:s3:::" + bucket + (key.isEmpty() ? "" : "/" + key);
        }
        if (service.equals("states") && !input.string("name").isEmpty()) {
            switch (operation) {
                case "CreateStateMachine":
                    return fill(REGIONAL.formatted("states") + "stateMachine:{V}", input.string("name"), call);
                case "CreateActivity":
                    return fill(REGIONAL.formatted("states") + "activity:{V}", input.string("name"), call);
                default:
                    break;
            }
        }
        for (Rule rule : RULES.getOrDefault(service, List.of())) {
            String value = input.string(rule.member());
            if (!value.isEmpty()) {
                String arn = arn(service, rule, value, call);
                return service.equals("lambda") ? versioned(arn, operation, input) : arn;
            }
        }
        return "*";
    }

    /** A version or an alias of a function that is invoked, or a version of a layer, however it is named. */
    private static String versioned(String arn, String operation, InputMembers input) {
        String version = arn.contains(":layer:")
                ? input.string("VersionNumber")
                : operation.startsWith("Invoke") ? input.string("Qualifier") : "";
        boolean named = arn.split(":", 8).length == 8;
        return version.isEmpty() || named ? arn : arn + ":" + version;
    }

    private static String arn(String service, Rule rule, String value, CallContext call) {
        if (service.equals("sqs") && rule.member().equals("QueueUrl")) {
            return queueArn(value, call);
        }
        Optional<Arn> arn = Arn.parse(value);
        if (arn.isPresent()) {
            return service.equals("sns") && rule.member().equals("SubscriptionArn")
                    ? value.substring(0, value.lastIndexOf(':'))
                    : value;
        }
        if (service.equals("kms") && value.startsWith("alias/")) {
            return fill(REGIONAL.formatted("kms") + "{V}", value, call);
        }
        return fill(rule.template(), value, call);
    }

    private static String fill(String template, String value, CallContext call) {
        return template.replace("{R}", call.region().id())
                .replace("{A}", call.account().id())
                .replace("{V}", value);
    }

    /** A queue URL ends with the account and the name. */
    private static String queueArn(String url, CallContext call) {
        String[] parts = url.split("/");
        String name = parts[parts.length - 1];
        String account = parts.length > 1 && io.pileus.core.identity.AccountId.isValid(parts[parts.length - 2])
                ? parts[parts.length - 2]
                : call.account().id();
        return "arn:aws:sqs:" + call.region() + ":" + account + ":" + name;
    }
}
