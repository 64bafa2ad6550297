package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.http.HttpResponse;
import io.pileus.core.protocol.Protocols;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.WireProtocol;
import io.pileus.core.shape.Shape;
import io.pileus.s3.model.DeleteObjectRequest;
import io.pileus.s3.model.ListObjectVersionsRequest;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VersionOrderTest {
    private static final Pattern LINE = Pattern.compile("<(Version|DeleteMarker)>.*?<Key>([^<]*)</Key>");

    private final S3Fixture s3 = new S3Fixture().versioned();

    private void delete(String key) {
        s3.s3.deleteObject(
                DeleteObjectRequest.builder().bucket(S3Fixture.BUCKET).key(key).build(), s3.call());
    }

    @BeforeEach
    void putAndDelete() {
        s3.put("a", "first");
        delete("a");
        s3.put("a", "second");
        s3.put("b", "gone");
        delete("b");
        s3.put("c/1", "x");
    }

    private String list(WireProtocol protocol, ListObjectVersionsRequest.Builder request) {
        ServiceApi api = s3.s3.apis().getFirst();
        Operation operation = Objects.requireNonNull(api.operation("ListObjectVersions"));
        Shape output =
                (Shape) api.call(operation, request.bucket(S3Fixture.BUCKET).build(), s3.call());
        HttpResponse response = Protocols.of(protocol).writeOutput(api, operation, output, "an id");
        return new String(((HttpResponse.Complete) response.body()).payload().bytes(), StandardCharsets.UTF_8);
    }

    private static Stream<String> lines(String xml) {
        return LINE.matcher(xml).results().map(line -> line.group(1) + " " + line.group(2));
    }

    @Test
    void versionsAndDeleteMarkersFollowEachOtherByKeyAndAge() {
        String xml =
                list(WireProtocol.REST_XML, ListObjectVersionsRequest.builder().delimiter("/"));
        assertThat(lines(xml))
                .containsExactly("Version a", "DeleteMarker a", "Version a", "DeleteMarker b", "Version b");
        assertThat(xml)
                .contains("<CommonPrefixes><Prefix>c/</Prefix></CommonPrefixes>")
                .endsWith("</ListVersionsResult>");
    }

    @Test
    void aPageEndsBetweenAVersionAndAMarkerAndTheNextGoesOnThere() {
        String first =
                list(WireProtocol.REST_XML, ListObjectVersionsRequest.builder().maxKeys(2));
        assertThat(lines(first)).containsExactly("Version a", "DeleteMarker a");
        String version = first.replaceAll("(?s).*<NextVersionIdMarker>(.*)</NextVersionIdMarker>.*", "$1");
        String second = list(
                WireProtocol.REST_XML,
                ListObjectVersionsRequest.builder()
                        .keyMarker("a")
                        .versionIdMarker(version)
                        .maxKeys(2));
        assertThat(lines(second)).containsExactly("Version a", "DeleteMarker b");
    }

    @Test
    void whereListsCannotBeMixedThereAreTwo() {
        String json = list(WireProtocol.AWS_JSON_1_1, ListObjectVersionsRequest.builder());
        assertThat(json).containsOnlyOnce("\"Versions\"").containsOnlyOnce("\"DeleteMarkers\"");
    }
}
