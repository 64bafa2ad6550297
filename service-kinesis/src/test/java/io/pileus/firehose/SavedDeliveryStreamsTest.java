package io.pileus.firehose;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.testkit.SavedStates;
import io.pileus.core.testkit.TestCalls;
import io.pileus.firehose.model.*;
import io.pileus.kinesis.KinesisService;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Delivery streams that are saved, and loaded into a fresh service. */
class SavedDeliveryStreamsTest {

    @Test
    void whatWaitsInTheBufferIsDeliveredWhenItIsDue() {
        Firehose firehose = new Firehose();
        firehose.create(Firehose.bucket().build());
        firehose.put("1", "2");
        firehose.env.advance(Duration.ofSeconds(200));
        DeliveryStreamDescription before = firehose.describe();

        Firehose fresh = new Firehose();
        fresh.env.advance(Duration.ofSeconds(200));
        SavedStates.of(firehose.service).loadInto(fresh.service);
        assertThat(fresh.describe()).isEqualTo(before);
        fresh.put("3");
        fresh.env.advance(Duration.ofSeconds(99));
        assertThat(fresh.buckets.texts()).isEmpty();
        fresh.env.advance(Duration.ofSeconds(1));

        assertThat(fresh.buckets.texts()).containsExactly("123");
    }

    @Test
    void aBufferThatFellDueMeanwhileIsDeliveredAtOnce() {
        Firehose firehose = new Firehose();
        firehose.create(Firehose.bucket().build());
        firehose.put("1");

        Firehose fresh = new Firehose();
        fresh.env.advance(Duration.ofHours(1));
        SavedStates.of(firehose.service).loadAndGoOn(fresh.service);
        fresh.env.settle();

        assertThat(fresh.buckets.texts()).containsExactly("1");
    }

    @Test
    void whatIsBeingDeliveredIsSavedUntilItIsGivenUp() {
        Firehose firehose = new Firehose();
        firehose.create(CreateDeliveryStreamInput.builder()
                .httpEndpointDestinationConfiguration(HttpEndpointDestinationConfiguration.builder()
                        .endpointConfiguration(HttpEndpointConfiguration.builder()
                                .url("http://127.0.0.1:1/nobody")
                                .build())
                        .retryOptions(HttpEndpointRetryOptions.builder()
                                .durationInSeconds(7200)
                                .build())
                        .s3Configuration(Firehose.backup())
                        .build()));
        firehose.put("1");
        firehose.env.advance(Duration.ofSeconds(300));
        SavedStates saved = SavedStates.of(firehose.service);
        assertThat(saved.text()).hasSize(2);

        firehose.env.advance(Duration.ofHours(3));
        assertThat(firehose.buckets.texts()).hasSize(1);
        assertThat(saved.saveAgain(firehose.service).removed()).isEqualTo(1);
    }

    @Test
    void anObjectThatWaitsForItsBucketIsTriedAgainUntilItsDayIsOver() {
        Firehose firehose = new Firehose();
        firehose.buckets.missing = true;
        firehose.create(Firehose.bucket().build());
        firehose.put("1");
        firehose.env.advance(Duration.ofSeconds(300));
        SavedStates saved = SavedStates.of(firehose.service);
        assertThat(saved.text()).hasSize(2);

        Firehose soon = new Firehose();
        soon.env.advance(Duration.ofHours(1));
        saved.loadAndGoOn(soon.service);
        soon.env.settle();
        assertThat(soon.buckets.texts()).containsExactly("1");
        assertThat(saved.saveAgain(soon.service).removed()).isEqualTo(1);

        Firehose late = new Firehose();
        late.buckets.missing = true;
        late.env.advance(Duration.ofHours(23));
        SavedStates.of(firehose.service).loadAndGoOn(late.service);
        late.env.advance(Duration.ofHours(2));
        late.buckets.missing = false;
        late.env.advance(Duration.ofHours(1));
        assertThat(late.buckets.texts()).isEmpty();
        assertThat(SavedStates.of(late.service).text()).hasSize(1);
    }

    @Test
    void aSourceIsReadOnFromWhereItWas() {
        Firehose firehose = new Firehose();
        KinesisService kinesis = new KinesisService(firehose.env.services());
        kinesis.createStream(
                io.pileus.kinesis.model.CreateStreamInput.builder()
                        .streamName("source")
                        .shardCount(1)
                        .build(),
                firehose.call());
        firehose.create(CreateDeliveryStreamInput.builder()
                .deliveryStreamType("KinesisStreamAsSource")
                .kinesisStreamSourceConfiguration(KinesisStreamSourceConfiguration.builder()
                        .kinesisStreamARN("arn:aws:kinesis:us-east-1:000000000000:stream/source")
                        .roleARN(Firehose.ROLE)
                        .build())
                .extendedS3DestinationConfiguration(Firehose.bucket().build()));
        put(kinesis, firehose, "1");
        firehose.env.settle();
        SavedStates savedFirehose = SavedStates.of(firehose.service);
        put(kinesis, firehose, "2");
        SavedStates savedKinesis = SavedStates.of(kinesis);

        Firehose fresh = new Firehose();
        KinesisService freshKinesis = new KinesisService(fresh.env.services());
        savedKinesis.loadInto(freshKinesis);
        savedFirehose.loadAndGoOn(fresh.service);
        put(freshKinesis, fresh, "3");
        fresh.env.advance(Duration.ofSeconds(300));

        assertThat(fresh.buckets.texts()).containsExactly("123");
    }

    private static void put(KinesisService kinesis, Firehose firehose, String data) {
        kinesis.putRecord(
                io.pileus.kinesis.model.PutRecordInput.builder()
                        .streamName("source")
                        .partitionKey("a")
                        .data(io.pileus.core.shape.Blob.ofUtf8(data))
                        .build(),
                TestCalls.call(firehose.env));
    }
}
