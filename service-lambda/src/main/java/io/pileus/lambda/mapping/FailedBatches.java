package io.pileus.lambda.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.http.Payload;
import io.pileus.core.identity.Arn;
import io.pileus.core.port.Delivery;
import io.pileus.core.port.DeliveryResult;
import io.pileus.core.port.ObjectStore;
import io.pileus.core.port.StreamReader;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.JsonTrees;
import io.pileus.lambda.model.DestinationConfig;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a mapping's on-failure destination (a queue, a topic or a bucket) of records that are given up.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html">Retain discarded batch
 *     records</a>
 */
final class FailedBatches {
    private static final Logger log = LoggerFactory.getLogger(FailedBatches.class);
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter OBJECT_KEY =
            DateTimeFormatter.ofPattern("uuuu/MM/dd/uuuu-MM-dd'T'HH.mm.ss").withZone(ZoneOffset.UTC);

    /** Why records are given up. */
    enum Condition {
        RETRIES_EXHAUSTED("RetryAttemptsExhausted"),
        TOO_OLD("RecordAgeExceeded");

        private final String wire;

        Condition(String wire) {
            this.wire = wire;
        }
    }

    private final Surroundings surroundings;
    private final Mapping mapping;

    FailedBatches(Surroundings surroundings, Mapping mapping) {
        this.surroundings = surroundings;
        this.mapping = mapping;
    }

    /** Where they go; empty for nowhere. */
    static Optional<Arn> destination(DestinationConfig config) {
        return config == null
                        || config.onFailure() == null
                        || config.onFailure().destination() == null
                ? Optional.empty()
                : Arn.parse(config.onFailure().destination());
    }

    /**
     * @param event the event that the function got or would have got
     */
    void tell(RecordBatch batch, Condition condition, String shardId, MappedFunction function, Blob event) {
        Optional<Arn> destination = destination(mapping.configuration().destinationConfig());
        if (destination.isEmpty() || batch.records().isEmpty()) {
            return;
        }
        Instant now = surroundings.now();
        ObjectNode record = record(batch, condition, shardId, function, now);
        if (destination.get().service().equals("s3")) {
            record.put("payload", event.utf8());
            store(destination.get(), shardId, record, now);
        } else {
            send(destination.get(), function, record, now);
        }
    }

    private ObjectNode record(
            RecordBatch batch, Condition condition, String shardId, MappedFunction function, Instant now) {
        ObjectNode record = JsonTrees.mapper().createObjectNode();
        ObjectNode request = record.putObject("requestContext");
        request.put("requestId", surroundings.env().ids().uuid());
        request.put("functionArn", function.arn());
        request.put("condition", condition.wire);
        request.put("approximateInvokeCount", batch.failures());
        if (batch.failures() > 0) {
            ObjectNode response = record.putObject("responseContext");
            response.put("statusCode", 200);
            response.put("executedVersion", function.version());
            response.put("functionError", "Unhandled");
        }
        record.put("version", "1.0");
        record.put("timestamp", MILLIS.format(now));
        StreamReader.Record first = batch.records().getFirst();
        StreamReader.Record last = batch.records().getLast();
        ObjectNode info = record.putObject("KinesisBatchInfo");
        info.put("shardId", shardId);
        info.put("startSequenceNumber", first.sequenceNumber());
        info.put("endSequenceNumber", last.sequenceNumber());
        info.put("approximateArrivalOfFirstRecord", MILLIS.format(first.approximateArrivalTimestamp()));
        info.put("approximateArrivalOfLastRecord", MILLIS.format(last.approximateArrivalTimestamp()));
        info.put("batchSize", batch.size());
        info.put("streamArn", mapping.source().toString());
        return record;
    }

    private void send(Arn destination, MappedFunction function, ObjectNode record, Instant now) {
        Delivery delivery = Delivery.of(
                destination,
                Arn.parse(function.arn()).orElseThrow(),
                surroundings.caller(mapping),
                Blob.ofUtf8(record.toString()),
                now,
                1);
        surroundings.env().ports().deliveries().deliver(delivery).thenAccept(result -> {
            if (!(result instanceof DeliveryResult.Delivered)) {
                log.warn("the on-failure destination {} did not take a record: {}", destination, result);
            }
        });
    }

    /** The key is {@code aws/lambda/<mapping>/<shard>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<UUID>}. */
    private void store(Arn bucket, String shardId, ObjectNode record, Instant now) {
        String key = "aws/lambda/" + mapping.configuration().uuid() + "/" + shardId + "/" + OBJECT_KEY.format(now) + "-"
                + surroundings.env().ids().uuid();
        Optional<ObjectStore> objects = surroundings.env().ports().find(ObjectStore.class);
        if (objects.isEmpty()) {
            log.warn("the on-failure destination {} cannot be reached: S3 is not enabled", bucket);
            return;
        }
        ObjectStore.Put put = objects.get()
                .put(bucket.resource(), key, Payload.ofUtf8(record.toString()), Map.of(), "application/json");
        if (put instanceof ObjectStore.PutFailed failed) {
            log.warn("the on-failure destination {} did not take a record: {}", bucket, failed.message());
        }
    }
}
