package io.pileus.firehose;

import io.pileus.core.port.ObjectStore;
import io.pileus.core.service.CallContext;
import io.pileus.core.shape.Blob;
import io.pileus.core.testkit.TestCalls;
import io.pileus.core.testkit.TestEnvironment;
import io.pileus.firehose.model.*;
import java.util.List;
import java.util.Map;

/** Firehose with a bucket {@code logs}, as a client would use it. */
final class Firehose {
    static final String ROLE = "arn:aws:iam::000000000000:role/firehose";
    static final String BUCKET = "arn:aws:s3:::logs";

    final TestEnvironment env = TestEnvironment.fresh();
    final Buckets buckets = new Buckets();
    final FirehoseService service = new FirehoseService(env.services());

    Firehose() {
        env.services().ports().provide(ObjectStore.class, buckets);
    }

    CallContext call() {
        return TestCalls.call(env);
    }

    static ExtendedS3DestinationConfiguration.Builder bucket() {
        return ExtendedS3DestinationConfiguration.builder().roleARN(ROLE).bucketARN(BUCKET);
    }

    static S3DestinationConfiguration backup() {
        return S3DestinationConfiguration.builder()
                .roleARN(ROLE)
                .bucketARN(BUCKET)
                .build();
    }

    static Processor processor(String type, Map<String, String> parameters) {
        return Processor.builder()
                .type(type)
                .parameters(parameters.entrySet().stream()
                        .map(p -> ProcessorParameter.builder()
                                .parameterName(p.getKey())
                                .parameterValue(p.getValue())
                                .build())
                        .toList())
                .build();
    }

    static ProcessingConfiguration processing(Processor... processors) {
        return ProcessingConfiguration.builder()
                .enabled(true)
                .processors(List.of(processors))
                .build();
    }

    void create(ExtendedS3DestinationConfiguration destination) {
        create(CreateDeliveryStreamInput.builder().extendedS3DestinationConfiguration(destination));
    }

    void create(CreateDeliveryStreamInput.Builder input) {
        service.createDeliveryStream(input.deliveryStreamName("hose").build(), call());
    }

    void put(String... data) {
        for (String each : data) {
            service.putRecord(
                    PutRecordInput.builder()
                            .deliveryStreamName("hose")
                            .record_(io.pileus.firehose.model.Record.builder()
                                    .data(Blob.ofUtf8(each))
                                    .build())
                            .build(),
                    call());
        }
    }

    DeliveryStreamDescription describe() {
        return service.describeDeliveryStream(
                        DescribeDeliveryStreamInput.builder()
                                .deliveryStreamName("hose")
                                .build(),
                        call())
                .deliveryStreamDescription();
    }
}
