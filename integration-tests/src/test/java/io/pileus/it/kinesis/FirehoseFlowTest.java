package io.pileus.it.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pileus.it.CommandLine;
import io.pileus.server.ClockSetting;
import io.pileus.server.Pileus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.Processor;
import software.amazon.awssdk.services.firehose.model.ProcessorParameter;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Delivery streams from their clients into real buckets, through real functions. */
class FirehoseFlowTest {
    private static final String ROLE = "arn:aws:iam::000000000000:role/firehose";

    private Pileus pileus = start();

    private static Pileus start(String... settings) {
        Pileus.Builder builder = Pileus.builder().port(0).clock(ClockSetting.MANUAL);
        for (int i = 0; i < settings.length; i += 2) {
            builder = builder.setting(settings[i], settings[i + 1]);
        }
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() {
        pileus.close();
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
        return client(builder, "test");
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder, String accessKeyId) {
        return builder.endpointOverride(pileus.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, "secret")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    private static ExtendedS3DestinationConfiguration.Builder bucket() {
        return ExtendedS3DestinationConfiguration.builder().roleARN(ROLE).bucketARN("arn:aws:s3:::logs");
    }

    private static Processor processor(String type, Map<String, String> parameters) {
        return Processor.builder()
                .type(type)
                .parameters(parameters.entrySet().stream()
                        .map(p -> ProcessorParameter.builder()
                                .parameterName(p.getKey())
                                .parameterValue(p.getValue())
                                .build())
                        .toList())
                .build();
    }

    private static void put(FirehoseClient firehose, String... data) {
        for (String each : data) {
            firehose.putRecord(r -> r.deliveryStreamName("hose").record(d -> d.data(SdkBytes.fromUtf8String(each))));
        }
    }

    private Map<String, byte[]> objects(S3Client s3) {
        Map<String, byte[]> objects = new TreeMap<>();
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (S3Object object : s3.listObjectsV2(l -> l.bucket("logs")).contents()) {
                HttpRequest get = HttpRequest.newBuilder(URI.create(pileus.endpoint() + "/logs/" + object.key()))
                        .build();
                objects.put(
                        object.key(),
                        http.send(get, HttpResponse.BodyHandlers.ofByteArray()).body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return objects;
    }

    private static String unzipped(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void recordsArePartitionedByWhatTheyHoldAndZipped() throws IOException {
        try (S3Client s3 = client(S3Client.builder().forcePathStyle(true));
                FirehoseClient firehose = client(FirehoseClient.builder())) {
            s3.createBucket(b -> b.bucket("logs"));
            firehose.createDeliveryStream(d -> d.deliveryStreamName("hose")
                    .extendedS3DestinationConfiguration(bucket().prefix(
                                    "customer=!{partitionKeyFromQuery:customer}/year=!{partitionKeyFromQuery:year}/")
                            .errorOutputPrefix("errors/!{firehose:error-output-type}/")
                            .compressionFormat(CompressionFormat.GZIP)
                            .dynamicPartitioningConfiguration(p -> p.enabled(true))
                            .processingConfiguration(p -> p.enabled(true)
                                    .processors(
                                            processor(
                                                    "MetadataExtraction",
                                                    Map.of(
                                                            "MetadataExtractionQuery",
                                                            "{customer: .customer.id, year: .ts | strftime(\"%Y\")}",
                                                            "JsonParsingEngine",
                                                            "JQ-1.6")),
                                            processor("AppendDelimiterToRecord", Map.of("Delimiter", "\\n"))))
                            .build()));

            put(
                    firehose,
                    "{\"customer\":{\"id\":\"a\"},\"ts\":1565382027}",
                    "{\"customer\":{\"id\":\"b\"},\"ts\":1765382027}",
                    "not json");
            pileus.time().advance(Duration.ofSeconds(300));

            Map<String, byte[]> objects = objects(s3);
            assertThat(objects.keySet())
                    .satisfiesExactly(
                            key -> assertThat(key)
                                    .startsWith("customer=a/year=2019/hose-1-")
                                    .endsWith(".gz"),
                            key -> assertThat(key)
                                    .startsWith("customer=b/year=2025/hose-1-")
                                    .endsWith(".gz"),
                            key -> assertThat(key).startsWith("errors/processing-failed/"));
            List<byte[]> bodies = List.copyOf(objects.values());
            assertThat(unzipped(bodies.getFirst())).isEqualTo("{\"customer\":{\"id\":\"a\"},\"ts\":1565382027}\n");
            assertThat(unzipped(bodies.getLast())).contains("DynamicPartitioning.MetadataExtractionFailed");
        }
    }

    @Test
    void recordsOfADataStreamGoIntoABucketWhenItIsThere() {
        try (S3Client s3 = client(S3Client.builder().forcePathStyle(true));
                KinesisClient kinesis = client(KinesisClient.builder());
                FirehoseClient firehose = client(FirehoseClient.builder())) {
            kinesis.createStream(c -> c.streamName("events").shardCount(2));
            firehose.createDeliveryStream(d -> d.deliveryStreamName("hose")
                    .deliveryStreamType("KinesisStreamAsSource")
                    .kinesisStreamSourceConfiguration(k ->
                            k.roleARN(ROLE).kinesisStreamARN("arn:aws:kinesis:us-east-1:000000000000:stream/events"))
                    .extendedS3DestinationConfiguration(bucket().prefix("in/").build()));
            kinesis.putRecord(p -> p.streamName("events").partitionKey("k").data(SdkBytes.fromUtf8String("one")));
            pileus.time().advance(Duration.ofHours(1));

            s3.createBucket(b -> b.bucket("logs"));
            pileus.time().advance(Duration.ofMinutes(2));

            assertThat(objects(s3)).hasSize(1).allSatisfy((key, body) -> {
                assertThat(key).startsWith("in/");
                assertThat(new String(body, StandardCharsets.UTF_8)).isEqualTo("one");
            });
        }
    }

    @Test
    void aFunctionTransformsRecords() throws IOException {
        assumeTrue(CommandLine.has("python3", "--version"), "python3 is not installed");
        String code = """
                import base64
                def handler(event, context):
                    out = []
                    for r in event['records']:
                        text = base64.b64decode(r['data']).decode()
                        result = 'Dropped' if text == 'drop' else 'ProcessingFailed' if text == 'bad' else 'Ok'
                        data = base64.b64encode((text.upper() + '\\n').encode()).decode()
                        out.append({'recordId': r['recordId'], 'result': result, 'data': data})
                    return {'records': out}
                """;
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("index.py"));
            out.write(code.getBytes(StandardCharsets.UTF_8));
        }
        try (S3Client s3 = client(S3Client.builder().forcePathStyle(true));
                LambdaClient lambda = client(LambdaClient.builder());
                FirehoseClient firehose = client(FirehoseClient.builder())) {
            s3.createBucket(b -> b.bucket("logs"));
            String function = lambda.createFunction(f -> f.functionName("upper")
                            .runtime("python3.12")
                            .handler("index.handler")
                            .timeout(60)
                            .role(ROLE)
                            .code(c -> c.zipFile(SdkBytes.fromByteArray(zip.toByteArray()))))
                    .functionArn();
            firehose.createDeliveryStream(d -> d.deliveryStreamName("hose")
                    .extendedS3DestinationConfiguration(bucket().processingConfiguration(
                                    p -> p.enabled(true).processors(processor("Lambda", Map.of("LambdaArn", function))))
                            .build()));

            put(firehose, "one", "drop", "bad", "two");
            pileus.time().advance(Duration.ofSeconds(300));

            // a cold Python on a busy machine may take longer than one advance waits for work under way
            for (int i = 0; i < 10 && objects(s3).size() < 2; i++) {
                pileus.time().advance(Duration.ZERO);
            }
            Map<String, byte[]> objects = objects(s3);
            assertThat(objects).hasSize(2);
            objects.forEach((key, body) -> {
                String text = new String(body, StandardCharsets.UTF_8);
                if (key.startsWith("processing-failed/")) {
                    assertThat(text).contains("Lambda.ProcessingFailedStatus");
                } else {
                    assertThat(text).isEqualTo("ONE\nTWO\n");
                }
            });
        }
    }

    @Test
    void underEnforcementAStreamsPolicyLetsAnotherAccountWrite() {
        pileus.close();
        pileus = start("ENFORCE_IAM", "1");
        try (KinesisClient owner = client(KinesisClient.builder(), "000000000000");
                KinesisClient other = client(KinesisClient.builder(), "111111111111")) {
            owner.createStream(c -> c.streamName("shared").shardCount(1));
            String arn = "arn:aws:kinesis:us-east-1:000000000000:stream/shared";
            assertThatThrownBy(() -> write(other, arn))
                    .isInstanceOf(KinesisException.class)
                    .hasMessageContaining("not authorized");

            owner.putResourcePolicy(p -> p.resourceARN(arn)
                    .policy("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
                            + "{\"AWS\":\"arn:aws:iam::111111111111:root\"},\"Action\":\"kinesis:PutRecord\",\"Resource\":\""
                            + arn + "\"}]}"));

            assertThat(write(other, arn)).hasSize(56);
        }
    }

    private static String write(KinesisClient kinesis, String arn) {
        return kinesis.putRecord(p -> p.streamARN(arn).partitionKey("k").data(SdkBytes.fromUtf8String("x")))
                .sequenceNumber();
    }
}
