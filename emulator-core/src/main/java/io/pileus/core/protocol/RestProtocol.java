package io.pileus.core.protocol;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.shape.Schema;
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
        if (!headers.contains("Content-Type") && (payload.size() > 0 || namesItsType(api, output, body))) {
            headers.add("Content-Type", type);
        }
        // S3 answers a part of an object with 206; its model has no member for the status.
        int answered = api.model().bareXmlErrors() && headers.contains("Content-Range")
                ? 206
                : body.bindings().status();
        return new HttpResponse(answered, headers, new HttpResponse.Complete(payload));
    }

    /** Whether an empty body has a media type: where the payload is there but empty; S3 leaves it out otherwise. */
    private static boolean namesItsType(ServiceApi api, Shape output, Body body) {
        Schema schema = output.schema();
        if (schema.payload() != null) {
            return body.bindings().payload() != null;
        }
        return !schema.isUnit()
                && body.bindings().status() != 204
                && !api.model().bareXmlErrors();
    }
}
