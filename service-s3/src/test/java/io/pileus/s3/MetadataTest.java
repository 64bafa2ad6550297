package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.Payload;
import io.pileus.core.protocol.Protocols;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.WireProtocol;
import io.pileus.core.shape.MalformedInputException;
import io.pileus.s3.model.PutObjectRequest;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** User metadata, as the page about it has it. */
class MetadataTest {
    private final S3Fixture s3 = new S3Fixture();

    private Map<String, String> returned(Map<String, String> sent) {
        s3.put(S3Fixture.object("a", "x").metadata(sent));
        return s3.get("a").metadata();
    }

    /** The example of the page: bytes of UTF-8 that are read as characters of ISO 8859-1. */
    @Test
    void whatIsNotAsciiComesBackAsWordsOfMail() {
        assertThat(returned(Map.of("nonascii", "Ã\u0084MÃ\u0084ZÃ\u0095Ã\u0091 S3", "ascii", "AMAZONS3")))
                .containsEntry("nonascii", "=?UTF-8?B?w4PChE3Dg8KEWsODwpXDg8KRIFMz?=")
                .containsEntry("ascii", "AMAZONS3");
    }

    @ParameterizedTest
    @CsvSource({
        "=?UTF-8?B?w6k=?=, =?UTF-8?B?w6k=?=",
        "=?iso-8859-1?q?caf=E9_noir?=, =?UTF-8?Q?caf=C3=A9_noir?=",
        "=?UTF-8?Q?plain?= text, plain text",
        "=?UTF-8?Q?a?= =?UTF-8?Q?b?=, ab",
        "=?UTF-8?B?%?=, =?UTF-8?B?%?=",
        "=?UTF-8?Q?=0D=0Ax-amz-acl:?=, =?UTF-8?Q?=0D=0Ax-amz-acl:?=",
        "=?none?Q?a?=, =?none?Q?a?=",
    })
    void wordsOfMailAreDecodedWhenTheyComeIn(String sent, String returned) {
        assertThat(returned(Map.of("m", sent))).containsEntry("m", returned);
    }

    @Property
    void whatComesBackSpellsWhatWasPut(@ForAll @NotBlank String text) {
        String encoded = MailWords.encode(text);
        assertThat(encoded).matches("[ -~\\t]*");
        boolean hasControls = text.chars().anyMatch(Character::isISOControl);
        boolean looksEncoded = text.contains("=?");
        boolean isWhole =
                text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        if (!hasControls && !looksEncoded && isWhole) {
            assertThat(MailWords.decode(encoded)).isEqualTo(text);
        }
    }

    @Test
    void headersOfOneNameAreOneList() throws MalformedInputException {
        ServiceApi api = s3.s3.apis().getFirst();
        Headers headers = new Headers()
                .add("x-amz-meta-colour", "red")
                .add("X-Amz-Meta-Size", "1")
                .add("X-Amz-Meta-Colour", "green");
        PutObjectRequest request = (PutObjectRequest) Protocols.of(WireProtocol.REST_XML)
                .readInput(
                        api,
                        Objects.requireNonNull(api.operation("PutObject")),
                        new HttpRequest("PUT", "/things/a", "", "http", "localhost", headers, Payload.EMPTY, null),
                        Map.of("Bucket", "things", "Key", "a"));
        assertThat(request.metadata()).isEqualTo(Map.of("colour", "red,green", "Size", "1"));
    }
}
