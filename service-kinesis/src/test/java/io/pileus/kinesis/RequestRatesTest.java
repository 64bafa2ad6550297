package io.pileus.kinesis;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.service.ServiceApi;
import io.pileus.core.shape.Shape;
import io.pileus.kinesis.model.*;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How often a second the control plane may be called, while quotas are on. */
class RequestRatesTest {
    private static final String SHARD = "shardId-000000000000";

    private static void call(Kinesis kinesis, String operation, Shape input) {
        ServiceApi api = kinesis.service.apis().getFirst();
        api.call(Objects.requireNonNull(api.operation(operation)), input, kinesis.call());
    }

    private static DescribeStreamInput describe(String stream) {
        return DescribeStreamInput.builder().streamName(stream).build();
    }

    private static GetShardIteratorInput iterator(String stream, String shardId) {
        return GetShardIteratorInput.builder()
                .streamName(stream)
                .shardId(shardId)
                .shardIteratorType("LATEST")
                .build();
    }

    @Test
    void anAccountsCallsAreCountedOverItsStreams() {
        Kinesis kinesis = Kinesis.withStream(1, "PILEUS_KINESIS_QUOTAS", "1");
        kinesis.create("bar", 1);
        for (int i = 0; i < 10; i++) {
            call(kinesis, "DescribeStream", describe(i % 2 == 0 ? "foo" : "bar"));
        }

        assertThatThrownBy(() -> call(kinesis, "DescribeStream", describe("foo")))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage("Rate exceeded for stream foo under account 000000000000.");
        kinesis.advance(Duration.ofSeconds(1));
        assertThatCode(() -> call(kinesis, "DescribeStream", describe("foo"))).doesNotThrowAnyException();
    }

    @Test
    void whatNamesNoStreamIsRefusedForTheAccount() {
        Kinesis kinesis = Kinesis.with("PILEUS_KINESIS_QUOTAS", "1");
        DescribeLimitsInput input = DescribeLimitsInput.builder().build();
        call(kinesis, "DescribeLimits", input);

        assertThatThrownBy(() -> call(kinesis, "DescribeLimits", input))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage("Rate exceeded for account 000000000000.");
    }

    @Test
    void streamsAreCountedEachForItselfWhetherNamedOrByArn() {
        Kinesis kinesis = Kinesis.withStream(1, "PILEUS_KINESIS_QUOTAS", "1");
        kinesis.create("bar", 1);
        String arn = kinesis.summary().streamARN();
        for (int i = 0; i < 5; i++) {
            call(
                    kinesis,
                    "ListStreamConsumers",
                    ListStreamConsumersInput.builder().streamARN(arn).build());
        }

        assertThatThrownBy(() -> call(
                        kinesis,
                        "ListStreamConsumers",
                        ListStreamConsumersInput.builder().streamARN(arn).build()))
                .hasMessage("Rate exceeded for stream foo under account 000000000000.");
        assertThatCode(() -> call(
                        kinesis,
                        "ListStreamConsumers",
                        ListStreamConsumersInput.builder()
                                .streamARN(arn.replace("foo", "bar"))
                                .build()))
                .doesNotThrowAnyException();
    }

    @Test
    void iteratorsOfAShardAreLimited() {
        Kinesis kinesis = Kinesis.withStream(2, "PILEUS_KINESIS_QUOTAS", "1");
        for (int i = 0; i < 5; i++) {
            call(kinesis, "GetShardIterator", iterator("foo", SHARD));
        }

        assertThatThrownBy(() -> call(kinesis, "GetShardIterator", iterator("foo", SHARD)))
                .isInstanceOf(ProvisionedThroughputExceededException.class)
                .hasMessage("Rate exceeded for shard " + SHARD + " in stream foo under account 000000000000.");
        assertThatCode(() -> call(kinesis, "GetShardIterator", iterator("foo", "shardId-000000000001")))
                .doesNotThrowAnyException();
    }

    @Test
    void withoutQuotasNothingIsCounted() {
        Kinesis kinesis = Kinesis.withStream(1);

        assertThatCode(() -> {
                    for (int i = 0; i < 100; i++) {
                        call(kinesis, "DescribeStream", describe("foo"));
                    }
                })
                .doesNotThrowAnyException();
    }
}
