package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.stepfunctions.asl.Definition;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An execution as it is saved, without its history.
 *
 * @param number its place in the order in which executions were started; 0 for one that is not listed
 * @param events how many events its history has
 * @param root where it stands; null when it has ended and cannot be redriven
 */
public record SavedExecution(
        Identity identity,
        long number,
        Instant startDate,
        ExecutionStatus status,
        Optional<Instant> stopDate,
        Optional<JsonNode> output,
        Optional<String> error,
        Optional<String> cause,
        int redriveCount,
        Optional<Instant> redriveDate,
        Optional<String> redriveToken,
        boolean endsAtNextTransition,
        boolean pendingRedrive,
        @Nullable Instant deadline,
        long events,
        @Nullable SavedBranch root) {

    /** The kinds of what is saved: executions, and the events of their histories. */
    public static final String EXECUTION = "execution";

    public static final String EVENT = "event";

    /** The id of an event: events come back in the order of their numbers. */
    static String eventId(String arn, long number) {
        return arn + "/" + String.format("%05d", number);
    }

    Standing standing() {
        return new Standing(status, stopDate, output, error, cause);
    }

    Redrives redrives() {
        return new Redrives(redriveCount, redriveDate, redriveToken, pendingRedrive);
    }

    /** What an execution is from its start on, without the definition that its text spells. */
    public record Identity(
            AccountId account,
            Region region,
            String arn,
            String name,
            String stateMachineArn,
            String stateMachineName,
            String roleArn,
            boolean express,
            String definitionText,
            String revisionId,
            JsonNode input,
            String inputText,
            Optional<String> versionArn,
            Optional<String> aliasArn,
            Optional<String> traceHeader,
            Optional<String> mapRunArn,
            Optional<String> label,
            int itemCount,
            Optional<String> mockCase,
            int hops) {

        static Identity of(ExecutionIdentity identity) {
            return new Identity(
                    identity.account(),
                    identity.region(),
                    identity.arn(),
                    identity.name(),
                    identity.stateMachineArn(),
                    identity.stateMachineName(),
                    identity.roleArn(),
                    identity.express(),
                    identity.definitionText(),
                    identity.revisionId(),
                    identity.input(),
                    identity.inputText(),
                    identity.versionArn(),
                    identity.aliasArn(),
                    identity.traceHeader(),
                    identity.mapRunArn(),
                    identity.label(),
                    identity.itemCount(),
                    identity.mockCase(),
                    identity.hops());
        }

        ExecutionIdentity identity(Definition definition) {
            return new ExecutionIdentity(
                    account,
                    region,
                    arn,
                    name,
                    stateMachineArn,
                    stateMachineName,
                    roleArn,
                    express,
                    definition,
                    definitionText,
                    revisionId,
                    input,
                    inputText,
                    versionArn,
                    aliasArn,
                    traceHeader,
                    mapRunArn,
                    label,
                    itemCount,
                    mockCase,
                    hops);
        }
    }
}
