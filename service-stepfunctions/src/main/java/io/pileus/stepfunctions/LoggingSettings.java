package io.pileus.stepfunctions;

import io.pileus.core.service.CallContext;
import io.pileus.stepfunctions.model.CloudWatchLogsLogGroup;
import io.pileus.stepfunctions.model.LogDestination;
import io.pileus.stepfunctions.model.LoggingConfiguration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Logging configurations: checked and kept; nothing is written to CloudWatch Logs, and that is said. */
final class LoggingSettings {
    static final LoggingConfiguration OFF = LoggingConfiguration.builder()
            .level("OFF")
            .includeExecutionData(false)
            .build();

    private LoggingSettings() {}

    /** The configuration with its defaults. */
    static LoggingConfiguration check(@Nullable LoggingConfiguration given, CallContext call) {
        if (given == null) {
            return OFF;
        }
        String level = given.level() == null ? "OFF" : given.level();
        List<LogDestination> destinations = given.destinations();
        if (!level.equals("OFF") && destinations.size() != 1) {
            throw StepFunctionsErrors.invalidLogging("Must specify exactly one Log Destination.");
        }
        destinations.forEach(LoggingSettings::checkDestination);
        if (!level.equals("OFF")) {
            call.notEmulated("Step Functions logging to CloudWatch Logs");
        }
        LoggingConfiguration.Builder logging = LoggingConfiguration.builder()
                .level(level)
                .includeExecutionData(Boolean.TRUE.equals(given.includeExecutionData()));
        return destinations.isEmpty()
                ? logging.build()
                : logging.destinations(destinations).build();
    }

    private static void checkDestination(LogDestination destination) {
        CloudWatchLogsLogGroup group = destination.cloudWatchLogsLogGroup();
        if (group == null || group.logGroupArn() == null) {
            throw StepFunctionsErrors.invalidLogging("Must set valid CloudWatch Log Group ARN.");
        }
        if (!group.logGroupArn().matches("arn:[^:]+:logs:[^:]*:[^:]*:log-group:.+")) {
            throw StepFunctionsErrors.invalidLogging("Provided ARN is not CloudWatch Logs Log Group ARN.");
        }
        if (!group.logGroupArn().endsWith(":*")) {
            throw StepFunctionsErrors.invalidLogging("Log Group ARN must be provided with '*' qualifier.");
        }
    }
}
