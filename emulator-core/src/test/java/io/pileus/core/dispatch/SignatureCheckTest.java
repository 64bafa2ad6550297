package io.pileus.core.dispatch;

import static io.pileus.core.dispatch.Requests.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.http.ChunkSignatures;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.port.Ports;
import io.pileus.core.port.RoleSessions;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.Operation;
import io.pileus.core.service.Settings;
import io.pileus.core.service.WireProtocol;
import io.pileus.core.shape.Member;
import io.pileus.core.shape.QuietShapeWriter;
import io.pileus.core.shape.Shape;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With the two worked examples of AWS's documentation. */
class SignatureCheckTest {
    private static final Operation OPERATION =
            new Operation("Any", 0, Operation.Mode.DIRECT, "POST", "/", 200, false, "", List.of(), null);
    private static final Operation OPEN =
            new Operation("Any", 0, Operation.Mode.DIRECT, "POST", "/", 200, true, "", List.of(), null);
    private static final Instant IAM_TIME = Instant.parse("2015-08-30T12:36:00Z");
    private static final Instant S3_TIME = Instant.parse("2013-05-24T00:00:00Z");

    private final Ports ports = new Ports();
    private final SignatureCheck check = new SignatureCheck(
            ports, new Settings(Map.of("PILEUS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY")));

