package io.pileus.it.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pileus.it.CommandLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The AWS CLI and boto3, where the machine has them. */
class KinesisCommandLineTest {
    private final KinesisServer server = KinesisServer.start();

    @BeforeEach
    void needCommandLine() {
        assumeTrue(CommandLine.has("aws", "--version"), "the AWS CLI is not installed");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String aws(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("aws", "--endpoint-url", server.endpoint().toString(), "--output", "text"));
        command.addAll(List.of(arguments));
        return CommandLine.run(Map.of(), command.toArray(String[]::new))
                .output()
                .trim();
    }

    @Test
    void theCommandLineWritesAndReads() throws IOException {
        aws("kinesis", "create-stream", "--stream-name", "orders", "--shard-count", "1");
        assertThat(aws(
                        "kinesis",
                        "describe-stream",
                        "--stream-name",
                        "orders",
                        "--query",
                        "StreamDescription.StreamStatus"))
                .isEqualTo("ACTIVE");
        aws("kinesis", "put-record", "--stream-name", "orders", "--partition-key", "k", "--data", "hello");
        String iterator = aws(
                "kinesis",
                "get-shard-iterator",
                "--stream-name",
                "orders",
                "--shard-id",
                "shardId-000000000000",
                "--shard-iterator-type",
                "TRIM_HORIZON",
                "--query",
                "ShardIterator");

        assertThat(aws("kinesis", "get-records", "--shard-iterator", iterator, "--query", "Records[].PartitionKey"))
                .isEqualTo("k");
        assertThat(aws("kinesis", "delete-stream", "--stream-name", "none"))
                .contains("(ResourceNotFoundException)", "Stream none under account 000000000000 not found.");
    }

    @Test
    void theCommandLineDescribesADeliveryStream() throws IOException {
        String created = aws(
                "firehose",
                "create-delivery-stream",
                "--delivery-stream-name",
                "hose",
                "--extended-s3-destination-configuration",
                "RoleARN=arn:aws:iam::000000000000:role/r,BucketARN=arn:aws:s3:::logs");

        assertThat(created).isEqualTo("arn:aws:firehose:us-east-1:000000000000:deliverystream/hose");
        assertThat(aws(
                        "firehose",
                        "describe-delivery-stream",
                        "--delivery-stream-name",
                        "hose",
                        "--query",
                        "DeliveryStreamDescription.Destinations[0].ExtendedS3DestinationDescription"
                                + ".BufferingHints.IntervalInSeconds"))
                .isEqualTo("300");
        assertThat(aws("firehose", "describe-delivery-stream", "--delivery-stream-name", "none"))
                .contains("(ResourceNotFoundException)", "Firehose none under account 000000000000 not found.");
    }

    @Test
    void botoReadsASubscription() throws IOException {
        assumeTrue(CommandLine.has("python3", "-c", "import boto3"), "boto3 is not installed");
        String script = """
                import boto3, sys
                kinesis = boto3.client('kinesis', endpoint_url=sys.argv[1])
                kinesis.create_stream(StreamName='s', ShardCount=1)
                arn = kinesis.describe_stream_summary(StreamName='s')['StreamDescriptionSummary']['StreamARN']
                consumer = kinesis.register_stream_consumer(StreamARN=arn, ConsumerName='c')['Consumer']['ConsumerARN']
                kinesis.put_record(StreamName='s', PartitionKey='k', Data=b'hello')
                stream = kinesis.subscribe_to_shard(ConsumerARN=consumer, ShardId='shardId-000000000000',
                    StartingPosition={'Type': 'TRIM_HORIZON'})['EventStream']
                for event in stream:
                    print(event['SubscribeToShardEvent']['Records'][0]['Data'].decode())
                    break
                """;

        CommandLine.Outcome outcome = CommandLine.run(
                Map.of(), "python3", "-c", script, server.endpoint().toString());

        assertThat(outcome.output().trim()).isEqualTo("hello");
    }
}
