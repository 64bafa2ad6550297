package io.pileus.protocoltests;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import io.pileus.core.protocol.Documents;
import io.pileus.core.protocol.Protocol;
import io.pileus.core.protocol.Validation;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.WireProtocol;
import io.pileus.core.shape.MalformedInputException;
import io.pileus.core.shape.Shape;
import io.pileus.core.shape.ShapeReader;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.smithy.protocoltests.traits.HttpMalformedRequestTestCase;
import software.amazon.smithy.protocoltests.traits.HttpMessageTestCase;
import software.amazon.smithy.protocoltests.traits.HttpRequestTestCase;
import software.amazon.smithy.protocoltests.traits.HttpResponseTestCase;

/** Runs one case of Smithy's protocol suites against one of our protocols. */
final class ProtocolCase {
    static final String REQUEST_ID = "foo-id";

    private final ServiceApi api;
    private final Protocol protocol;
    private final String modelPackage;

    ProtocolCase(ServiceApi api, Protocol protocol) {
        this.api = api;
        this.protocol = protocol;
        this.modelPackage = api.getClass().getPackageName();
    }

    /** A request must be read as the value that the case names. */
    void request(Operation operation, HttpRequestTestCase test) {
        HttpRequest request = request(
                test.getMethod(),
                test.getUri(),
                test.getQueryParams(),
                test.getHeaders(),
                body(test.getBody().orElse("")));
        Shape expected = api.readInput(operation, new NodeShapeReader(test.getParams()));

        Shape actual = protocol.readInput(api, operation, request, labels(operation, request));

        assertThat(Documents.write(actual)).isEqualTo(Documents.write(expected));
    }

    /** A value must be written as the answer that the case shows. */
    void response(Operation operation, HttpResponseTestCase test) throws Exception {
        Shape output = api.readOutput(operation, new NodeShapeReader(test.getParams()));

        HttpResponse response = protocol.writeOutput(api, operation, output, requestId(test));

        assertResponse(response, test);
    }

    /** An error must be written as the answer that the case shows. */
    void error(Operation operation, String errorShape, HttpResponseTestCase test) throws Exception {
        AwsException error = readError(errorShape, new NodeShapeReader(test.getParams()));

        HttpResponse response = protocol.writeError(
                api, operation, error, REQUEST_ID, request("POST", "/", List.of(), Map.of(), new byte[0]));

        assertResponse(response, test);
    }

    /** A malformed request must be answered with the error that the case names. */
    void malformed(Operation operation, HttpMalformedRequestTestCase test) {
        var parameters = test.getRequest();
        HttpRequest request = request(
                parameters.getMethod(),
                parameters.getUri().orElse("/"),
                parameters.getQueryParams(),
                parameters.getHeaders(),
                parameters.getBody().orElse("").getBytes(StandardCharsets.UTF_8));

        HttpResponse response = answer(operation, request);

        assertThat(response.status()).isEqualTo(test.getResponse().getCode());
        test.getResponse()
                .getHeaders()
                .forEach((name, value) ->
                        assertThat(response.headers().get(name)).as(name).isEqualTo(value));
    }

    private HttpResponse answer(Operation operation, HttpRequest request) {
        try {
            Shape input = protocol.readInput(api, operation, request, labels(operation, request));
            Validation.check(api, operation, input);
        } catch (MalformedInputException e) {
            return protocol.writeError(api, operation, protocol.malformed(e), REQUEST_ID, request);
        } catch (AwsException e) {
            return protocol.writeError(api, operation, e, REQUEST_ID, request);
        }
        throw new AssertionError("the request was accepted");
    }

    private AwsException readError(String shape, ShapeReader reader) throws Exception {
        String name = shape.endsWith("Exception") ? shape : shape + "Exception";
        try {
            return (AwsException) Class.forName(modelPackage + "." + name)
                    .getMethod("read", ShapeReader.class)
                    .invoke(null, reader);
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private static String requestId(HttpResponseTestCase test) {
        return test.getHeaders().getOrDefault("X-Amzn-Requestid", REQUEST_ID);
    }

    private static void assertResponse(HttpResponse response, HttpResponseTestCase test) throws Exception {
        assertThat(response.status()).isEqualTo(test.getCode());
        // The server adds this to every answer.
        HttpResponse.Complete complete = (HttpResponse.Complete) response.body();
        response.headers()
                .add("Content-Length", Long.toString(complete.payload().size()));
        test.getHeaders()
                .forEach((name, value) ->
                        assertThat(all(response, name)).as(name).isEqualTo(spaced(value)));
        test.getForbidHeaders()
                .forEach(name ->
                        assertThat(response.headers().get(name)).as(name).isNull());
        test.getRequireHeaders()
                .forEach(name ->
                        assertThat(response.headers().get(name)).as(name).isNotNull());
        if (test.getBody().isPresent()) {
            byte[] body = ((HttpResponse.Complete) response.body()).payload().bytes();
            BodyComparison.assertSame(
                    body, test.getBody().get(), test.getBodyMediaType().orElse(""));
        }
    }

    private static String all(HttpResponse response, String name) {
        return spaced(String.join(", ", response.headers().all(name)));
    }

    private static String spaced(String list) {
        return list.replaceAll(",\\s*", ", ");
    }

    private byte[] body(String text) {
        return protocol.wire() == WireProtocol.RPC_V2_CBOR
                ? Base64.getDecoder().decode(text)
                : text.getBytes(StandardCharsets.UTF_8);
    }

    private static HttpRequest request(
            String method, String uri, List<String> queryParams, Map<String, String> headers, byte[] body) {
        Headers all = new Headers();
        headers.forEach(all::add);
        int question = uri.indexOf('?');
        String path = question < 0 ? uri : uri.substring(0, question);
        String query = question < 0 ? "" : uri.substring(question + 1);
        String more = String.join("&", queryParams);
        query = query.isEmpty() || more.isEmpty() ? query + more : query + "&" + more;
        return new HttpRequest(method, path, query, "http", "localhost", all, Payload.of(body), null);
    }

    /** What the router finds in the path: still percent-encoded. */
    private static Map<String, String> labels(Operation operation, HttpRequest request) {
        String template = operation.uri().split("\\?")[0];
        Map<String, String> labels = new HashMap<>();
        String[] parts = template.split("/", -1);
        String[] values = request.path().split("/", -1);
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].endsWith("+}")) {
                int after = parts.length - i - 1;
                String rest = List.of(values).subList(i, values.length - after).stream()
                        .collect(Collectors.joining("/"));
                labels.put(parts[i].substring(1, parts[i].length() - 2), rest);
                break;
            } else if (parts[i].startsWith("{")) {
                labels.put(parts[i].substring(1, parts[i].length() - 1), i < values.length ? values[i] : "");
            }
        }
        return labels;
    }

    static boolean forServers(HttpMessageTestCase test) {
        return test.getAppliesTo().map(a -> !a.toString().equals("client")).orElse(true);
    }
}