    /** IAM's ListUsers, from the older page "Signature Version 4 signing process". */
    private static HttpRequest listUsers(String query) {
        return get(
                "/?" + query,
                "Host",
                "iam.amazonaws.com",
                "Content-Type",
                "application/x-www-form-urlencoded; charset=utf-8",
                "X-Amz-Date",
                "20150830T123600Z",
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
                        + "SignedHeaders=content-type;host;x-amz-date, "
                        + "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
    }

    /** A GET of an object, from "Authenticating requests: using query parameters". */
    private static HttpRequest presigned() {
        return get(
                "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
                        + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
                        + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
                        + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
                "Host", "examplebucket.s3.amazonaws.com");
    }

    private void verify(HttpRequest request, WireProtocol protocol, Instant now) {
        check.verify(request, Credential.of(request), OPERATION, protocol, now);
    }

    @Test
    void aRightSignatureInTheHeaderPasses() {
        HttpRequest request = listUsers("Action=ListUsers&Version=2010-05-08");

        assertThatCode(() -> verify(request, WireProtocol.AWS_QUERY, IAM_TIME)).doesNotThrowAnyException();
        assertThatCode(() -> verify(request, WireProtocol.AWS_QUERY, IAM_TIME.plus(Duration.ofMinutes(15))))
                .doesNotThrowAnyException();
    }

    @Test
    void whateverIsChangedAfterSigningIsNoticed() {
        HttpRequest request = listUsers("Action=ListUsers&Version=2010-05-09");

        assertThatThrownBy(() -> verify(request, WireProtocol.AWS_QUERY, IAM_TIME))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.code()).isEqualTo("SignatureDoesNotMatch"))
                .hasMessageStartingWith("The request signature we calculated does not match");
        assertThatThrownBy(() -> verify(request, WireProtocol.AWS_JSON_1_1, IAM_TIME))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.code()).isEqualTo("InvalidSignatureException"));
    }

    /** The words are those seen from AWS in aws/aws-cli#6676. */
    @Test
    void aSignatureOlderThanFifteenMinutesHasExpired() {
        HttpRequest request = listUsers("Action=ListUsers&Version=2010-05-08");

        assertThatThrownBy(() -> verify(request, WireProtocol.AWS_QUERY, IAM_TIME.plus(Duration.ofMinutes(16))))
                .hasMessage("Signature expired: 20150830T123600Z is now earlier than 20150830T123700Z"
                        + " (20150830T125200Z - 15 min.)");
        assertThatThrownBy(() -> verify(request, WireProtocol.AWS_QUERY, IAM_TIME.minus(Duration.ofMinutes(16))))
                .hasMessageStartingWith("Signature not yet current: 20150830T123600Z is still later than");
    }

    @Test
    void aPresignedUrlPassesUntilItExpires() {
        ports.provide(
                RoleSessions.class,
                new DispatcherTest.FixedSessions(
                        Map.of(), Map.of("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")));

        assertThatCode(() -> verify(presigned(), WireProtocol.REST_XML, S3_TIME.plus(Duration.ofHours(24))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> verify(presigned(), WireProtocol.REST_XML, S3_TIME.plus(Duration.ofHours(25))))
                .hasMessage("Request has expired");
    }

    @Test
    void aKeyThatLooksLikeAwsOwnAndWasNotIssuedHereIsUnknown() {
        assertThatThrownBy(() -> verify(presigned(), WireProtocol.REST_XML, S3_TIME))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.code()).isEqualTo("InvalidAccessKeyId"));
    }

    @Test
    void anUnsignedRequestPassesOnlyWhereTheModelAllowsIt() {
        HttpRequest request = get("/");

        assertThatThrownBy(() -> check.verify(request, null, OPERATION, WireProtocol.AWS_JSON_1_0, S3_TIME))
                .hasMessage("Missing Authentication Token");
        assertThatCode(() -> check.verify(request, null, OPEN, WireProtocol.AWS_JSON_1_0, S3_TIME))
                .doesNotThrowAnyException();
    }

    /** The PUT of "Signature calculations for the Authorization header: transferring payload in multiple chunks". */
    private static HttpRequest chunked(String second) {
        ChunkSignatures chunks = new ChunkSignatures();
        chunks.update(ByteBuffer.wrap("a".repeat(65536).getBytes(StandardCharsets.US_ASCII)));
        chunks.end("ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648");
        chunks.update(ByteBuffer.wrap(second.getBytes(StandardCharsets.US_ASCII)));
        chunks.end("0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497");
        chunks.end("b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9");
        HttpRequest get = get(
                "/examplebucket/chunkObject.txt",
                "Host",
                "s3.amazonaws.com",
                "x-amz-date",
                "20130524T000000Z",
                "x-amz-storage-class",
                "REDUCED_REDUNDANCY",
                "x-amz-content-sha256",
                "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
                "Content-Encoding",
                "aws-chunked",
                "x-amz-decoded-content-length",
                "66560",
                "Content-Length",
                "66824",
                ChunkSignatures.HEADER,
                chunks.packed(),
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders="
                        + "content-encoding;content-length;host;x-amz-content-sha256;x-amz-date;"
                        + "x-amz-decoded-content-length;x-amz-storage-class,Signature="
                        + "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9");
        return new HttpRequest(
                "PUT", get.path(), get.query(), get.scheme(), get.host(), get.headers(), get.body(), get.remote());
    }

    @Test
    void eachChunkOfABodyIsSigned() {
        ports.provide(
                RoleSessions.class,
                new DispatcherTest.FixedSessions(
                        Map.of(), Map.of("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")));

        assertThatCode(() -> verify(chunked("a".repeat(1024)), WireProtocol.REST_XML, S3_TIME))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> verify(chunked("a".repeat(1023) + "b"), WireProtocol.REST_XML, S3_TIME))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.code()).isEqualTo("SignatureDoesNotMatch"));
    }

    /** The GET of an object, and the URL for one, of "Signing and authenticating REST requests" (Version 2). */
    @Test
    void theOlderSchemeIsCheckedToo() {
        ports.provide(
                RoleSessions.class,
                new DispatcherTest.FixedSessions(
                        Map.of(), Map.of("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")));
        HttpRequest object = get(
                "/photos/puppy.jpg",
                "Host",
                "awsexamplebucket1.s3.us-west-1.amazonaws.com",
                "Date",
                "Tue, 27 Mar 2007 19:36:42 +0000",
                "Authorization",
                "AWS AKIAIOSFODNN7EXAMPLE:qgk2+6Sv9/oM7G3qLEjTH1a1l1g=");
        HttpRequest url = get(
                "/photos/puppy.jpg?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D&Expires=1175139620",
                "Host", "johnsmith.s3.amazonaws.com");
        HttpRequest other = get(
                "/photos/kitten.jpg?AWSAccessKeyId=AKIAIOSFODNN7EXAMPLE&Signature=NpgCjnDzrM%2BWFzoENXmpNDUsSn8%3D&Expires=1175139620",
                "Host", "johnsmith.s3.amazonaws.com");

        assertThatCode(() -> verify(object, WireProtocol.REST_XML, S3_TIME)).doesNotThrowAnyException();
        assertThatCode(() -> verify(url, WireProtocol.REST_XML, S3_TIME)).doesNotThrowAnyException();
        assertThatThrownBy(() -> verify(other, WireProtocol.REST_XML, S3_TIME))
                .hasMessageStartingWith("The request signature we calculated does not match");
    }

    @Test
    void aPresignedUrlExpiresWhetherSignaturesAreCheckedOrNot() {
        HttpRequest url = presigned();
        Credential credential = java.util.Objects.requireNonNull(Credential.of(url));
        assertThatCode(() -> PresignedUrl.check(url, credential, S3_TIME.plus(Duration.ofHours(24))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> PresignedUrl.check(url, credential, S3_TIME.plus(Duration.ofHours(25))))
                .hasMessage("Request has expired")
                .satisfies(e -> assertThat(elements((Shape) e))
                        .containsExactly(
                                "X-Amz-Expires=86400",
                                "Expires=2013-05-25T00:00:00Z",
                                "ServerTime=2013-05-25T01:00:00Z"));
    }

    private static List<String> elements(Shape shape) {
        List<String> elements = new ArrayList<>();
        shape.write(new QuietShapeWriter() {
            @Override
            public void writeString(Member member, String value) {
                elements.add(member.name() + "=" + value);
            }
        });
        return elements;
    }

    @Test
    void aPresignedUrlWithoutASignatureIsNone() {
        HttpRequest whole = presigned();
        HttpRequest url = new HttpRequest(
                whole.method(),
                whole.path(),
                whole.query().replaceAll("&X-Amz-Signature=[^&]*", ""),
                whole.scheme(),
                whole.host(),
                whole.headers(),
                whole.body(),
                null);
        Credential credential = java.util.Objects.requireNonNull(Credential.of(url));
        assertThatThrownBy(() -> PresignedUrl.check(url, credential, S3_TIME))
                .hasMessageStartingWith("Query-string authentication version 4 requires");
    }
}
