package io.pileus.sts.enforcement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Region;
import io.pileus.core.policy.AccessRequest;
import io.pileus.core.policy.ContextKeys;
import io.pileus.core.policy.PolicySet;
import io.pileus.core.policy.RequestContext;
import io.pileus.iam.IamAccounts;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.IamEntity;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The tags of the resource that a request is about, for the keys {@code aws:ResourceTag/…} and the services' own
 * {@code …:ResourceTag/…}. They are asked of the resource's service, and only where a policy mentions such a key.
 */
final class ResourceTags {
    /** Services that have a {@code ResourceTag} key of their own besides the global one. */
    private static final Set<String> OWN_KEY = Set.of("iam");

    private final ServiceQuestions questions;
    private final IamAccounts accounts;

    ResourceTags(ServiceQuestions questions, IamAccounts accounts) {
        this.questions = questions;
        this.accounts = accounts;
    }

    /** The request with the resource's tags, if any of the policies looks at them. */
    AccessRequest addTo(AccessRequest request, PolicySet policies, Region region) {
        Optional<Arn> arn = Arn.parse(request.resource());
        if (arn.isEmpty() || !lookedAt(policies)) {
            return request;
        }
        Map<String, String> tags = of(arn.get(), new AccountId(request.resourceAccount()), region);
        if (tags.isEmpty()) {
            return request;
        }
        RequestContext.Builder context = request.context().toBuilder().tags("aws:ResourceTag", tags);
        if (OWN_KEY.contains(arn.get().service())) {
            context.tags(arn.get().service() + ":ResourceTag", tags);
        }
        return new AccessRequest(
                request.subject(), request.action(), request.resource(), request.resourceAccount(), context.build());
    }

    private static boolean lookedAt(PolicySet policies) {
        return Stream.of(
                        policies.identity().stream(),
                        policies.boundary().stream(),
                        policies.session().stream(),
                        policies.resource().stream())
                .flatMap(all -> all)
                .flatMap(policy -> ContextKeys.of(policy.document()).stream())
                .anyMatch(key -> key.toLowerCase(Locale.ROOT).contains(":resourcetag/"));
    }

    private Map<String, String> of(Arn arn, AccountId account, Region region) {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        return switch (arn.service()) {
            case "sqs" ->
                ask(
                        "sqs",
                        "ListQueueTags",
                        input.put("QueueUrl", "http://localhost/" + arn.account() + "/" + arn.resource()),
                        "Tags",
                        account,
                        region);
            case "sns" ->
                ask("sns", "ListTagsForResource", input.put("ResourceArn", arn.toString()), "Tags", account, region);
            case "kms" -> ask("kms", "ListResourceTags", input.put("KeyId", arn.toString()), "Tags", account, region);
            case "kinesis" ->
                ask(
                        "kinesis",
                        "ListTagsForResource",
                        input.put("ResourceARN", arn.toString()),
                        "Tags",
                        account,
                        region);
            case "firehose" ->
                ask(
                        "firehose",
                        "ListTagsForDeliveryStream",
                        input.put("DeliveryStreamName", lastPart(arn)),
                        "Tags",
                        account,
                        region);
            case "states" ->
                ask("sfn", "ListTagsForResource", input.put("resourceArn", arn.toString()), "tags", account, region);
            case "lambda" -> ask("lambda", "ListTags", input.put("Resource", arn.toString()), "Tags", account, region);
            case "cognito-idp" ->
                ask(
                        "cognito-idp",
                        "ListTagsForResource",
                        input.put("ResourceArn", arn.toString()),
                        "Tags",
                        account,
                        region);
            case "cognito-identity" ->
                ask(
                        "cognito-identity",
                        "ListTagsForResource",
                        input.put("ResourceArn", arn.toString()),
                        "Tags",
                        account,
                        region);
            case "iam" -> ofEntity(arn);
            default -> Map.of();
        };
    }

    private static String lastPart(Arn arn) {
        return arn.resource().substring(arn.resource().lastIndexOf('/') + 1);
    }

    /** Tags come as a map, or as a list of structures with a key and a value. */
    private Map<String, String> ask(
            String service, String operation, JsonNode input, String member, AccountId account, Region region) {
        Map<String, String> tags = new LinkedHashMap<>();
        JsonNode answered = questions
                .ask(service, operation, input, account, region)
                .map(output -> output.path(member))
                .orElse(JsonNodeFactory.instance.objectNode());
        if (answered.isArray()) {
            answered.forEach(
                    tag -> tags.put(text(tag, "Key", "TagKey", "key"), text(tag, "Value", "TagValue", "value")));
        } else {
            answered.properties()
                    .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        }
        return tags;
    }

    private static String text(JsonNode tag, String... names) {
        for (String name : names) {
            if (tag.has(name)) {
                return tag.path(name).asText();
            }
        }
        return "";
    }

    private Map<String, String> ofEntity(Arn arn) {
        if (!AccountId.isValid(arn.account())) {
            return Map.of();
        }
        IamAccount account = accounts.of(new AccountId(arn.account()));
        String name = lastPart(arn);
        return account.locked(() -> {
            IamEntity entity = arn.resource().startsWith("role/")
                    ? account.roles().get(name)
                    : arn.resource().startsWith("user/") ? account.users().get(name) : null;
            return entity == null ? Map.of() : Map.copyOf(entity.tags());
        });
    }
}
