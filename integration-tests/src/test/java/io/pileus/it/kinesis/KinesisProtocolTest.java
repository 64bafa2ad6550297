package io.pileus.it.kinesis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Kinesis in each of its protocols, as bytes. */
class KinesisProtocolTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CBORMapper CBOR = new CBORMapper();

    private final KinesisServer server = KinesisServer.start();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        http.close();
        server.close();
    }

    private HttpRequest.Builder request(String path, byte[] body) {
        return HttpRequest.newBuilder(URI.create(server.endpoint() + path))
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/kinesis/aws4_request,"
                                + " SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> rpc(String operation, byte[] body) throws IOException, InterruptedException {
        return send(request("/service/Kinesis_20131202/operation/" + operation, body)
                .header("Smithy-Protocol", "rpc-v2-cbor")
                .header("Content-Type", "application/cbor")
                .header("Accept", "application/cbor"));
    }

    private HttpResponse<byte[]> target(String operation, String contentType, byte[] body)
            throws IOException, InterruptedException {
        return send(request("/", body)
                .header("X-Amz-Target", "Kinesis_20131202." + operation)
                .header("Content-Type", contentType));
    }

    private static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** The magic number, a protocol buffer and a digest: what the Kinesis Producer Library makes of many records. */
    private static final byte[] AGGREGATED = {
        (byte) 0xF3,
        (byte) 0x89,
        (byte) 0x9A,
        (byte) 0xC2,
        10,
        1,
        'k',
        26,
        5,
        8,
        0,
        26,
        1,
        'x',
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        8,
        9,
        10,
        11,
        12,
        13,
        14,
        15,
        16
    };

    @Test
    void whatOneProtocolWritesTheOthersReadUnchanged() throws Exception {
        assertThat(rpc(
                                "CreateStream",
                                CBOR.writeValueAsBytes(
                                        object().put("StreamName", "s").put("ShardCount", 1)))
                        .statusCode())
                .isEqualTo(200);
        ObjectNode put = object().put("StreamName", "s").put("PartitionKey", "k");
        HttpResponse<byte[]> written = rpc("PutRecord", CBOR.writeValueAsBytes(put.put("Data", AGGREGATED)));
        assertThat(written.headers().firstValue("smithy-protocol")).contains("rpc-v2-cbor");
        assertThat(CBOR.readTree(written.body()).path("SequenceNumber").asText())
                .hasSize(56);
        assertThat(target("PutRecord", "application/x-amz-cbor-1.1", CBOR.writeValueAsBytes(put))
                        .statusCode())
                .isEqualTo(200);
        assertThat(target("PutRecord", "application/x-amz-json-1.1", JSON.writeValueAsBytes(put))
                        .statusCode())
                .isEqualTo(200);

        String iterator = JSON.readTree(target(
                                "GetShardIterator",
                                "application/x-amz-json-1.1",
                                JSON.writeValueAsBytes(object().put("StreamName", "s")
                                        .put("ShardId", "shardId-000000000000")
                                        .put("ShardIteratorType", "TRIM_HORIZON")))
                        .body())
                .path("ShardIterator")
                .asText();
        ObjectNode get = object().put("ShardIterator", iterator);
        JsonNode json = JSON.readTree(target("GetRecords", "application/x-amz-json-1.1", JSON.writeValueAsBytes(get))
                .body());
        JsonNode cbor = CBOR.readTree(target("GetRecords", "application/x-amz-cbor-1.1", CBOR.writeValueAsBytes(get))
                .body());
        JsonNode rpc =
                CBOR.readTree(rpc("GetRecords", CBOR.writeValueAsBytes(get)).body());

        for (JsonNode answer : new JsonNode[] {json, cbor, rpc}) {
            assertThat(answer.path("Records")).hasSize(3);
            for (JsonNode record : answer.path("Records")) {
                assertThat(record.path("Data").binaryValue()).isEqualTo(AGGREGATED);
            }
        }
    }

    @Test
    void errorsHaveTheProtocolsOwnShape() throws Exception {
        byte[] body = CBOR.writeValueAsBytes(object().put("StreamName", "none"));

        HttpResponse<byte[]> rpc = rpc("DescribeStream", body);
        assertThat(rpc.statusCode()).isEqualTo(400);
        assertThat(CBOR.readTree(rpc.body()).path("__type").asText()).endsWith("#ResourceNotFoundException");
        HttpResponse<byte[]> cbor = target("DescribeStream", "application/x-amz-cbor-1.1", body);
        assertThat(cbor.statusCode()).isEqualTo(400);
        assertThat(CBOR.readTree(cbor.body()).path("__type").asText()).isEqualTo("ResourceNotFoundException");
    }

    @Test
    void malformedCborIsRefusedAndNothingElse() throws Exception {
        byte[][] malformed = {
            {},
            {(byte) 0xff},
            {(byte) 0xbf, 0x61},
            {(byte) 0xa1, 0x61, 'a'},
            {(byte) 0x9f, (byte) 0x9f, (byte) 0x9f},
            {
                (byte) 0xbb,
                0x7f,
                (byte) 0xff,
                (byte) 0xff,
                (byte) 0xff,
                (byte) 0xff,
                (byte) 0xff,
                (byte) 0xff,
                (byte) 0xff
            },
            {
                (byte) 0x5b,
                0x7f,
                (byte) 0xff,
                (byte) 0xff,
                (byte) 0xff,
                (byte) 0xff,
                (byte) 0xff,
                (byte) 0xff,
                (byte) 0xff
            },
            "{\"StreamName\":\"s\"}".getBytes(StandardCharsets.UTF_8),
        };
        for (byte[] body : malformed) {
            assertThat(rpc("DescribeStream", body).statusCode()).isEqualTo(400);
            assertThat(target("DescribeStream", "application/x-amz-cbor-1.1", body)
                            .statusCode())
                    .isEqualTo(400);
        }
        assertThat(rpc("ListStreams", CBOR.writeValueAsBytes(object())).statusCode())
                .isEqualTo(200);
    }
}
