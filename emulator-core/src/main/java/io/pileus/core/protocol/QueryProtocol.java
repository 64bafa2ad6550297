package io.pileus.core.protocol;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.WireProtocol;
import io.pileus.core.shape.MalformedInputException;
import io.pileus.core.shape.Shape;
import io.pileus.core.shape.XmlNamespace;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * awsQuery: parameters of a form (or of the query string) in, XML out.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html">AWS Query</a>
 */
final class QueryProtocol implements Protocol {
    private static final String CONTENT_TYPE = "text/xml";

    @Override
    public WireProtocol wire() {
        return WireProtocol.AWS_QUERY;
    }

    /**
     * The query string counts as well as the form in the body, whose parameters win. What routing found elsewhere, such as
     * a queue's URL in the path, comes as a label and fills a parameter that is absent.
     */
    @Override
    public Shape readInput(ServiceApi api, Operation operation, HttpRequest request, Map<String, String> labels) {
        FormNode parameters = new FormNode();
        labels.forEach(parameters::put);
        if (!request.query().isEmpty()) {
            parameters.putForm(request.query().getBytes(StandardCharsets.UTF_8));
        }
        byte[] body = Messages.body(request);
        if (body.length > 0) {
            parameters.putForm(body);
        }
        return api.readInput(operation, new FormShapeReader(parameters));
    }

    @Override
    public HttpResponse writeOutput(ServiceApi api, Operation operation, Shape output, String requestId) {
        XmlShapeWriter xml = new XmlShapeWriter();
        xml.open(operation.name() + "Response", namespace(api));
        if (!output.schema().isUnit()) {
            xml.open(operation.name() + "Result");
            output.write(xml);
            xml.close(operation.name() + "Result");
        }
        xml.open("ResponseMetadata").text("RequestId", requestId).close("ResponseMetadata");
        xml.close(operation.name() + "Response");
        return response(200, requestId, xml);
    }

    @Override
    public HttpResponse writeError(
            ServiceApi api, @Nullable Operation operation, AwsException error, String requestId, HttpRequest request) {
        XmlShapeWriter xml = new XmlShapeWriter();
        xml.open("ErrorResponse", namespace(api));
        XmlErrors.write(xml, api.model(), error, error.queryCode());
        xml.text("RequestId", requestId).close("ErrorResponse");
        return response(error.queryStatus(), requestId, xml);
    }

    private static @Nullable XmlNamespace namespace(ServiceApi api) {
        String uri = api.model().xmlNamespace();
        return uri.isEmpty() ? null : new XmlNamespace(uri, "");
    }

    private static HttpResponse response(int status, String requestId, XmlShapeWriter xml) {
        return HttpResponse.of(
                status, Headers.of(Messages.REQUEST_ID, requestId, "Content-Type", CONTENT_TYPE), xml.bytes());
    }

    /**
     * A parameter of the wrong type is {@code MalformedInput}; a broken encoding {@code MalformedQueryString}, with the
     * status that the services' common errors name.
     *
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html">Common errors</a>
     */
    @Override
    public AwsException malformed(MalformedInputException cause) {
        if (cause.getCause() instanceof CharacterCodingException) {
            return new AwsException("MalformedQueryString", 404, "The query string contains a syntax error.");
        }
        return new AwsException("MalformedInput", 400, String.valueOf(cause.getMessage()));
    }
}
