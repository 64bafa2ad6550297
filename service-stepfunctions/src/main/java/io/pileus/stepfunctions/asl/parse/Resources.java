package io.pileus.stepfunctions.asl.parse;

import io.pileus.stepfunctions.asl.TaskResource;
import io.pileus.stepfunctions.asl.TaskResource.Pattern;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the Resource of Task states.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html">Optimized integrations</a>
 */
final class Resources {
    /** The services with optimized integrations, and the actions of those that we can say them of. */
    private static final Map<String, Set<String>> OPTIMIZED = Map.ofEntries(
            Map.entry("apigateway", Set.of("invoke")),
            Map.entry(
                    "athena",
                    Set.of("startQueryExecution", "stopQueryExecution", "getQueryExecution", "getQueryResults")),
            Map.entry("batch", Set.of("submitJob")),
            Map.entry("bedrock", Set.of("invokeModel", "createModelCustomizationJob")),
            Map.entry(
                    "codebuild",
                    Set.of(
                            "startBuild",
                            "stopBuild",
                            "batchDeleteBuilds",
                            "batchGetReports",
                            "startBuildBatch",
                            "stopBuildBatch",
                            "retryBuildBatch",
                            "deleteBuildBatch")),
            Map.entry("databrew", Set.of("startJobRun")),
            Map.entry("dynamodb", Set.of("getItem", "putItem", "updateItem", "deleteItem")),
            Map.entry("ecs", Set.of("runTask")),
            Map.entry("eks", Set.of()),
            Map.entry("elasticmapreduce", Set.of()),
            Map.entry("emr-containers", Set.of()),
            Map.entry("emr-serverless", Set.of()),
            Map.entry("events", Set.of("putEvents")),
            Map.entry("glue", Set.of("startJobRun")),
            Map.entry("http", Set.of("invoke")),
            Map.entry("lambda", Set.of("invoke")),
            Map.entry("mediaconvert", Set.of("createJob")),
            Map.entry("sagemaker", Set.of()),
            Map.entry("sns", Set.of("publish")),
            Map.entry("sqs", Set.of("sendMessage")),
            Map.entry("states", Set.of("startExecution")));

    private static final Set<String> WITHOUT_CALLBACK = Set.of(
            "athena", "batch-", "codebuild", "databrew", "dynamodb", "glue", "http", "sagemaker", "elasticmapreduce");
    private static final Set<String> WITHOUT_SYNC =
            Set.of("apigateway", "dynamodb", "events", "http", "lambda", "sns", "sqs");

    private Resources() {}

    /** What the text names; empty when it is no resource. */
    static Optional<TaskResource> parse(String text) {
        String[] parts = text.split(":", 7);
        if (parts.length < 6 || !parts[0].equals("arn") || parts[1].isEmpty()) {
            return Optional.empty();
        }
        return switch (parts[2]) {
            case "lambda" ->
                parts[5].equals("function") && parts.length == 7 && !parts[6].isEmpty()
                        ? Optional.of(new TaskResource.LambdaFunction(text))
                        : Optional.empty();
            case "states" -> states(text, parts);
            default -> Optional.empty();
        };
    }

    private static Optional<TaskResource> states(String text, String[] parts) {
        if (parts.length < 7 || parts[6].isEmpty()) {
            return Optional.empty();
        }
        if (parts[5].equals("activity")) {
            return Optional.of(new TaskResource.Activity(text));
        }
        String action = parts[6];
        Pattern pattern = Pattern.REQUEST_RESPONSE;
        for (Pattern each : Pattern.values()) {
            if (!each.suffix().isEmpty() && action.endsWith(each.suffix())) {
                pattern = each;
            }
        }
        action = action.substring(0, action.length() - pattern.suffix().length());
        if (parts[5].equals("aws-sdk")) {
            String[] names = action.split(":", -1);
            return names.length == 2
                            && !names[0].isEmpty()
                            && !names[1].isEmpty()
                            && pattern != Pattern.SYNC
                            && pattern != Pattern.SYNC2
                            && Character.isLowerCase(names[1].charAt(0))
                    ? Optional.of(new TaskResource.Integration(text, "aws-sdk", action, pattern))
                    : Optional.empty();
        }
        Set<String> actions = OPTIMIZED.get(parts[5]);
        boolean known = actions != null && (actions.isEmpty() || actions.contains(action));
        boolean sync = pattern == Pattern.SYNC || pattern == Pattern.SYNC2;
        boolean allowed = switch (pattern) {
            case REQUEST_RESPONSE -> true;
            case SYNC -> !WITHOUT_SYNC.contains(parts[5]);
            case SYNC2 -> parts[5].equals("states");
            case WAIT_FOR_TASK_TOKEN -> !WITHOUT_CALLBACK.contains(parts[5]);
        };
        return known && allowed && !(sync && action.isEmpty())
                ? Optional.of(new TaskResource.Integration(text, parts[5], action, pattern))
                : Optional.empty();
    }
}
