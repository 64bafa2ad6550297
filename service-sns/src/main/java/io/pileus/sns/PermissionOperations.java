package io.pileus.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.identity.AccountId;
import io.pileus.core.service.CallContext;
import io.pileus.core.shape.JsonTrees;
import io.pileus.sns.model.AddPermissionInput;
import io.pileus.sns.model.AddPermissionResponse;
import io.pileus.sns.model.RemovePermissionInput;
import io.pileus.sns.model.RemovePermissionResponse;
import io.pileus.sns.state.Topic;
import java.util.List;
import java.util.function.Consumer;

/** AddPermission and RemovePermission: statements of a topic's policy, by label. */
final class PermissionOperations {
    private final Resources resources;

    PermissionOperations(Resources resources) {
        this.resources = resources;
    }

    AddPermissionResponse addPermission(AddPermissionInput input, CallContext call) {
        Topic topic = resources.topic(input.topicArn());
        if (input.label().isEmpty()) {
            throw SnsErrors.invalidParameter("Label"); // words ours
        }
        ObjectNode statement = statement(input, topic);
        changePolicy(topic, statements -> {
            for (JsonNode existing : statements) {
                if (existing.path("Sid").asText().equals(input.label())) {
                    throw SnsErrors.invalidParameter("Statement already exists");
                }
            }
            statements.add(statement);
        });
        return AddPermissionResponse.builder().build();
    }

    private static ObjectNode statement(AddPermissionInput input, Topic topic) {
        ObjectNode statement = JsonTrees.mapper().createObjectNode();
        statement.put("Sid", input.label());
        statement.put("Effect", "Allow");
        List<String> principals = input.awsAccountId().stream()
                .peek(account -> {
                    if (!AccountId.isValid(account)) {
                        throw SnsErrors.invalidParameter("AWSAccountId");
                    }
                })
                .map(account -> "arn:aws:iam::" + account + ":root")
                .toList();
        oneOrMany(statement.putObject("Principal"), "AWS", principals);
        List<String> actions = input.actionName().stream()
                .peek(TopicPolicy::checkAction)
                .map(action -> "SNS:" + action)
                .toList();
        oneOrMany(statement, "Action", actions);
        statement.put("Resource", topic.arn().toString());
        return statement;
    }

    private static void oneOrMany(ObjectNode node, String name, List<String> values) {
        if (values.size() == 1) {
            node.put(name, values.getFirst());
        } else {
            values.forEach(node.putArray(name)::add);
        }
    }

    RemovePermissionResponse removePermission(RemovePermissionInput input, CallContext call) {
        Topic topic = resources.topic(input.topicArn());
        changePolicy(topic, statements -> {
            for (int i = statements.size() - 1; i >= 0; i--) {
                if (statements.get(i).path("Sid").asText().equals(input.label())) {
                    statements.remove(i);
                }
            }
        });
        return RemovePermissionResponse.builder().build();
    }

    private static void changePolicy(Topic topic, Consumer<ArrayNode> change) {
        topic.locked(() -> {
            ObjectNode policy = policy(topic);
            change.accept(statements(policy));
            topic.attributes().put("Policy", policy.toString());
            return null;
        });
    }

    /** The policy's statements, which stand alone where there is one only. */
    private static ArrayNode statements(ObjectNode policy) {
        JsonNode statement = policy.path("Statement");
        return statement.isObject()
                ? policy.putArray("Statement").add(statement)
                : policy.withArrayProperty("Statement");
    }

    private static ObjectNode policy(Topic topic) {
        String text = topic.attributes().getOrDefault("Policy", TopicPolicy.defaultOf(topic.arn()));
        try {
            return (ObjectNode) JsonTrees.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the topic's policy was checked when it was set", e);
        }
    }
}
