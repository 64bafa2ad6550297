package io.pileus.lambda.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.identity.Arn;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.ResetScope;
import io.pileus.lambda.model.*;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a mapping may be, and what is told of it. */
class MappingsTest {
    private final EventSources sources = new EventSources();
    private final TestQueues.TestQueue orders = sources.queues.queue("orders");
    private final Arn clicks = sources.stream.shard("shardId-000000000000").arn;

    private void refused(
            Arn source, UnaryOperator<CreateEventSourceMappingRequest.Builder> mapping, String code, String message) {
        AwsException refusal = sources.refusal(source, mapping);
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal).hasMessage(message);
    }

    private void invalid(Arn source, UnaryOperator<CreateEventSourceMappingRequest.Builder> mapping, String message) {
        refused(source, mapping, "InvalidParameterValueException", message);
    }

    @Test
    void aQueueMappingIsDescribedWithItsDefaults() {
        EventSourceMappingConfiguration created = sources.map(orders.arn);

        assertThat(created.state()).isEqualTo("Creating");
        EventSourceMappingConfiguration mapping = sources.get(created);
        assertThat(mapping.state()).isEqualTo("Enabled");
        assertThat(mapping.stateTransitionReason()).isEqualTo("USER_INITIATED");
        assertThat(mapping.batchSize()).isEqualTo(10);
        assertThat(mapping.maximumBatchingWindowInSeconds()).isZero();
        assertThat(mapping.functionArn()).isEqualTo(EventSources.FUNCTION);
        assertThat(mapping.eventSourceMappingArn())
                .isEqualTo("arn:aws:lambda:us-east-1:000000000000:event-source-mapping:" + mapping.uuid());
        assertThat(mapping.hasFunctionResponseTypes()).isTrue();
        assertThat(mapping.lastProcessingResult()).isNull();
    }

    @Test
    void aStreamMappingIsDescribedWithItsDefaults() {
        EventSourceMappingConfiguration mapping = sources.get(sources.map(clicks));

        assertThat(mapping.batchSize()).isEqualTo(100);
        assertThat(mapping.stateTransitionReason()).isEqualTo("User action");
        assertThat(mapping.startingPosition()).isEqualTo("TRIM_HORIZON");
        assertThat(mapping.parallelizationFactor()).isEqualTo(1);
        assertThat(mapping.maximumRetryAttempts()).isEqualTo(-1);
        assertThat(mapping.maximumRecordAgeInSeconds()).isEqualTo(-1);
        assertThat(mapping.bisectBatchOnFunctionError()).isFalse();
        assertThat(mapping.tumblingWindowInSeconds()).isZero();
        assertThat(mapping.lastProcessingResult()).isEqualTo("No records processed");
    }

    /** Text as AWS answers to Terraform and CloudFormation users. */
    @Test
    void theQueueMustHideMessagesAtLeastAsLongAsTheFunctionMayRun() {
        sources.functionTimeout = Duration.ofSeconds(60);

        invalid(orders.arn, m -> m, "Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds");
    }

    @Test
    void aLargeBatchNeedsAWindow() {
        invalid(
                orders.arn,
                m -> m.batchSize(11),
                "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10");
        assertThat(sources.map(orders.arn, m -> m.batchSize(11).maximumBatchingWindowInSeconds(1))
                        .batchSize())
                .isEqualTo(11);
    }

    @Test
    void aFifoQueueHasNoWindow() {
        invalid(
                sources.queues.queue("orders.fifo").arn,
                m -> m.maximumBatchingWindowInSeconds(1),
                "Batching window is not supported for FIFO queues");
    }

    @Test
    void theSourceMustExist() {
        invalid(
                Arn.parse("arn:aws:sqs:us-east-1:000000000000:none").orElseThrow(),
                m -> m,
                "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue."
                        + " SQS Error Message: The specified queue does not exist.");
        Arn none =
                Arn.parse("arn:aws:kinesis:us-east-1:000000000000:stream/none").orElseThrow();
        invalid(none, m -> m, "Stream not found: " + none);
    }

    @Test
    void theFunctionMustExist() {
        assertThat(sources.refusal(orders.arn, m -> m.functionName("none")).code())
                .isEqualTo("ResourceNotFoundException");
    }

    @Test
    void aFunctionIsMappedToASourceOnce() {
        String queueMapping = sources.map(orders.arn).uuid();
        String streamMapping = sources.map(clicks).uuid();

        refused(
                orders.arn,
                m -> m,
                "ResourceConflictException",
                "An event source mapping with SQS arn (\" " + orders.arn + " \") and function (\" f \") already exists."
                        + " Please update or delete the existing mapping with UUID " + queueMapping);
        refused(
                clicks,
                m -> m,
                "ResourceConflictException",
                "The event source arn (\" " + clicks + " \") and function (\" f \") provided mapping already exists."
                        + " Please update or delete the existing mapping with UUID " + streamMapping);
    }

    @Test
    void parametersOfOtherSourcesAreRefused() {
        String unsupported = "Unsupported %s parameter for given event source mapping type.";
        invalid(orders.arn, m -> m.startingPosition("LATEST"), unsupported.formatted("StartingPosition"));
        invalid(orders.arn, m -> m.maximumRetryAttempts(1), unsupported.formatted("MaximumRetryAttempts"));
        invalid(orders.arn, m -> m.tumblingWindowInSeconds(5), unsupported.formatted("TumblingWindowInSeconds"));
        invalid(orders.arn, m -> m.topics(List.of("t")), unsupported.formatted("Topics"));
        invalid(
                clicks,
                m -> m.scalingConfig(
                        ScalingConfig.builder().maximumConcurrency(2).build()),
                unsupported.formatted("ScalingConfig"));
    }

    @Test
    void aStreamMappingSaysWhereToBegin() {
        assertThat(sources.refusal(clicks, m -> m.startingPosition((String) null)))
                .hasMessageContaining("startingPosition");
        assertThat(sources.refusal(clicks, m -> m.startingPosition("AT_TIMESTAMP")))
                .hasMessageContaining("StartingPositionTimestamp");
        invalid(
                clicks,
                m -> m.startingPosition("AT_TIMESTAMP")
                        .startingPositionTimestamp(sources.env.now().plusSeconds(1)),
                "StartingPositionTimestamp cannot be in the future.");
    }

    @Test
    void aDestinationIsAQueueATopicOrABucket() {
        for (String other : List.of("arn:aws:lambda:us-east-1:000000000000:function:other", "kafka://topic")) {
            invalid(
                    clicks,
                    m -> m.destinationConfig(DestinationConfig.builder()
                            .onFailure(OnFailure.builder().destination(other).build())
                            .build()),
                    "The provided destination config DestinationConfig(onSuccess=null,"
                            + " onFailure=OnFailure(destination=" + other + ")) is invalid.");
        }
    }

    @Test
    void sourcesThatAreNotThereAreRefusedClearly() {
        Arn table = Arn.parse("arn:aws:dynamodb:us-east-1:000000000000:table/t/stream/2026-01-01T00:00:00.000")
                .orElseThrow();
        AwsException refusal = sources.refusal(table, m -> m);

        assertThat(refusal.httpStatus()).isEqualTo(501);
        assertThat(refusal).hasMessage("Event source mappings of DynamoDB streams is not implemented by the emulator.");
        invalid(
                Arn.parse("arn:aws:sns:us-east-1:000000000000:topic").orElseThrow(),
                m -> m,
                "Unrecognized event source.");
    }

    @Test
    void aRefusedChangeLeavesTheMappingAsItWas() {
        EventSourceMappingConfiguration mapping = sources.map(orders.arn);

        assertThatThrownBy(() ->
                        sources.change(mapping, u -> u.batchSize(5).filterCriteria(EventSources.filter("{\"a\":1}"))))
                .hasMessage("Invalid filter pattern definition.");

        assertThat(sources.get(mapping).batchSize()).isEqualTo(10);
    }

    @Test
    void aChangeIsSeenAtOnceAndEmptyValuesTakeBack() {
        EventSourceMappingConfiguration mapping = sources.map(
                orders.arn,
                m -> m.functionResponseTypes(List.of("ReportBatchItemFailures"))
                        .filterCriteria(EventSources.filter("{\"body\":[\"x\"]}"))
                        .scalingConfig(
                                ScalingConfig.builder().maximumConcurrency(2).build()));

        EventSourceMappingConfiguration changed = sources.change(
                mapping,
                u -> u.batchSize(3)
                        .functionResponseTypes(List.of())
                        .filterCriteria(FilterCriteria.builder().build())
                        .scalingConfig(ScalingConfig.builder().build()));

        assertThat(changed.state()).isEqualTo("Updating");
        EventSourceMappingConfiguration after = sources.get(mapping);
        assertThat(after.state()).isEqualTo("Enabled");
        assertThat(after.batchSize()).isEqualTo(3);
        assertThat(after.functionResponseTypes()).isEmpty();
        assertThat(after.filterCriteria()).isNull();
        assertThat(after.scalingConfig()).isNull();
        orders.send("y");
        assertThat(sources.function.batches()).containsExactly(List.of("y"));
    }

    @Test
    void aMappingWhoseQueueHasGoneCanBeDisabledButNotEnabled() {
        EventSourceMappingConfiguration mapping = sources.map(orders.arn);
        sources.queues.remove(orders);

        assertThat(sources.change(mapping, u -> u.enabled(false)).state()).isEqualTo("Disabling");
        assertThatThrownBy(() -> sources.change(mapping, u -> u.enabled(true)))
                .hasMessageContaining("The specified queue does not exist.");
        assertThat(sources.get(mapping).state()).isEqualTo("Disabled");
    }

    @Test
    void aDeletedMappingIsGone() {
        EventSourceMappingConfiguration mapping = sources.map(orders.arn);

        sources.delete(mapping);

        assertThatThrownBy(() -> sources.get(mapping)).hasMessage("The resource you requested does not exist.");
        assertThat(sources.map(orders.arn).uuid()).isNotEqualTo(mapping.uuid());
    }

    @Test
    void mappingsAreListedByPageSourceAndFunction() {
        sources.map(orders.arn);
        sources.map(clicks);

        ListEventSourceMappingsResponse first = sources.mappings.listEventSourceMappings(
                ListEventSourceMappingsRequest.builder()
                        .functionName("f")
                        .maxItems(1)
                        .build(),
                sources.call());
        ListEventSourceMappingsResponse second = sources.mappings.listEventSourceMappings(
                ListEventSourceMappingsRequest.builder()
                        .marker(first.nextMarker())
                        .build(),
                sources.call());
        ListEventSourceMappingsResponse ofQueue = sources.mappings.listEventSourceMappings(
                ListEventSourceMappingsRequest.builder()
                        .eventSourceArn(orders.arn.toString())
                        .build(),
                sources.call());

        assertThat(first.eventSourceMappings()).hasSize(1);
        assertThat(second.eventSourceMappings()).hasSize(1);
        assertThat(second.nextMarker()).isNull();
        assertThat(ofQueue.eventSourceMappings())
                .extracting(EventSourceMappingConfiguration::eventSourceArn)
                .containsExactly(orders.arn.toString());
    }

    @Test
    void mappingsOfADeletedFunctionAreListed() {
        sources.map(orders.arn);
        sources.functionExists = false;

        assertThat(sources.mappings
                        .listEventSourceMappings(
                                ListEventSourceMappingsRequest.builder()
                                        .functionName("f")
                                        .build(),
                                sources.call())
                        .eventSourceMappings())
                .hasSize(1);
    }

    @Test
    void aResetEndsMappings() {
        sources.map(orders.arn);

        sources.mappings.reset(ResetScope.EVERYTHING);
        orders.send("one");

        assertThat(sources.function.events).isEmpty();
    }
}
