package io.pileus.protocoltests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import io.pileus.core.service.WireProtocol;
import io.pileus.core.shape.Blob;
import io.pileus.protocoltests.kinesis.GetRecordsOutput;
import io.pileus.protocoltests.kinesis.GetShardIteratorInput;
import io.pileus.protocoltests.kinesis.KinesisApi;
import io.pileus.protocoltests.kinesis.KinesisOperations;
import io.pileus.protocoltests.kinesis.PutRecordInput;
import io.pileus.protocoltests.kinesis.Record;
import io.pileus.protocoltests.kinesis.ResourceNotFoundException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The older JSON-as-CBOR, as the Java SDK speaks it to Kinesis. */
class CborWireTest {
    private final Wire kinesis = new Wire(new KinesisApi(new KinesisOperations() {}), WireProtocol.AWS_CBOR_1_1);

    private interface Content {
        void write(CBORGenerator cbor) throws IOException;
    }

    private static byte[] cbor(Content content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CBORGenerator generator = new CBORFactory().createGenerator(out)) {
            generator.writeStartObject();
            content.write(generator);
            generator.writeEndObject();
        }
        return out.toByteArray();
    }

    @Test
    void blobsAreBytes() throws IOException {
        byte[] body = cbor(c -> {
            c.writeBinaryField("Data", new byte[] {1, 2, 3});
            c.writeStringField("PartitionKey", "p");
        });

        assertThat(kinesis.read("PutRecord", body))
                .isEqualTo(PutRecordInput.builder()
                        .data(Blob.of(new byte[] {1, 2, 3}))
                        .partitionKey("p")
                        .build());
    }

    @Test
    void timestampsAreReadAsTaggedMillisecondsOrAsSeconds() throws IOException {
        Instant expected = Instant.ofEpochMilli(1_700_000_000_123L);

        byte[] tagged = cbor(c -> {
            c.writeFieldName("Timestamp");
            c.writeTag(1);
            c.writeNumber(1_700_000_000_123L);
        });
        byte[] untagged = cbor(c -> c.writeNumberField("Timestamp", 1_700_000_000_123L));
        byte[] seconds = cbor(c -> c.writeNumberField("Timestamp", 1_700_000_000.123));

        for (byte[] body : List.of(tagged, untagged)) {
            assertThat(((GetShardIteratorInput) kinesis.read("GetShardIterator", body)).timestamp())
                    .isEqualTo(expected);
        }
        assertThat(((GetShardIteratorInput) kinesis.read("GetShardIterator", seconds))
                        .timestamp()
                        .toEpochMilli())
                .isBetween(expected.toEpochMilli() - 1, expected.toEpochMilli());
    }

    @Test
    void halfASurrogatePairIsAnsweredAsTheReplacementCharacter() throws IOException {
        var response = kinesis.write(
                "GetRecords",
                GetRecordsOutput.builder()
                        .records(List.of(
                                Record.builder().partitionKey("a\ud83db\udd46").build()))
                        .build());

        try (CBORParser parser = new CBORFactory().createParser(Wire.bytes(response))) {
            while (parser.nextToken() != JsonToken.VALUE_STRING) {
                assertThat(parser.currentToken()).isNotNull();
            }
            assertThat(parser.getText()).isEqualTo("a\ufffdb\ufffd");
        }
    }

    @Test
    void timestampsAreWrittenAsTaggedMilliseconds() throws IOException {
        var response = kinesis.write(
                "GetRecords",
                GetRecordsOutput.builder()
                        .records(List.of(Record.builder()
                                .approximateArrivalTimestamp(Instant.ofEpochMilli(1_700_000_000_123L))
                                .build()))
                        .build());

        assertThat(response.headers().get("Content-Type")).isEqualTo("application/x-amz-cbor-1.1");
        try (CBORParser parser = new CBORFactory().createParser(Wire.bytes(response))) {
            while (parser.nextToken() != JsonToken.VALUE_NUMBER_INT) {
                assertThat(parser.currentToken()).isNotNull();
            }
            assertThat(parser.getCurrentTag()).isEqualTo(1);
            assertThat(parser.getLongValue()).isEqualTo(1_700_000_000_123L);
        }
    }

    @Test
    void anErrorSaysItsTypeAndMessage() throws IOException {
        var response = kinesis.error("PutRecord", ResourceNotFoundException.of("no such stream"));

        try (CBORParser parser = new CBORFactory().createParser(Wire.bytes(response))) {
            parser.nextToken();
            assertThat(parser.nextFieldName()).isEqualTo("__type");
            assertThat(parser.nextTextValue()).isEqualTo("ResourceNotFoundException");
            assertThat(parser.nextFieldName()).isEqualTo("message");
            assertThat(parser.nextTextValue()).isEqualTo("no such stream");
        }
    }
}
