package io.pileus.benchmarks;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import io.pileus.core.protocol.Protocol;
import io.pileus.core.protocol.Protocols;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.WireProtocol;
import io.pileus.core.shape.MalformedInputException;
import io.pileus.core.shape.Shape;
import io.pileus.sqs.model.SendMessageResult;
import io.pileus.sqs.model.SqsApi;
import io.pileus.sqs.model.SqsOperations;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** SendMessage between bytes and values, in both protocols of SQS. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
    private static final String QUEUE_URL = "http://localhost:4566/000000000000/load";

    private final ServiceApi api = new SqsApi(new SqsOperations() {});
    private final Operation sendMessage = Objects.requireNonNull(api.operation("SendMessage"));
    private final Protocol json = Protocols.of(WireProtocol.AWS_JSON_1_0);
    private final Protocol query = Protocols.of(WireProtocol.AWS_QUERY);
    private HttpRequest jsonRequest;
    private HttpRequest queryRequest;
    private Shape result;

    @Setup
    public void prepare() {
        jsonRequest =
                request("application/x-amz-json-1.0", "{\"QueueUrl\":\"" + QUEUE_URL + "\",\"MessageBody\":\"hello\"}");
        queryRequest = request(
                "application/x-www-form-urlencoded",
                "Action=SendMessage&Version=2012-11-05&QueueUrl=http%3A%2F%2Flocalhost%3A4566%2F000000000000%2Fload"
                        + "&MessageBody=hello");
        result = SendMessageResult.builder()
                .md5OfMessageBody("5d41402abc4b2a76b9719d911017c592")
                .messageId("b1f0c4b6-7f5e-4a27-9c3e-0d3f2b6f8a11")
                .build();
    }

    private static HttpRequest request(String contentType, String body) {
        Headers headers = Headers.of("host", "localhost:4566", "content-type", contentType);
        return new HttpRequest("POST", "/", "", "http", "localhost:4566", headers, Payload.ofUtf8(body), null);
    }

    @Benchmark
    public Shape readJson() throws MalformedInputException {
        return json.readInput(api, sendMessage, jsonRequest, Map.of());
    }

    @Benchmark
    public Shape readQuery() throws MalformedInputException {
        return query.readInput(api, sendMessage, queryRequest, Map.of());
    }

    @Benchmark
    public HttpResponse writeJson() {
        return json.writeOutput(api, sendMessage, result, "3a1ab0ef-9f06-5d0d-b4a6-e0b4f1f2a3c4");
    }

    @Benchmark
    public HttpResponse writeQuery() {
        return query.writeOutput(api, sendMessage, result, "3a1ab0ef-9f06-5d0d-b4a6-e0b4f1f2a3c4");
    }
}
