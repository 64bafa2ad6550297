package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.s3.model.GetObjectRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HeaderValuesTest {
    private final S3Fixture s3 = new S3Fixture();

    /** The words as in github.com/guardian/grid/pull/1716, answered by S3. */
    @Test
    void anOverrideThatNoHeaderCanHoldIsRefused() {
        s3.put("a", "x");

        for (String value : new String[] {"attachment; filename=\"1976–2016\"", "a\u0000b", "a\r\nSet-Cookie: b"}) {
            GetObjectRequest request = GetObjectRequest.builder()
                    .bucket(S3Fixture.BUCKET)
                    .key("a")
                    .responseContentDisposition(value)
                    .build();

            assertThatThrownBy(() -> s3.s3.getObject(request, s3.call()))
                    .hasMessage("Header value cannot be represented using ISO-8859-1.");
        }
    }

    @Test
    void anObjectDoesNotKeepWhatCouldNeverBeAnsweredAsAHeader() {
        S3Fixture.refuses(() -> s3.put(S3Fixture.object("a", "x").contentType("text/\nplain")), "InvalidArgument", 400);
        S3Fixture.refuses(
                () -> s3.put(S3Fixture.object("a", "x").metadata(Map.of("k", "\u0000"))), "InvalidArgument", 400);
    }
}
