package io.pileus.protocoltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pileus.core.protocol.Validation;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.Violation;
import io.pileus.core.service.Violations;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.Shape;
import io.pileus.protocoltests.kinesis.CreateStreamInput;
import io.pileus.protocoltests.kinesis.GetShardIteratorInput;
import io.pileus.protocoltests.kinesis.IncreaseStreamRetentionPeriodInput;
import io.pileus.protocoltests.kinesis.KinesisApi;
import io.pileus.protocoltests.kinesis.KinesisOperations;
import io.pileus.protocoltests.kinesis.ListShardsInput;
import io.pileus.protocoltests.kinesis.PutRecordInput;
import io.pileus.protocoltests.kinesis.PutRecordsInput;
import io.pileus.protocoltests.kinesis.PutRecordsRequestEntry;
import io.pileus.protocoltests.kinesis.RemoveTagsFromStreamInput;
import io.pileus.protocoltests.restjsonvalidation.MalformedPatternInput;
import io.pileus.protocoltests.restjsonvalidation.SensitiveValidationInput;
import io.pileus.protocoltests.sns.PublishInput;
import io.pileus.protocoltests.sns.SnsApi;
import io.pileus.protocoltests.sns.SnsOperations;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Validation in AWS's words. */
class ValidationTest {
    private final ServiceApi kinesis = new KinesisApi(new KinesisOperations() {});
    private final ServiceApi sns = new SnsApi(new SnsOperations() {});

    private static AwsException refusal(ServiceApi api, String operation, Shape input) {
        return catchThrowableOfType(AwsException.class, () -> Validation.check(api, api.operation(operation), input));
    }

    private String message(String operation, Shape input) {
        return refusal(kinesis, operation, input).getMessage();
    }

    @Test
    void aMissingMemberIsNull() {
        AwsException error = refusal(
                kinesis,
                "GetShardIterator",
                GetShardIteratorInput.builder()
                        .streamName("s")
                        .shardIteratorType("LATEST")
                        .build());

        assertThat(error.code()).isEqualTo("ValidationException");
        assertThat(error.httpStatus()).isEqualTo(400);
        assertThat(error.getMessage())
                .isEqualTo("1 validation error detected: Value null at 'shardId' failed to satisfy constraint: "
                        + "Member must not be null");
    }

    @Test
    void aServiceThatSpeaksQueryOnlyAnswersAValidationError() {
        assertThat(refusal(sns, "Publish", PublishInput.builder().build()).code())
                .isEqualTo("ValidationError");
    }

    @Test
    void allViolationsAreNamedInTheOrderOfTheModel() {
        assertThat(message(
                        "GetShardIterator",
                        GetShardIteratorInput.builder()
                                .streamName("not a name")
                                .shardIteratorType("SOMEWHERE")
                                .build()))
                .isEqualTo(
                        "3 validation errors detected: Value 'not a name' at 'streamName' failed to satisfy constraint: "
                                + "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+; "
                                + "Value null at 'shardId' failed to satisfy constraint: Member must not be null; "
                                + "Value 'SOMEWHERE' at 'shardIteratorType' failed to satisfy constraint: Member must satisfy enum "
                                + "value set: [AT_SEQUENCE_NUMBER, AFTER_SEQUENCE_NUMBER, TRIM_HORIZON, LATEST, AT_TIMESTAMP]");
    }

    @Test
    void lengthsAndRangesNameTheirBound() {
        assertThat(message(
                        "CreateStream",
                        CreateStreamInput.builder()
                                .streamName("x".repeat(129))
                                .shardCount(0)
                                .build()))
                .isEqualTo("2 validation errors detected: Value '" + "x".repeat(129)
                        + "' at 'streamName' failed to satisfy constraint: Member must have length less than or equal to 128; "
                        + "Value '0' at 'shardCount' failed to satisfy constraint: "
                        + "Member must have value greater than or equal to 1");
        assertThat(message(
                        "ListShards",
                        ListShardsInput.builder().maxResults(10_001).build()))
                .contains("Value '10001' at 'maxResults' failed to satisfy constraint: "
                        + "Member must have value less than or equal to 10000");
    }

