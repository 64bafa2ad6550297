package io.pileus.protocoltests;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import io.pileus.core.protocol.Protocols;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.WireProtocol;
import io.pileus.core.shape.MalformedInputException;
import io.pileus.core.shape.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** One service spoken to in one protocol. */
record Wire(ServiceApi api, WireProtocol protocol) {
    static final String REQUEST_ID = "11111111-2222-3333-4444-555555555555";

    static HttpRequest post(String path, String query, byte[] body) {
        return new HttpRequest("POST", path, query, "http", "localhost", new Headers(), Payload.of(body), null);
    }

    Shape read(String operation, String body) {
        return read(operation, body.getBytes(StandardCharsets.UTF_8));
    }

    Shape read(String operation, byte[] body) {
        return Protocols.of(protocol).readInput(api, api.operation(operation), post("/", "", body), Map.of());
    }

    HttpResponse write(String operation, Shape output) {
        return Protocols.of(protocol).writeOutput(api, api.operation(operation), output, REQUEST_ID);
    }

    HttpResponse error(String operation, AwsException error) {
        return Protocols.of(protocol)
                .writeError(api, api.operation(operation), error, REQUEST_ID, post("/", "", new byte[0]));
    }

    /** What a body that has not the protocol's form is answered. */
    AwsException refusal(String operation, String body) {
        try {
            read(operation, body);
        } catch (MalformedInputException e) {
            return Protocols.of(protocol).malformed(e);
        }
        throw new AssertionError("the body was accepted");
    }

    static String text(HttpResponse response) {
        return new String(bytes(response), StandardCharsets.UTF_8);
    }

    static byte[] bytes(HttpResponse response) {
        return ((HttpResponse.Complete) response.body()).payload().bytes();
    }
}
