package io.pileus.kinesis;

import io.pileus.core.service.CallContext;
import io.pileus.core.shape.Blob;
import io.pileus.core.testkit.TestCalls;
import io.pileus.core.testkit.TestEnvironment;
import io.pileus.kinesis.model.*;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Kinesis with a stream {@code foo}, as a client would use it. */
final class Kinesis {
    final TestEnvironment env;
    final KinesisService service;

    private Kinesis(TestEnvironment env) {
        this.env = env;
        this.service = new KinesisService(env.services());
    }

    static Kinesis with(String... settings) {
        return new Kinesis(TestEnvironment.with(settings));
    }

    static Kinesis withStream(int shards, String... settings) {
        Kinesis kinesis = with(settings);
        kinesis.create("foo", shards);
        return kinesis;
    }

    CallContext call() {
        return TestCalls.call(env);
    }

    void advance(Duration by) {
        env.advance(by);
    }

    void create(String name, int shards) {
        service.createStream(
                CreateStreamInput.builder().streamName(name).shardCount(shards).build(), call());
    }

    StreamDescriptionSummary summary() {
        return service.describeStreamSummary(
                        DescribeStreamSummaryInput.builder().streamName("foo").build(), call())
                .streamDescriptionSummary();
    }

    List<Shard> shards() {
        return service.listShards(ListShardsInput.builder().streamName("foo").build(), call())
                .shards();
    }

    PutRecordOutput put(String partitionKey, String data) {
        return service.putRecord(
                PutRecordInput.builder()
                        .streamName("foo")
                        .partitionKey(partitionKey)
                        .data(Blob.ofUtf8(data))
                        .build(),
                call());
    }

    String iterator(String shardId, ShardIteratorType type, @Nullable String sequenceNumber) {
        return java.util.Objects.requireNonNull(service.getShardIterator(
                        GetShardIteratorInput.builder()
                                .streamName("foo")
                                .shardId(shardId)
                                .shardIteratorType(type.wire())
                                .startingSequenceNumber(sequenceNumber)
                                .build(),
                        call())
                .shardIterator());
    }

    GetRecordsOutput get(String iterator) {
        return service.getRecords(
                GetRecordsInput.builder().shardIterator(iterator).build(), call());
    }

    /** The data of all records of a shard from its beginning. */
    List<String> read(String shardId) {
        List<String> data = new ArrayList<>();
        for (io.pileus.kinesis.model.Record record :
                get(iterator(shardId, ShardIteratorType.TRIM_HORIZON, null)).records()) {
            data.add(record.data().utf8());
        }
        return data;
    }

    void split(String shardId, String key) {
        service.splitShard(
                SplitShardInput.builder()
                        .streamName("foo")
                        .shardToSplit(shardId)
                        .newStartingHashKey(key)
                        .build(),
                call());
    }

    void merge(String shardId, String adjacent) {
        service.mergeShards(
                MergeShardsInput.builder()
                        .streamName("foo")
                        .shardToMerge(shardId)
                        .adjacentShardToMerge(adjacent)
                        .build(),
                call());
    }

    String consumer(String name) {
        return service.registerStreamConsumer(
                        RegisterStreamConsumerInput.builder()
                                .streamARN(summary().streamARN())
                                .consumerName(name)
                                .build(),
                        call())
                .consumer()
                .consumerARN();
    }

    Events subscribe(String consumerArn, String shardId, StartingPosition position) {
        SubscribeToShardOutput output = service.subscribeToShard(
                        SubscribeToShardInput.builder()
                                .consumerARN(consumerArn)
                                .shardId(shardId)
                                .startingPosition(position)
                                .build(),
                        call())
                .toCompletableFuture()
                .join();
        Events events = new Events();
        java.util.Objects.requireNonNull(output.eventStream()).subscribe(events);
        return events;
    }
}
