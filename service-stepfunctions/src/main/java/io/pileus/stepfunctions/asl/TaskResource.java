package io.pileus.stepfunctions.asl;

import java.util.Optional;

/** What a Task state's Resource names. */
public sealed interface TaskResource {

    /** The text of the Resource field. */
    String text();

    /** A Lambda function by its own ARN. */
    record LambdaFunction(String text) implements TaskResource {}

    /** An activity. */
    record Activity(String text) implements TaskResource {}

    /**
     * A service integration: {@code arn:aws:states:region:account:service:action.pattern}.
     *
     * @param service such as {@code sqs}, or {@code aws-sdk} with the service in the action
     * @param action such as {@code sendMessage}; for the SDK integrations {@code dynamodb:getItem}
     */
    record Integration(String text, String service, String action, Pattern pattern) implements TaskResource {

        /** What history events show as the resource type: {@code aws-sdk:dynamodb} for SDK integrations. */
        public String resourceType() {
            return sdkService().map(s -> "aws-sdk:" + s).orElse(service);
        }

        /** What history events show as the resource. */
        public String resource() {
            String name = sdkService().isPresent() ? action.substring(action.indexOf(':') + 1) : action;
            return name + pattern.suffix();
        }

        /** The service of an SDK integration. */
        public Optional<String> sdkService() {
            return service.equals("aws-sdk") ? Optional.of(action.substring(0, action.indexOf(':'))) : Optional.empty();
        }

        /** The action without an SDK integration's service. */
        public String actionName() {
            return sdkService().isPresent() ? action.substring(action.indexOf(':') + 1) : action;
        }
    }

    /** How an integration's result is awaited. */
    enum Pattern {
        REQUEST_RESPONSE(""),
        SYNC(".sync"),
        SYNC2(".sync:2"),
        WAIT_FOR_TASK_TOKEN(".waitForTaskToken");

        private final String suffix;

        Pattern(String suffix) {
            this.suffix = suffix;
        }

        public String suffix() {
            return suffix;
        }
    }
}
