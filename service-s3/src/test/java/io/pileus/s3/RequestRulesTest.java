package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.Payload;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestRulesTest {
    private final ServiceApi api = new S3Fixture().s3.apis().getFirst();

    private void check(String operation, String query, Headers headers) {
        Operation known = Objects.requireNonNull(api.operation(operation));
        api.constraints()
                .checkRequest(
                        known,
                        new HttpRequest(
                                "PUT", "/things/key", query, "http", "localhost", headers, Payload.ofUtf8("x"), null));
    }

    /** Words recorded from S3 in the issues of projects that compare themselves with it, such as versitygw#1794 and #1226. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ListObjectsV2|list-type=2&max-keys=many|Provided max-keys not an integer or within integer range",
                "ListMultipartUploads|uploads&max-uploads=2157483647|Provided max-uploads not an integer or within integer range",
                "UploadPart|partNumber=one&uploadId=u|Part number must be an integer between 1 and 10000, inclusive",
                "PutObject|partNumber=1|This operation does not accept partNumber without uploadId",
                "UploadPart|partNumber=1&uploadId=u&versionId=abc|This operation does not accept a version-id.",
                "CompleteMultipartUpload|x=1|The specified method is not allowed against this resource.",
            })
    void parametersThatMakeNoSenseAreRefused(String operation, String query, String message) {
        assertThatThrownBy(() -> check(operation, query, new Headers())).hasMessage(message);
    }

    /** versitygw#1593 and #1659. */
    @Test
    void whoNamesAChecksumsAlgorithmSendsTheChecksum() {
        Headers named = Headers.of("x-amz-sdk-checksum-algorithm", "crc32");
        assertThatThrownBy(() -> check("PutObject", "", named))
                .hasMessage(
                        "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.");
        Headers another = Headers.of("x-amz-sdk-checksum-algorithm", "SHA1", "x-amz-checksum-crc32", "AAAAAA==");
        assertThatThrownBy(() -> check("PutObject", "", another))
                .hasMessage("Value for x-amz-sdk-checksum-algorithm header is invalid.");
        Headers both = Headers.of("x-amz-sdk-checksum-algorithm", "crc32", "x-amz-checksum-crc32", "AAAAAA==");
        assertThatCode(() -> check("PutObject", "", both)).doesNotThrowAnyException();
    }

    @Test
    void anObjectsSizeIsSaidBeforeItComes() {
        assertThatThrownBy(() -> check("PutObject", "", Headers.of("Transfer-Encoding", "chunked")))
                .hasMessage("A header you provided implies functionality that is not implemented");
        Headers inChunks = Headers.of("Transfer-Encoding", "chunked", "x-amz-decoded-content-length", "1");
        assertThatCode(() -> check("PutObject", "", inChunks)).doesNotThrowAnyException();
        HttpRequest nothing =
                new HttpRequest("PUT", "/things/key", "", "http", "localhost", new Headers(), Payload.EMPTY, null);
        assertThatThrownBy(() ->
                        api.constraints().checkRequest(Objects.requireNonNull(api.operation("PutObject")), nothing))
                .hasMessage("You must provide the Content-Length HTTP header.");
    }

    @ParameterizedTest
    @CsvSource({"/, SERVICE", "/things, BUCKET", "/things/, BUCKET", "/things/key, OBJECT"})
    void aMethodThatIsNotThereIsNamedWithWhatItWasFor(String path, String type) {
        HttpRequest request =
                new HttpRequest("PATCH", path, "", "http", "localhost", new Headers(), Payload.EMPTY, null);
        assertThat(api.constraints().noSuchOperation(request))
                .isInstanceOfSatisfying(
                        S3Error.class,
                        e -> assertThat(e.elements()).isEqualTo(Map.of("Method", "PATCH", "ResourceType", type)));
    }
}
