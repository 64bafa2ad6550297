package io.pileus.stepfunctions.asl.parse;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.stepfunctions.asl.TaskResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a task's resource asks of the state's other fields: its parameters, and what it must not have. */
final class TaskFields {
    /** The parameters that an optimized integration cannot do without. */
    private static final Map<String, List<String>> REQUIRED = Map.of(
            "lambda:invoke", List.of("FunctionName"),
            "sqs:sendMessage", List.of("QueueUrl", "MessageBody"),
            "sns:publish", List.of("Message"),
            "dynamodb:putItem", List.of("TableName", "Item"),
            "dynamodb:getItem", List.of("TableName", "Key"),
            "states:startExecution", List.of("StateMachineArn"),
            "events:putEvents", List.of("Entries"),
            "ecs:runTask", List.of("TaskDefinition"),
            "glue:startJobRun", List.of("JobName"),
            "http:invoke", List.of("ApiEndpoint", "Method"));

    private TaskFields() {}

    static void check(Fields fields, TaskResource resource, Dialect dialect) {
        Optional<JsonNode> credentials = fields.any("Credentials").filter(JsonNode::isObject);
        if (credentials.isPresent() && resource instanceof TaskResource.Activity) {
            fields.error("The field 'Credentials' is not supported for activities");
        } else if (credentials.isPresent() && lacks(credentials.get(), "RoleArn")) {
            fields.error("The field 'RoleArn' is required but was missing", "Credentials");
        }
        if (resource instanceof TaskResource.Integration integration) {
            parameters(fields, integration, dialect instanceof JsonataDialect ? "Arguments" : "Parameters");
        }
    }

    private static void parameters(Fields fields, TaskResource.Integration integration, String name) {
        Optional<JsonNode> parameters = fields.any(name);
        if (parameters.isEmpty()) {
            fields.error(name + " field is required for resource ARN: " + integration.text());
            return;
        }
        if (!parameters.get().isObject()) {
            return;
        }
        for (String field : REQUIRED.getOrDefault(integration.service() + ":" + integration.action(), List.of())) {
            if (lacks(parameters.get(), field)) {
                fields.error("The field '" + field + "' is required but was missing", name);
            }
        }
    }

    private static boolean lacks(JsonNode object, String field) {
        return !object.has(field) && !object.has(field + ".$");
    }
}
