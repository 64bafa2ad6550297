package io.pileus.lambda.executor;

import static io.pileus.lambda.LambdaFixture.json;
import static io.pileus.lambda.LambdaFixture.log;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.shape.Blob;
import io.pileus.lambda.LambdaFixture;
import io.pileus.lambda.model.InvocationResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java functions as local processes, by our own bootstrap. AWS's interfaces are those that a function would bring. */
class JavaFunctionTest {
    private static final String CONTEXT = """
            package com.amazonaws.services.lambda.runtime;
            public interface Context {
                String getAwsRequestId();
                String getFunctionName();
                int getRemainingTimeInMillis();
                int getMemoryLimitInMB();
                LambdaLogger getLogger();
            }
            """;
    private static final String LOGGER = """
            package com.amazonaws.services.lambda.runtime;
            public interface LambdaLogger { void log(String message); }
            """;
    private static final String REQUEST_HANDLER = """
            package com.amazonaws.services.lambda.runtime;
            public interface RequestHandler<I, O> { O handleRequest(I input, Context context); }
            """;
    private static final String HANDLERS = """
            package example;
            import com.amazonaws.services.lambda.runtime.*;
            import java.io.*;
            import java.util.*;
            public class Handlers implements RequestHandler<Map<String, Object>, Handlers.Answer> {
                public record Answer(String name, int doubled, List<String> tags) {}
                public static class Order {
                    private String id; private int amount; private List<String> tags;
                    public void setId(String id) { this.id = id; }
                    public String getId() { return id; }
                    public void setAmount(int amount) { this.amount = amount; }
                    public int getAmount() { return amount; }
                    public void setTags(List<String> tags) { this.tags = tags; }
                    public List<String> getTags() { return tags; }
                }
                public Answer handleRequest(Map<String, Object> event, Context context) {
                    context.getLogger().log("seen " + event.get("n") + "\\n");
                    return new Answer(context.getFunctionName(), (Integer) event.get("n") * 2, List.of("a"));
                }
                public Order bean(Order order) { order.setAmount(order.getAmount() + 1); return order; }
                public void stream(InputStream in, OutputStream out, Context context) throws IOException {
                    out.write('"'); in.transferTo(out); out.write('"');
                }
                public String fail(String event) { throw new IllegalStateException("no luck"); }
            }
            """;

    @TempDir
    Path folder;

    private final LambdaFixture lambda = new LambdaFixture();

    @AfterEach
    void close() {
        lambda.close();
    }

    /** An archive of compiled classes. */
    private Blob code() throws IOException {
        List<String> arguments = new java.util.ArrayList<>(
                List.of("-proc:none", "-d", folder.resolve("out").toString()));
        for (var source : List.of(
                List.of("Context", CONTEXT),
                List.of("LambdaLogger", LOGGER),
                List.of("RequestHandler", REQUEST_HANDLER),
                List.of("Handlers", HANDLERS))) {
            Path file = folder.resolve(source.get(0) + ".java");
            Files.writeString(file, source.get(1));
            arguments.add(file.toString());
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Path out = folder.resolve("out");
        try (ZipOutputStream zip = new ZipOutputStream(bytes);
                Stream<Path> files = Files.walk(out)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(out.relativize(file).toString()));
                Files.copy(file, zip);
            }
        }
        return Blob.of(bytes.toByteArray());
    }

    @Test
    void handlersOfEachKindAnswer() throws IOException {
        Blob code = code();
        lambda.create(
                "handler", "java21", code, r -> r.handler("example.Handlers").memorySize(512));
        lambda.create(
                "bean", "java21", code, r -> r.handler("example.Handlers::bean").memorySize(512));
        lambda.create(
                "stream",
                "java21",
                code,
                r -> r.handler("example.Handlers::stream").memorySize(512));

        InvocationResponse answer = lambda.invoke("handler", "{\"n\":21}", r -> r.logType("Tail"));

        assertThat(answer.payload().utf8()).isEqualTo("{\"name\":\"handler\",\"doubled\":42,\"tags\":[\"a\"]}");
        assertThat(log(answer)).contains("\nseen 21\n");
        assertThat(lambda.invoke("bean", "{\"id\":\"x\",\"amount\":1,\"tags\":[\"t\"]}")
                        .payload()
                        .utf8())
                .isEqualTo("{\"amount\":2,\"id\":\"x\",\"tags\":[\"t\"]}");
        assertThat(lambda.invoke("stream", "123").payload().utf8()).isEqualTo("\"123\"");
    }

    @Test
    void anExceptionAndAClassThatIsNotThereAreErrors() throws IOException {
        Blob code = code();
        lambda.create(
                "fail", "java21", code, r -> r.handler("example.Handlers::fail").memorySize(512));
        lambda.create("none", "java21", code, r -> r.handler("example.Nowhere").memorySize(512));

        JsonNode failed = json(lambda.invoke("fail", "\"x\""));
        JsonNode none = lambda.failure("none", "{}");

        assertThat(failed.path("errorType").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(failed.path("errorMessage").asText()).isEqualTo("no luck");
        assertThat(failed.path("stackTrace").get(0).asText()).startsWith("example.Handlers.fail(Handlers.java:");
        assertThat(none.path("errorType").asText()).isEqualTo("java.lang.ClassNotFoundException");
        assertThat(none.path("errorMessage").asText()).isEqualTo("Class not found: example.Nowhere");
    }
}
