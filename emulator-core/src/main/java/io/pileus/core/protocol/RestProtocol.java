package io.pileus.core.protocol;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.shape.Shape;
import java.util.Map;

/** What restJson1 and restXml share: inputs and outputs spread over the parts of HTTP messages. */
abstract class RestProtocol implements Protocol {

    /** What a body writer made of an output. */
    record Body(HttpBindingWriter bindings, byte[] bytes) {}

    abstract HttpBindingReader.BodyFormat bodyFormat();

    abstract String contentType();

    /** Writes the shape; what HTTP binds goes into the headers, the rest into the body. */
    abstract Body body(ServiceApi api, Shape shape, Headers headers, int status);

    @Override
    public Shape readInput(ServiceApi api, Operation operation, HttpRequest request, Map<String, String> labels) {
        return api.readInput(operation, new HttpBindingReader(request, labels, bodyFormat()));
    }

    HttpResponse response(ServiceApi api, Shape output, Headers headers, int status) {
        Body body = body(api, output, headers, status);
        Payload payload = body.bindings().payload();
        String type = body.bindings().payloadType();
        if (payload == null) {
            payload = Payload.of(body.bytes());
            type = contentType();
        }
        if (!headers.contains("Content-Type") && (payload.size() > 0 || isPayloadAnswer(output, body))) {
            headers.add("Content-Type", type);
        }
        return new HttpResponse(body.bindings().status(), headers, new HttpResponse.Complete(payload));
    }

    private static boolean isPayloadAnswer(Shape output, Body body) {
        return output.schema().payload() != null && body.bindings().payload() != null;
    }
}
