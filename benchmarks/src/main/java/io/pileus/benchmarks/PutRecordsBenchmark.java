package io.pileus.benchmarks;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import io.pileus.core.protocol.Protocol;
import io.pileus.core.protocol.Protocols;
import io.pileus.core.protocol.Validation;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.WireProtocol;
import io.pileus.core.shape.MalformedInputException;
import io.pileus.core.shape.Shape;
import io.pileus.kinesis.KinesisServiceProvider;
import io.pileus.kinesis.model.CreateStreamInput;
import io.pileus.kinesis.model.GetRecordsInput;
import io.pileus.kinesis.model.GetShardIteratorInput;
import io.pileus.kinesis.model.GetShardIteratorOutput;
import io.pileus.kinesis.model.KinesisApi;
import io.pileus.kinesis.model.KinesisOperations;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a PutRecords of 100 records of 100 bytes costs from bytes to bytes, step by step, and a GetRecords of 1,000 records. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PutRecordsBenchmark {
    private static final int RECORDS = 100;
    private static final int READ = 1_000;

    @Param({"json", "cbor"})
    private String protocolName;

    /** One shard needs no digests of partition keys. */
    @Param({"1", "4"})
    private int shards;

    private final ServiceApi api = new KinesisApi(new KinesisOperations() {});
    private InProcessApi kinesis;
    private Operation putRecords;
    private Operation getRecords;
    private Protocol protocol;
    private HttpRequest request;
    private Shape input;
    private Shape output;
    private Shape read;
    private String iterator;

    /** A stream of its own for each iteration, so that records do not pile up. */
    @Setup(Level.Iteration)
    public void prepare() throws MalformedInputException {
        kinesis = new InProcessApi(new KinesisServiceProvider());
        putRecords = kinesis.operation("PutRecords");
        getRecords = kinesis.operation("GetRecords");
        for (String stream : new String[] {"load", "read"}) {
            kinesis.call(
                    kinesis.operation("CreateStream"),
                    CreateStreamInput.builder()
                            .streamName(stream)
                            .shardCount(stream.equals("load") ? shards : 1)
                            .build());
        }
        boolean json = protocolName.equals("json");
        protocol = Protocols.of(json ? WireProtocol.AWS_JSON_1_1 : WireProtocol.AWS_CBOR_1_1);
        request = request(json, "load");
        input = protocol.readInput(api, putRecords, request, Map.of());
        output = (Shape) kinesis.call(putRecords, input);
        Shape toRead = protocol.readInput(api, putRecords, request(json, "read"), Map.of());
        for (int i = 0; i < READ / RECORDS; i++) {
            kinesis.call(putRecords, toRead);
        }
        iterator = ((GetShardIteratorOutput) kinesis.call(
                        kinesis.operation("GetShardIterator"),
                        GetShardIteratorInput.builder()
                                .streamName("read")
                                .shardId("shardId-000000000000")
                                .shardIteratorType("TRIM_HORIZON")
                                .build()))
                .shardIterator();
        read = (Shape) getRecords();
    }

    private static HttpRequest request(boolean json, String stream) {
        byte[] body = json
                ? KinesisRequests.putRecordsJson(stream, RECORDS)
                : KinesisRequests.putRecordsCbor(stream, RECORDS);
        Headers headers = Headers.of("host", "localhost:4566");
        return new HttpRequest("POST", "/", "", "http", "localhost:4566", headers, Payload.of(body), null);
    }

    @Benchmark
    public Shape readPut() throws MalformedInputException {
        return protocol.readInput(api, putRecords, request, Map.of());
    }

    @Benchmark
    public Object validatePut() {
        return Validation.violations(input);
    }

    @Benchmark
    public Object put() {
        return kinesis.call(putRecords, input);
    }

    @Benchmark
    public HttpResponse writePut() {
        return protocol.writeOutput(api, putRecords, output, "3a1ab0ef-9f06-5d0d-b4a6-e0b4f1f2a3c4");
    }

    @Benchmark
    public HttpResponse wholePut() throws MalformedInputException {
        Shape fresh = protocol.readInput(api, putRecords, request, Map.of());
        Objects.requireNonNull(Validation.violations(fresh));
        return protocol.writeOutput(
                api, putRecords, (Shape) kinesis.call(putRecords, fresh), "3a1ab0ef-9f06-5d0d-b4a6-e0b4f1f2a3c4");
    }

    @Benchmark
    public Object getRecords() {
        return kinesis.call(
                getRecords,
                GetRecordsInput.builder().shardIterator(iterator).limit(READ).build());
    }

    @Benchmark
    public HttpResponse writeGet() {
        return protocol.writeOutput(api, getRecords, read, "3a1ab0ef-9f06-5d0d-b4a6-e0b4f1f2a3c4");
    }

    @TearDown(Level.Iteration)
    public void end() {
        kinesis.close();
    }
}
