package io.pileus.firehose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.service.AwsException;
import io.pileus.firehose.model.*;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What destinations and their processors may say, and what an update may change. */
class DestinationRulesTest {
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:f";

    private final Firehose firehose = new Firehose();

    private static ExtendedS3DestinationConfiguration processed(Processor... processors) {
        return Firehose.bucket()
                .processingConfiguration(Firehose.processing(processors))
                .build();
    }

    private static ExtendedS3DestinationConfiguration.Builder partitioned(String prefix) {
        return Firehose.bucket()
                .prefix(prefix)
                .errorOutputPrefix("errors/")
                .dynamicPartitioningConfiguration(
                        DynamicPartitioningConfiguration.builder().enabled(true).build());
    }

    private static Processor query() {
        return Firehose.processor("MetadataExtraction", Map.of("MetadataExtractionQuery", "{k}"));
    }

    private void refused(ExtendedS3DestinationConfiguration destination, String words) {
        assertThatThrownBy(() -> firehose.create(destination))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining(words);
    }

    private UpdateDestinationInput.Builder update() {
        return UpdateDestinationInput.builder()
                .deliveryStreamName("hose")
                .currentDeliveryStreamVersionId(firehose.describe().versionId())
                .destinationId("destinationId-000000000001");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Lambda                  |                   |          | LambdaArn must be specified
                    Lambda                  | LambdaArn         | f        | is not the ARN of a function
                    Lambda                  | Delimiter         | x        | Delimiter is not a parameter of a Lambda processor.
                    Lambda                  | NumberOfRetries   | 301      | must be a number between 0 and 300
                    Lambda                  | NumberOfRetries   | x        | must be a number between 0 and 300
                    Lambda                  | BufferSizeInMBs   | 3.1      | must be a number between 0.2 and 3
                    RecordDeAggregation     |                   |          | SubRecordType must be specified
                    RecordDeAggregation     | SubRecordType     | XML      | must be one of [JSON, DELIMITED]
                    RecordDeAggregation     | SubRecordType     | DELIMITED| Delimiter must be specified
                    CloudWatchLogProcessing | DataMessageExtraction | true | needs a Decompression processor
                    Decompression           | CompressionFormat | ZIP      | must be one of [GZIP]
                    """)
    void processorsHaveTheirParameters(String type, String name, String value, String words) {
        Map<String, String> parameters = name == null ? Map.of() : Map.of(name, value);

        refused(processed(Firehose.processor(type, parameters)), words);
    }

    @Test
    void aTypeOfProcessorIsGivenOnce() {
        Processor lambda = Firehose.processor("Lambda", Map.of("LambdaArn", FUNCTION));

        refused(processed(lambda, lambda), "Only one processor of type Lambda");
        refused(processed(), "At least one Processor");
    }

    @Test
    void partitionKeysComeFromAProcessor() {
        refused(processed(query()), "only when Dynamic Partitioning is enabled");
        refused(partitioned("!{partitionKeyFromQuery:k}/").build(), "A MetadataExtraction processor must be present");
        refused(
                partitioned("!{partitionKeyFromLambda:k}/")
                        .processingConfiguration(Firehose.processing(query()))
                        .build(),
                "A Lambda processor must be present");
    }

    @Test
    void bucketsNameOneEncryptionAndBothHints() {
        refused(
                Firehose.bucket()
                        .encryptionConfiguration(
                                EncryptionConfiguration.builder().build())
                        .build(),
                "Exactly one of NoEncryptionConfig or KMSEncryptionConfig must be specified");
        refused(
                Firehose.bucket()
                        .bufferingHints(BufferingHints.builder().sizeInMBs(5).build())
                        .build(),
                "must be specified together");
    }

    @Test
    void redshiftCopiesNoZip() {
        assertThatThrownBy(() -> firehose.create(CreateDeliveryStreamInput.builder()
                        .redshiftDestinationConfiguration(RedshiftDestinationConfiguration.builder()
                                .roleARN(Firehose.ROLE)
                                .clusterJDBCURL("jdbc:redshift://c.us-east-1.redshift.amazonaws.com:5439/db")
                                .copyCommand(
                                        CopyCommand.builder().dataTableName("t").build())
                                .s3Configuration(Firehose.backup().toBuilder()
                                        .compressionFormat("ZIP")
                                        .build())
                                .build())))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("COPY");
    }

    @Test
    void partitioningIsDecidedWhenTheStreamIsCreated() {
        firehose.create(Firehose.bucket().build());

        assertThatThrownBy(() -> firehose.service.updateDestination(
                        update().extendedS3DestinationUpdate(ExtendedS3DestinationUpdate.builder()
                                        .prefix("!{partitionKeyFromQuery:k}/")
                                        .errorOutputPrefix("errors/")
                                        .bufferingHints(BufferingHints.builder()
                                                .sizeInMBs(64)
                                                .intervalInSeconds(60)
                                                .build())
                                        .dynamicPartitioningConfiguration(DynamicPartitioningConfiguration.builder()
                                                .enabled(true)
                                                .build())
                                        .processingConfiguration(Firehose.processing(query()))
                                        .build())
                                .build(),
                        firehose.call()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("only when a delivery stream is created");
    }

    @Test
    void aBackupIsNotDisabled() {
        firehose.create(Firehose.bucket()
                .s3BackupMode("Enabled")
                .s3BackupConfiguration(Firehose.backup())
                .build());

        assertThatThrownBy(() -> firehose.service.updateDestination(
                        update().extendedS3DestinationUpdate(ExtendedS3DestinationUpdate.builder()
                                        .s3BackupMode("Disabled")
                                        .build())
                                .build(),
                        firehose.call()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("S3BackupMode cannot be changed from Enabled to Disabled.");
    }

    @Test
    void anUpdateToAnotherTypeIsAsCompleteAsACreation() {
        firehose.create(Firehose.bucket().prefix("kept/").build());
        HttpEndpointDestinationUpdate.Builder http = HttpEndpointDestinationUpdate.builder()
                .endpointConfiguration(HttpEndpointConfiguration.builder()
                        .url("https://example.com/x")
                        .build());

        assertThatThrownBy(() -> firehose.service.updateDestination(
                        update().httpEndpointDestinationUpdate(http.build()).build(), firehose.call()))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining(
                        "Value null at 'httpEndpointDestinationConfiguration.s3Configuration' failed to satisfy"
                                + " constraint: Member must not be null");
        firehose.service.updateDestination(
                update().httpEndpointDestinationUpdate(http.s3Update(S3DestinationUpdate.builder()
                                        .roleARN(Firehose.ROLE)
                                        .bucketARN(Firehose.BUCKET)
                                        .build())
                                .build())
                        .build(),
                firehose.call());

        DestinationDescription description = firehose.describe().destinations().getFirst();
        assertThat(firehose.describe().versionId()).isEqualTo("2");
        assertThat(description.extendedS3DestinationDescription()).isNull();
        assertThat(description
                        .httpEndpointDestinationDescription()
                        .endpointConfiguration()
                        .url())
                .isEqualTo("https://example.com/x");
        assertThat(description
                        .httpEndpointDestinationDescription()
                        .s3DestinationDescription()
                        .prefix())
                .isNull();
    }

    @Test
    void openSearchIsNotSwitchedWithOthers() {
        firehose.create(Firehose.bucket().build());

        assertThatThrownBy(() -> firehose.service.updateDestination(
                        update().amazonopensearchserviceDestinationUpdate(
                                        AmazonopensearchserviceDestinationUpdate.builder()
                                                .indexName("i")
                                                .build())
                                .build(),
                        firehose.call()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("switching between Amazon OpenSearch Service and other services");
    }

    @Test
    void recordsAreTakenApartBeforeKeysAreLookedForWhateverTheOrder() {
        firehose.create(partitioned("k=!{partitionKeyFromQuery:k}/")
                .processingConfiguration(Firehose.processing(
                        query(), Firehose.processor("RecordDeAggregation", Map.of("SubRecordType", "JSON"))))
                .build());

        firehose.put("{\"k\":1}{\"k\":2}");
        firehose.env.advance(Duration.ofSeconds(300));

        assertThat(firehose.buckets.keys()).hasSize(2).anyMatch(key -> key.startsWith("k=2/"));
    }

    @Test
    void anArrayIsNoAggregateOfRecords() {
        firehose.create(Firehose.bucket()
                .errorOutputPrefix("errors/")
                .processingConfiguration(
                        Firehose.processing(Firehose.processor("RecordDeAggregation", Map.of("SubRecordType", "JSON"))))
                .build());

        firehose.put("[{\"k\":1}]");
        firehose.env.advance(Duration.ofSeconds(300));

        assertThat(firehose.buckets.only("errors/")).contains("does not consist of JSON objects");
    }

    @Test
    void aRecordOfMoreThanFiveHundredIsNotTakenApart() {
        firehose.create(Firehose.bucket()
                .prefix("data/")
                .processingConfiguration(Firehose.processing(Firehose.processor(
                        "RecordDeAggregation", Map.of("SubRecordType", "DELIMITED", "Delimiter", "Cg=="))))
                .build());
        firehose.put("a\nb", "x\n".repeat(501));
        firehose.env.advance(Duration.ofSeconds(300));

        assertThat(firehose.buckets.only("data/")).isEqualTo("ab" + "x\n".repeat(501));
    }
}
