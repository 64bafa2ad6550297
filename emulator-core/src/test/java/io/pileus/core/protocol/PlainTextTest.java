package io.pileus.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pileus.core.shape.Member;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Text that is written without a look at each character, and text that is not. */
class PlainTextTest {
    private static final Member ELEMENT = Member.of("member", Member.Kind.STRING);

    @Test
    void whatNeedsAnEscapeIsFoundAtEveryPlace() {
        for (int length = 1; length < 20; length++) {
            for (int at = 0; at < length; at++) {
                for (int value = 0; value < 256; value++) {
                    byte[] text = "x".repeat(length).getBytes(StandardCharsets.US_ASCII);
                    text[at] = (byte) value;
                    boolean escaped = value < ' ' || value == '"' || value == '\\';
                    assertThat(PlainText.isPlain(text)).isEqualTo(!escaped);
                }
            }
        }
    }

    @Property
    void textIsWrittenAsTheGeneratorWouldWriteIt(@ForAll String drawn) {
        // half a pair of surrogates has no bytes in UTF-8
        String text = new String(drawn.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8) + " with a long tail";

        byte[] written = Json.write(
                Json.Text.FACTORY, to -> new JsonShapeWriter(to, JsonDialect.AWS_JSON).writeString(ELEMENT, text));

        assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo(byTheGenerator(text));
    }

    private static String byTheGenerator(String text) {
        StringWriter characters = new StringWriter();
        try (JsonGenerator generator = Json.Text.FACTORY.createGenerator(characters)) {
            generator.writeString(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return characters.toString();
    }
}
