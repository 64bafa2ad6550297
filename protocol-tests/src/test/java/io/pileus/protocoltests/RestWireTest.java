package io.pileus.protocoltests;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import io.pileus.core.protocol.Protocol;
import io.pileus.core.protocol.Protocols;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.WireProtocol;
import io.pileus.core.shape.MalformedInputException;
import io.pileus.protocoltests.restxml.RestXmlApi;
import io.pileus.protocoltests.restxml.RestXmlOperations;
import io.pileus.protocoltests.s3.GetBucketLocationOutput;
import io.pileus.protocoltests.s3.S3Api;
import io.pileus.protocoltests.s3.S3Operations;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What S3 does in its own way. */
class RestWireTest {
    private final ServiceApi s3 = new S3Api(new S3Operations() {});
    private final ServiceApi restXml = new RestXmlApi(new RestXmlOperations() {});
    private final Protocol protocol = Protocols.of(WireProtocol.REST_XML);

    private static HttpRequest request(String method, String query, String body) {
        return new HttpRequest(
                method, "/bucket/key", query, "http", "localhost", new Headers(), Payload.ofUtf8(body), null);
    }

    private AwsException refusal(ServiceApi api, String operation, HttpRequest request, Map<String, String> labels) {
        try {
            protocol.readInput(api, api.operation(operation), request, labels);
        } catch (MalformedInputException e) {
            return protocol.malformed(e);
        }
        throw new AssertionError("the request was accepted");
    }

    @Test
    void anErrorStandsAlone() {
        HttpResponse response = protocol.writeError(
                s3, null, new AwsException("NoSuchKey", 404, "gone"), "rid", request("GET", "", ""));

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.headers().get("x-amz-request-id")).isEqualTo("rid");
        assertThat(response.headers().get("x-amz-id-2")).isNotEmpty();
        assertThat(Wire.text(response))
                .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code>"
                        + "<Message>gone</Message><RequestId>rid</RequestId><HostId>");
    }

    @Test
    void anErrorOfAHeadRequestHasNoBody() {
        HttpResponse response = protocol.writeError(
                s3, null, new AwsException("NoSuchKey", 404, "gone"), "rid", request("HEAD", "", ""));

        assertThat(Wire.bytes(response)).isEmpty();
    }

    @Test
    void aLocationThatIsAbsentIsAnEmptyElement() {
        HttpResponse response = protocol.writeOutput(
                s3,
                s3.operation("GetBucketLocation"),
                GetBucketLocationOutput.builder().build(),
                "rid");

        assertThat(Wire.text(response))
                .endsWith(
                        "<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"></LocationConstraint>");
    }

    @Test
    void whatIsBrokenDecidesTheCode() {
        assertThat(refusal(restXml, "AllQueryStringTypes", request("GET", "Integer=abc", ""), Map.of())
                        .code())
                .isEqualTo("InvalidArgument");
        assertThat(refusal(restXml, "AllQueryStringTypes", request("GET", "String=%zz", ""), Map.of())
                        .code())
                .isEqualTo("InvalidURI");
        assertThat(refusal(restXml, "SimpleScalarProperties", request("PUT", "", "<a"), Map.of())
                        .code())
                .isEqualTo("MalformedXML");
        assertThat(refusal(
                                restXml,
                                "SimpleScalarProperties",
                                request("PUT", "", "<a><integerValue>x</integerValue></a>"),
                                Map.of())
                        .code())
                .isEqualTo("MalformedXML");
    }
}
