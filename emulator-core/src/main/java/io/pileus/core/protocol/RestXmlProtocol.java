package io.pileus.core.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.ServiceModel;
import io.pileus.core.service.WireProtocol;
import io.pileus.core.shape.MalformedInputException;
import io.pileus.core.shape.Member;
import io.pileus.core.shape.Schema;
import io.pileus.core.shape.Shape;
import io.pileus.core.shape.XmlNamespace;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * restXml: HTTP bindings with XML bodies, S3's ways included (bare errors, its own request id headers, an output that is
 * one bare element).
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html">AWS restXml</a>
 */
final class RestXmlProtocol extends RestProtocol {
    private static final String CONTENT_TYPE = "application/xml";

    @Override
    public WireProtocol wire() {
        return WireProtocol.REST_XML;
    }

    @Override
    String contentType() {
        return CONTENT_TYPE;
    }

    @Override
    HttpBindingReader.BodyFormat bodyFormat() {
        return (body, root) -> new XmlShapeReader(XmlElement.parse(body), root);
    }

    private static XmlShapeWriter writer(ServiceModel model) {
        return new XmlShapeWriter(model.bareXmlErrors());
    }

    private static @Nullable XmlNamespace namespace(ServiceModel model, Schema schema) {
        if (schema.xmlNamespace() != null) {
            return schema.xmlNamespace();
        }
        return model.xmlNamespace().isEmpty() ? null : new XmlNamespace(model.xmlNamespace(), "");
    }

    /** A structure as a document: the member's own XML name wins over the shape's. */
    private record Payloads(ServiceModel model) implements HttpBindingWriter.PayloadFormat {
        @Override
        public String contentType() {
            return CONTENT_TYPE;
        }

        @Override
        public byte[] shape(Member member, Shape shape) {
            boolean named = !member.xmlName().equals(member.name());
            String name = named ? member.xmlName() : shape.schema().xmlName();
            XmlNamespace own = member.xmlNamespace();
            XmlShapeWriter xml = writer(model).open(name, own != null ? own : namespace(model, shape.schema()));
            shape.write(xml);
            return xml.close(name).bytes();
        }

        @Override
        public byte[] document(JsonNode document) {
            throw new IllegalStateException("a document has no form in XML");
        }
    }

    @Override
    Body body(ServiceApi api, Shape shape, Headers headers, int status) {
        ServiceModel model = api.model();
        Schema schema = shape.schema();
        XmlShapeWriter xml = writer(model);
        HttpBindingWriter bindings =
                new HttpBindingWriter(xml, HttpBindingWriter.hasBody(schema), headers, status, new Payloads(model));
        if (!HttpBindingWriter.hasBody(schema)) {
            shape.write(bindings);
            return new Body(bindings, new byte[0]);
        }
        if (isOneBareElement(model, schema)) {
            xml.withNamespace(namespace(model, schema));
            shape.write(bindings);
            if (xml.isEmpty()) {
                xml.open(schema.xmlName()).close(schema.xmlName());
            }
        } else {
            xml.open(schema.xmlName(), namespace(model, schema));
            shape.write(bindings);
            xml.close(schema.xmlName());
        }
        return new Body(bindings, xml.bytes());
    }

    /** S3's GetBucketLocation answers with its member alone, not wrapped into the output. */
    private static boolean isOneBareElement(ServiceModel model, Schema schema) {
        return model.bareXmlErrors()
                && schema.members().size() == 1
                && schema.member(0).xmlName().equals(schema.xmlName());
    }

    @Override
    public HttpResponse writeOutput(ServiceApi api, Operation operation, Shape output, String requestId) {
        Headers headers = headers(api, requestId);
        if (operation.outputEventStream() != null) {
            return EventStreams.response(api, operation, output, RestXmlProtocol::event, "text/xml", headers);
        }
        return response(api, output, headers, operation.status());
    }

    private static byte[] event(Shape shape) {
        XmlShapeWriter xml = new XmlShapeWriter().open(shape.schema().xmlName());
        shape.write(xml);
        return xml.close(shape.schema().xmlName()).bytes();
    }

    private static Headers headers(ServiceApi api, String requestId) {
        return api.model().bareXmlErrors()
                ? Headers.of("x-amz-request-id", requestId, "x-amz-id-2", hostId(requestId))
                : Headers.of(Messages.REQUEST_ID, requestId);
    }

    /** S3's second id; AWS's staff find the host by it, here it only looks the part. */
    private static String hostId(String requestId) {
        return Base64.getEncoder().encodeToString(("host of " + requestId).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public HttpResponse writeError(
            ServiceApi api, @Nullable Operation operation, AwsException error, String requestId, HttpRequest request) {
        ServiceModel model = api.model();
        Headers headers = headers(api, requestId).add("Content-Type", CONTENT_TYPE);
        XmlShapeWriter xml = writer(model);
        if (model.bareXmlErrors()) {
            xml.open("Error").text("Code", error.code());
            if (error.getMessage() != null) {
                xml.text("Message", error.getMessage());
            }
            writeMembers(xml, headers, error, model);
            xml.text("RequestId", requestId).text("HostId", hostId(requestId)).close("Error");
        } else {
            xml.open("ErrorResponse", namespace(model)).open("Error");
            xml.text("Type", error.senderFault() ? "Sender" : "Receiver").text("Code", error.code());
            if (error.getMessage() != null) {
                xml.text("Message", error.getMessage());
            }
            writeMembers(xml, headers, error, model);
            xml.close("Error").text("RequestId", requestId).close("ErrorResponse");
        }
        return HttpResponse.of(
                error.httpStatus(), headers, request.method().equals("HEAD") ? new byte[0] : xml.bytes());
    }

    private static @Nullable XmlNamespace namespace(ServiceModel model) {
        return model.xmlNamespace().isEmpty() ? null : new XmlNamespace(model.xmlNamespace(), "");
    }

    private static void writeMembers(XmlShapeWriter xml, Headers headers, AwsException error, ServiceModel model) {
        if (error instanceof Shape shape) {
            xml.skipping(member -> member.name().equalsIgnoreCase("message"));
            shape.write(new HttpBindingWriter(xml, true, headers, error.httpStatus(), new Payloads(model)));
        }
    }

    /** Where the body is not to blame, the cause says so. */
    @Override
    public Shape readInput(ServiceApi api, Operation operation, HttpRequest request, Map<String, String> labels) {
        HttpBindingReader reader = new HttpBindingReader(request, labels, bodyFormat());
        try {
            return api.readInput(operation, reader);
        } catch (MalformedInputException e) {
            if (reader.fromBody() || e.getCause() != null) {
                throw e;
            }
            throw new MalformedInputException(e.getMessage(), new IllegalArgumentException(e));
        }
    }

    /** S3's codes for a broken path or query string, a wrong argument outside of the body, and a broken body. */
    @Override
    public AwsException malformed(MalformedInputException cause) {
        return switch (cause.getCause()) {
            case CharacterCodingException e -> new AwsException("InvalidURI", 400, "Couldn't parse the specified URI.");
            case IllegalArgumentException e ->
                new AwsException("InvalidArgument", 400, String.valueOf(cause.getMessage()));
            case null, default ->
                new AwsException(
                        "MalformedXML",
                        400,
                        "The XML you provided was not well-formed or did not validate against our published schema");
        };
    }
}
