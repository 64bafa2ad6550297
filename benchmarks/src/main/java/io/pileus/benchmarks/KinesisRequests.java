package io.pileus.benchmarks;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Requests to Kinesis: in JSON, and a body in CBOR. */
final class KinesisRequests {
    private static final int RECORD_BYTES = 100;
    private static final int BATCH = 500;

    private KinesisRequests() {}

    static String newStream(int port, int shards) throws IOException {
        Requests.awaitAnswer(
                port, request(port, "CreateStream", "{\"StreamName\":\"load\",\"ShardCount\":" + shards + "}"));
        return "load";
    }

    static byte[] putRecords(int port, String stream, int records) {
        return request(port, "PutRecords", new String(putRecordsJson(stream, records), StandardCharsets.US_ASCII));
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
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                JsonGenerator cbor = new CBORFactory().createGenerator(bytes)) {
            cbor.writeStartObject();
            cbor.writeStringField("StreamName", stream);
            cbor.writeArrayFieldStart("Records");
            for (int i = 0; i < records; i++) {
                cbor.writeStartObject();
                cbor.writeBinaryField("Data", new byte[RECORD_BYTES]);
                cbor.writeStringField("PartitionKey", "key-" + i);
                cbor.writeEndObject();
            }
            cbor.writeEndArray();
            cbor.writeEndObject();
            cbor.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the first records of the only shard, which is filled first. */
    static byte[] getRecords(int port, String stream, int records) throws IOException {
        for (int i = 0; i < records; i += BATCH) {
            Requests.awaitAnswer(port, putRecords(port, stream, BATCH));
        }
        String iterator = Requests.member(
                "ShardIterator",
                Requests.awaitAnswer(
                        port,
                        request(
                                port,
                                "GetShardIterator",
                                "{\"StreamName\":\"" + stream
                                        + "\",\"ShardId\":\"shardId-000000000000\",\"ShardIteratorType\":\"TRIM_HORIZON\"}")));
        return request(port, "GetRecords", "{\"ShardIterator\":\"" + iterator + "\",\"Limit\":" + records + "}");
    }

    private static byte[] request(int port, String operation, String body) {
        return Requests.request(port, "kinesis", "application/x-amz-json-1.1", "Kinesis_20131202." + operation, body);
    }
}
