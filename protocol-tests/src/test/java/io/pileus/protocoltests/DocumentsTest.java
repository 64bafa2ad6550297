package io.pileus.protocoltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pileus.core.protocol.Documents;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.MalformedInputException;
import io.pileus.core.shape.Shape;
import io.pileus.protocoltests.kinesis.GetShardIteratorInput;
import io.pileus.protocoltests.kinesis.KinesisApi;
import io.pileus.protocoltests.kinesis.KinesisOperations;
import io.pileus.protocoltests.kinesis.PutRecordInput;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents of calls inside the process. */
class DocumentsTest {
    private final ServiceApi kinesis = new KinesisApi(new KinesisOperations() {});

    private Shape read(String operation, String document) throws JsonProcessingException {
        JsonNode node = new ObjectMapper().readTree(document);
        return Documents.readInput(kinesis, kinesis.operation(operation), node);
    }

    @Test
    void aShapeIsReadFromItsDocumentAndWrittenToIt() throws JsonProcessingException {
        String document = "{\"StreamName\":\"s\",\"Data\":\"AQI=\",\"PartitionKey\":\"p\"}";
        Shape expected = PutRecordInput.builder()
                .streamName("s")
                .data(Blob.of(new byte[] {1, 2}))
                .partitionKey("p")
                .build();

        assertThat(read("PutRecord", document)).isEqualTo(expected);
        assertThat(Documents.write(expected).toString()).isEqualTo(document);
    }

    @Test
    void theCaseOfTheFirstLetterDoesNotCount() throws JsonProcessingException {
        assertThat(read("PutRecord", "{\"streamName\":\"s\"}"))
                .isEqualTo(PutRecordInput.builder().streamName("s").build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1700000000.5",
                "\"1700000000.5\"",
                "\"2023-11-14T22:13:20.500Z\"",
                "\"2023-11-14T23:13:20.5+01:00\"",
                "\"Tue, 14 Nov 2023 22:13:20.500 GMT\""
            })
    void timestampsComeInAnyFormat(String timestamp) throws JsonProcessingException {
        assertThat(read("GetShardIterator", "{\"Timestamp\":" + timestamp + "}"))
                .isEqualTo(GetShardIteratorInput.builder()
                        .timestamp(Instant.ofEpochMilli(1_700_000_000_500L))
                        .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "\"soon\"", "1e30", "true", "{}", "\"2023-11-14T22\"", "-1e400"})
    void whatIsNoTimestampIsRefused(String timestamp) {
        assertThatThrownBy(() -> read("GetShardIterator", "{\"Timestamp\":" + timestamp + "}"))
                .isInstanceOf(MalformedInputException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "5", "\"x\""})
    void onlyAnObjectIsAnInput(String document) {
        assertThatThrownBy(() -> read("PutRecord", document)).isInstanceOf(MalformedInputException.class);
    }
}