    @Test
    void aBlobIsShownAsTheJavaObjectThatHoldsIt() {
        assertThat(message(
                        "PutRecord",
                        PutRecordInput.builder()
                                .streamName("s")
                                .partitionKey("p")
                                .data(Blob.of(new byte[10_485_761]))
                                .build()))
                .isEqualTo(
                        "1 validation error detected: Value 'java.nio.HeapByteBuffer[pos=0 lim=10485761 cap=10485761]' "
                                + "at 'data' failed to satisfy constraint: Member must have length less than or equal to 10485760");
    }

    @Test
    void aStructureInAListIsNamedByItsPlace() {
        PutRecordsRequestEntry good = PutRecordsRequestEntry.builder()
                .partitionKey("p")
                .data(Blob.EMPTY)
                .build();
        PutRecordsRequestEntry bad = good.toBuilder().partitionKey("").build();

        assertThat(message(
                        "PutRecords",
                        PutRecordsInput.builder()
                                .streamName("s")
                                .records(List.of(good, bad))
                                .build()))
                .isEqualTo("1 validation error detected: Value '' at 'records.2.member.partitionKey' failed to satisfy "
                        + "constraint: Member must have length greater than or equal to 1");
    }

    @Test
    void simpleElementsAreNamedWithTheirList() {
        assertThat(message(
                        "RemoveTagsFromStream",
                        RemoveTagsFromStreamInput.builder()
                                .streamName("s")
                                .tagKeys(List.of("good", ""))
                                .build()))
                .isEqualTo("1 validation error detected: Value '[good, ]' at 'tagKeys' failed to satisfy constraint: "
                        + "Member must satisfy constraint: [Member must have length less than or equal to 128, "
                        + "Member must have length greater than or equal to 1]");
    }

    @Test
    void anEmptyListIsShownInBrackets() {
        assertThat(message(
                        "RemoveTagsFromStream",
                        RemoveTagsFromStreamInput.builder()
                                .streamName("s")
                                .tagKeys(List.of())
                                .build()))
                .isEqualTo("1 validation error detected: Value '[]' at 'tagKeys' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 1");
    }

    @Test
    void simpleMapValuesAreNamedWithTheirMap() {
        assertThat(message(
                        "CreateStream",
                        CreateStreamInput.builder()
                                .streamName("s")
                                .tags(Map.of("k", "v".repeat(257)))
                                .build()))
                .isEqualTo("1 validation error detected: Value '{k=" + "v".repeat(257)
                        + "}' at 'tags' failed to satisfy constraint: Map value must satisfy constraint: "
                        + "[Member must have length less than or equal to 256, "
                        + "Member must have length greater than or equal to 0]");
    }

    @Test
    void aSensitiveValueIsNotShown() {
        Shape input =
                SensitiveValidationInput.builder().string("123456789101112").build();

        assertThat(Validation.violations(input))
                .extracting(Violation::message)
                .allSatisfy(message -> assertThat(message)
                        .startsWith("Value at 'string' failed")
                        .doesNotContain("123"))
                .isNotEmpty();
    }

    @Test
    void aPatternThatWouldTryForHoursEndsAsAViolation() {
        Shape input = MalformedPatternInput.builder()
                .evilString("0".repeat(5_000) + "!")
                .build();

        assertThat(Validation.violations(input)).hasSize(1);
    }

    @Test
    void aServiceMayAnswerInItsOwnWords() {
        ServiceApi own = new KinesisApi(new KinesisOperations() {
            @Override
            public @Nullable AwsException refusal(Violations violations) {
                return violations.any(Violation.Kind.RANGE) ? null : new AwsException("Mine", 400, "my words");
            }
        });

        assertThat(refusal(own, "CreateStream", CreateStreamInput.builder().build())
                        .code())
                .isEqualTo("Mine");
        Validation.check(
                own,
                own.operation("IncreaseStreamRetentionPeriod"),
                IncreaseStreamRetentionPeriodInput.builder()
                        .streamName("s")
                        .retentionPeriodHours(Integer.MAX_VALUE)
                        .build());
    }
}
