package io.pileus.stepfunctions;

import io.pileus.core.service.CallContext;
import io.pileus.core.service.Scopes;
import io.pileus.stepfunctions.map.MapRun;
import io.pileus.stepfunctions.map.MapRunCounts;
import io.pileus.stepfunctions.model.*;
import io.pileus.stepfunctions.state.StepFunctionsState;
import java.util.Optional;

/** Map runs. */
final class MapRunOperations {
    private final Scopes<StepFunctionsState> scopes;

    MapRunOperations(Scopes<StepFunctionsState> scopes) {
        this.scopes = scopes;
    }

    private MapRun find(String arn, CallContext call) {
        Arns.mapRun(arn);
        return scopes.of(call).mapRun(arn).orElseThrow(() -> StepFunctionsErrors.resourceNotFound(arn));
    }

    DescribeMapRunOutput describeMapRun(DescribeMapRunInput input, CallContext call) {
        MapRun run = find(input.mapRunArn(), call);
        MapRun.View view = run.view();
        return DescribeMapRunOutput.builder()
                .mapRunArn(run.arn())
                .executionArn(run.executionArn())
                .status(view.status().name())
                .startDate(run.startDate())
                .stopDate(view.stopDate().orElse(null))
                .maxConcurrency((int) view.maxConcurrency())
                .toleratedFailurePercentage((float) view.toleratedFailurePercentage())
                .toleratedFailureCount(view.toleratedFailureCount())
                .itemCounts(items(view.items()))
                .executionCounts(executions(view.executions()))
                .redriveCount(view.redriveCount())
                .redriveDate(view.redriveDate().orElse(null))
                .build();
    }

    private static MapRunItemCounts items(MapRunCounts c) {
        return MapRunItemCounts.builder()
                .pending(c.pending())
                .running(c.running())
                .succeeded(c.succeeded())
                .failed(c.failed())
                .timedOut(c.timedOut())
                .aborted(c.aborted())
                .total(c.total())
                .resultsWritten(c.resultsWritten())
                .failuresNotRedrivable(c.failuresNotRedrivable())
                .pendingRedrive(c.pendingRedrive())
                .build();
    }

    private static MapRunExecutionCounts executions(MapRunCounts c) {
        return MapRunExecutionCounts.builder()
                .pending(c.pending())
                .running(c.running())
                .succeeded(c.succeeded())
                .failed(c.failed())
                .timedOut(c.timedOut())
                .aborted(c.aborted())
                .total(c.total())
                .resultsWritten(c.resultsWritten())
                .failuresNotRedrivable(c.failuresNotRedrivable())
                .pendingRedrive(c.pendingRedrive())
                .build();
    }

    ListMapRunsOutput listMapRuns(ListMapRunsInput input, CallContext call) {
        StepFunctionsState state = scopes.of(call);
        ExecutionOperations.find(state, input.executionArn());
        Pages.Page<MapRun> page =
                Pages.of(state.mapRunsOf(input.executionArn()), MapRun::arn, input.nextToken(), input.maxResults());
        return ListMapRunsOutput.builder()
                .mapRuns(page.entries().stream()
                        .map(run -> MapRunListItem.builder()
                                .executionArn(run.executionArn())
                                .mapRunArn(run.arn())
                                .stateMachineArn(run.stateMachineArn())
                                .startDate(run.startDate())
                                .stopDate(run.view().stopDate().orElse(null))
                                .build())
                        .toList())
                .nextToken(page.nextToken())
                .build();
    }

    UpdateMapRunOutput updateMapRun(UpdateMapRunInput input, CallContext call) {
        MapRun run = find(input.mapRunArn(), call);
        if (input.maxConcurrency() == null
                && input.toleratedFailureCount() == null
                && input.toleratedFailurePercentage() == null) {
            throw StepFunctionsErrors.validation(
                    "Either the maxConcurrency, the toleratedFailureCount or the toleratedFailurePercentage must be"
                            + " specified",
                    "MISSING_REQUIRED_PARAMETER");
        }
        boolean updated = run.update(
                Optional.ofNullable(input.maxConcurrency()).map(Integer::longValue),
                Optional.ofNullable(input.toleratedFailureCount()),
                Optional.ofNullable(input.toleratedFailurePercentage()).map(Float::doubleValue));
        if (!updated) {
            throw StepFunctionsErrors.validation(
                    "The Map Run has completed and cannot be updated: " + run.arn(), "CANNOT_UPDATE_COMPLETED_MAP_RUN");
        }
        return UpdateMapRunOutput.builder().build();
    }
}
