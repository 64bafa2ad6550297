package io.pileus.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.identity.AccountId;
import io.pileus.core.service.CallContext;
import io.pileus.sqs.model.AddPermissionRequest;
import io.pileus.sqs.model.AddPermissionResponse;
import io.pileus.sqs.model.RemovePermissionRequest;
import io.pileus.sqs.model.RemovePermissionResponse;
import io.pileus.sqs.state.JsonText;
import io.pileus.sqs.state.Queue;
import io.pileus.sqs.state.QueueAttributes;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Adding and removing the statements of a queue's policy by label. */
final class PermissionOperations {
    private static final Set<String> GRANTABLE = Set.of(
            "*",
            "ChangeMessageVisibility",
            "DeleteMessage",
            "GetQueueAttributes",
            "GetQueueUrl",
            "ListDeadLetterSourceQueues",
            "PurgeQueue",
            "ReceiveMessage",
            "SendMessage");

    /** Actions that never cross accounts, so that they cannot be granted. */
    private static final Set<String> OWNER_ONLY = Set.of(
            "AddPermission",
            "CancelMessageMoveTask",
            "CreateQueue",
            "DeleteQueue",
            "ListMessageMoveTasks",
            "ListQueues",
            "ListQueueTags",
            "RemovePermission",
            "SetQueueAttributes",
            "StartMessageMoveTask",
            "TagQueue",
            "UntagQueue");

    private final AllQueues queues;

    PermissionOperations(AllQueues queues) {
        this.queues = queues;
    }

    AddPermissionResponse addPermission(AddPermissionRequest input, CallContext call) {
        Queue queue = queues.owned(input.queueUrl(), "AddPermission", call);
        String label = labelOf(input.label());
        checkAccounts(input.awsAccountIds());
        checkActions(input.actions());
        changePolicy(queue, call, statements -> {
            if (placeOf(label, statements).isPresent()) {
                throw SqsErrors.invalidParameter(label, "Label", "Already exists.");
            }
            statements.add(statement(label, input.awsAccountIds(), input.actions(), queue));
        });
        return AddPermissionResponse.builder().build();
    }

    private static ObjectNode statement(String label, List<String> accounts, List<String> actions, Queue queue) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode statement = json.objectNode().put("Sid", label).put("Effect", "Allow");
        statement
                .putObject("Principal")
                .set(
                        "AWS",
                        oneOrMany(accounts.stream()
                                .map(a -> "arn:aws:iam::" + a + ":root")
                                .toList()));
        statement.set("Action", oneOrMany(actions.stream().map(a -> "SQS:" + a).toList()));
        return statement.put("Resource", queue.arn().toString());
    }

    private static JsonNode oneOrMany(List<String> values) {
        if (values.size() == 1) {
            return JsonNodeFactory.instance.textNode(values.getFirst());
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        values.forEach(array::add);
        return array;
    }

    RemovePermissionResponse removePermission(RemovePermissionRequest input, CallContext call) {
        Queue queue = queues.owned(input.queueUrl(), "RemovePermission", call);
        String label = labelOf(input.label());
        changePolicy(
                queue,
                call,
                statements -> statements.remove(placeOf(label, statements)
                        .orElseThrow(() -> SqsErrors.invalidParameter(label, "Label", "can't find label."))));
        return RemovePermissionResponse.builder().build();
    }

    private static OptionalInt placeOf(String label, ArrayNode statements) {
        return IntStream.range(0, statements.size())
                .filter(i -> statements.get(i).path("Sid").asText().equals(label))
                .findFirst();
    }

    /** Changes the statements; a policy without any is none. */
    private static void changePolicy(Queue queue, CallContext call, Consumer<ArrayNode> change) {
        queue.changeAttributes(
                old -> {
                    ObjectNode policy = policyOf(queue, old);
                    ArrayNode statements = statementsOf(policy);
                    change.accept(statements);
                    String changed = statements.isEmpty() ? "" : JsonText.print(policy);
                    return old.with(Map.of(QueueAttributes.POLICY, changed));
                },
                call.receivedAt().toEpochMilli());
    }

    /** The policy's statements, which stand alone where there is one only. */
    private static ArrayNode statementsOf(ObjectNode policy) {
        JsonNode statement = policy.path("Statement");
        return statement.isObject()
                ? policy.putArray("Statement").add(statement)
                : policy.withArrayProperty("Statement");
    }

    private static ObjectNode policyOf(Queue queue, QueueAttributes attributes) {
        return attributes
                .policy()
                .flatMap(JsonText::object)
                .map(policy -> (ObjectNode) policy)
                .orElseGet(() -> JsonNodeFactory.instance
                        .objectNode()
                        .put("Version", "2008-10-17")
                        .put("Id", queue.arn() + "/SQSDefaultPolicy"));
    }

    private static String labelOf(@Nullable String label) {
        if (label == null || label.isEmpty()) {
            throw SqsErrors.missingParameter("Label");
        }
        if (label.length() > 80 || !QueueName.hasOnlyNameCharacters(label)) {
            throw SqsErrors.invalidParameter(
                    label,
                    "Label",
                    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length.");
        }
        return label;
    }

    private static void checkAccounts(List<String> accounts) {
        if (accounts.isEmpty()) {
            throw SqsErrors.missingParameter("AWSAccountIds");
        }
        for (String account : accounts) {
            if (!AccountId.isValid(account)) {
                // words as in aws/aws-sdk issue 414
                throw SqsErrors.invalidParameter("[" + account + "]", "PrincipalId", "Unable to verify principal.");
            }
        }
    }

    private static void checkActions(List<String> actions) {
        if (actions.isEmpty()) {
            throw SqsErrors.missingParameter("Actions");
        }
        if (actions.size() > SqsLimits.ACTIONS_PER_STATEMENT) {
            throw SqsErrors.tooManyActions(actions.size());
        }
        for (String action : actions) {
            if (OWNER_ONLY.contains(action)) {
                throw SqsErrors.invalidParameter(
                        "SQS:" + action, "ActionName", "Only the queue owner is allowed to invoke this action.");
            }
            if (!GRANTABLE.contains(action)) {
                throw SqsErrors.invalidParameter(
                        "SQS:" + action,
                        "ActionName",
                        "Please refer to the appropriate WSDL for a list of valid actions. ");
            }
        }
    }
}
