package io.pileus.sts.enforcement;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Region;
import io.pileus.core.policy.AttachedPolicy;
import io.pileus.core.policy.AttachedPolicy.Place;
import io.pileus.core.policy.MalformedPolicyException;
import io.pileus.core.policy.PolicyDocument;
import io.pileus.core.policy.PolicyKind;
import io.pileus.iam.IamAccounts;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.Role;
import java.util.Optional;

/**
 * The policies that resources themselves have, asked of their services.
 */
final class ResourcePolicies {
    private final ServiceQuestions questions;
    private final IamAccounts accounts;

    ResourcePolicies(ServiceQuestions questions, IamAccounts accounts) {
        this.questions = questions;
        this.accounts = accounts;
    }

    /** The resource's policy; empty when it has none, or its service answers later than at once. */
    Optional<AttachedPolicy> of(String resource, AccountId account, Region region) {
        Optional<Arn> arn = Arn.parse(resource);
        if (arn.isEmpty()) {
            return Optional.empty();
        }
        if (arn.get().service().equals("iam") && arn.get().resource().startsWith("role/")) {
            return trustOf(arn.get());
        }
        Optional<String> text = text(arn.get(), account, region).filter(t -> !t.isBlank());
        try {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new AttachedPolicy(
                            Place.RESOURCE, resource, PolicyDocument.parse(text.get(), PolicyKind.RESOURCE)));
        } catch (MalformedPolicyException e) {
            // The service keeps what it accepted; what cannot be read here grants nothing.
            return Optional.empty();
        }
    }

    /** A role's own policy is its trust policy. */
    private Optional<AttachedPolicy> trustOf(Arn arn) {
        if (!AccountId.isValid(arn.account())) {
            return Optional.empty();
        }
        String name = arn.resource().substring(arn.resource().lastIndexOf('/') + 1);
        IamAccount account = accounts.of(new AccountId(arn.account()));
        Optional<String> text = account.locked(
                () -> Optional.ofNullable(account.roles().get(name)).map(Role::trustPolicy));
        try {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new AttachedPolicy(
                            Place.TRUST, arn.toString(), PolicyDocument.parse(text.get(), PolicyKind.TRUST)));
        } catch (MalformedPolicyException e) {
            throw new IllegalStateException("a stored trust policy does not parse", e);
        }
    }

    /** Versions of layers have policies of their own. */
    private Optional<String> ofLayer(Arn arn, AccountId account, Region region) {
        String[] layer = arn.resource().split(":");
        if (layer.length != 3 || !layer[2].matches("[0-9]{1,18}")) {
            return Optional.empty();
        }
        ObjectNode input = JsonNodeFactory.instance
                .objectNode()
                .put("LayerName", layer[1])
                .put("VersionNumber", Long.parseLong(layer[2]));
        return questions
                .ask("lambda", "GetLayerVersionPolicy", input, account, region)
                .map(o -> o.path("Policy").asText(""));
    }

    private Optional<String> text(Arn arn, AccountId account, Region region) {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        return switch (arn.service()) {
            case "sqs" -> {
                input.put("QueueUrl", "http://localhost/" + arn.account() + "/" + arn.resource());
                input.putArray("AttributeNames").add("Policy");
                yield questions
                        .ask("sqs", "GetQueueAttributes", input, account, region)
                        .map(o -> o.path("Attributes").path("Policy").asText(""));
            }
            case "sns" ->
                questions
                        .ask("sns", "GetTopicAttributes", input.put("TopicArn", arn.toString()), account, region)
                        .map(o -> o.path("Attributes").path("Policy").asText(""));
            case "kms" ->
                questions
                        .ask(
                                "kms",
                                "GetKeyPolicy",
                                input.put("KeyId", arn.toString()).put("PolicyName", "default"),
                                account,
                                region)
                        .map(o -> o.path("Policy").asText(""));
            case "lambda" ->
                arn.resource().startsWith("layer:")
                        ? ofLayer(arn, account, region)
                        : questions
                                .ask("lambda", "GetPolicy", input.put("FunctionName", arn.toString()), account, region)
                                .map(o -> o.path("Policy").asText(""));
            case "kinesis" ->
                questions
                        .ask("kinesis", "GetResourcePolicy", input.put("ResourceARN", arn.toString()), account, region)
                        .map(o -> o.path("Policy").asText(""));
            case "s3" ->
                questions
                        .ask(
                                "s3",
                                "GetBucketPolicy",
                                input.put("Bucket", arn.resource().split("/", 2)[0]),
                                account,
                                region)
                        .map(o -> o.path("Policy").asText(""));
            default -> Optional.<String>empty();
        };
    }
}
