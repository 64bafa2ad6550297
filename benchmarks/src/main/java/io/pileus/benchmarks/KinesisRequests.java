package io.pileus.benchmarks;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Requests to Kinesis: in JSON, and in the JSON-as-CBOR that the SDK for Java sends. */
final class KinesisRequests {
    private static final int RECORD_BYTES = 100;
    private static final int BATCH = 500;

    private KinesisRequests() {}

    static String newStream(int port, int shards) throws IOException {
        Requests.awaitAnswer(
                port, request(port, "CreateStream", "{\"StreamName\":\"load\",\"ShardCount\":" + shards + "}"));
        return "load";
    }

    static void deleteStream(int port) throws IOException {
        Requests.awaitAnswer(port, request(port, "DeleteStream", "{\"StreamName\":\"load\"}"));
    }

    static byte[] putRecords(int port, String stream, int records) {
        return request(port, "PutRecords", new String(putRecordsJson(stream, records), StandardCharsets.US_ASCII));
    }

    static byte[] putRecordsInCbor(int port, String stream, int records) {
        return cborRequest(port, "PutRecords", putRecordsCbor(stream, records));
    }

    static byte[] putRecordsJson(String stream, int records) {
        String data = Base64.getEncoder().encodeToString(new byte[RECORD_BYTES]);
        StringBuilder body = new StringBuilder("{\"StreamName\":\"" + stream + "\",\"Records\":[");
        for (int i = 0; i < records; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"Data\":\"")
                    .append(data)
                    .append("\",\"PartitionKey\":\"key-")
                    .append(i)
                    .append("\"}");
        }
        return body.append("]}").toString().getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] putRecordsCbor(String stream, int records) {
        return cbor(generator -> {
            generator.writeStringField("StreamName", stream);
            generator.writeArrayFieldStart("Records");
            for (int i = 0; i < records; i++) {
                generator.writeStartObject();
                generator.writeBinaryField("Data", new byte[RECORD_BYTES]);
                generator.writeStringField("PartitionKey", "key-" + i);
                generator.writeEndObject();
            }
            generator.writeEndArray();
        });
    }

    private interface Members {
        void writeTo(JsonGenerator generator) throws IOException;
    }

    private static byte[] cbor(Members members) {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                JsonGenerator generator = new CBORFactory().createGenerator(bytes)) {
            generator.writeStartObject();
            members.writeTo(generator);
            generator.writeEndObject();
            generator.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the first records of the only shard, which is filled first. */
    static byte[] getRecords(int port, String stream, int records) throws IOException {
        String iterator = iteratorOfFilledShard(port, stream, records);
        return request(port, "GetRecords", "{\"ShardIterator\":\"" + iterator + "\",\"Limit\":" + records + "}");
    }

    static byte[] getRecordsInCbor(int port, String stream, int records) throws IOException {
        String iterator = iteratorOfFilledShard(port, stream, records);
        return cborRequest(port, "GetRecords", cbor(generator -> {
            generator.writeStringField("ShardIterator", iterator);
            generator.writeNumberField("Limit", records);
        }));
    }

    private static String iteratorOfFilledShard(int port, String stream, int records) throws IOException {
        for (int i = 0; i < records; i += BATCH) {
            Requests.awaitAnswer(port, putRecords(port, stream, BATCH));
        }
        return Requests.member(
                "ShardIterator",
                Requests.awaitAnswer(
                        port,
                        request(
                                port,
                                "GetShardIterator",
                                "{\"StreamName\":\"" + stream
                                        + "\",\"ShardId\":\"shardId-000000000000\",\"ShardIteratorType\":\"TRIM_HORIZON\"}")));
    }

    private static byte[] request(int port, String operation, String body) {
        return Requests.request(port, "kinesis", "application/x-amz-json-1.1", "Kinesis_20131202." + operation, body);
    }

    private static byte[] cborRequest(int port, String operation, byte[] body) {
        return Requests.request(port, "kinesis", "application/x-amz-cbor-1.1", "Kinesis_20131202." + operation, body);
    }
}
