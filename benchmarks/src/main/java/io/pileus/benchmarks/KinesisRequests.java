package io.pileus.benchmarks;

import java.io.IOException;
import java.util.Base64;

/** Requests to Kinesis in JSON. */
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
        return request(port, "PutRecords", body.append("]}").toString());
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
