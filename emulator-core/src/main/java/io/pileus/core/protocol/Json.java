package io.pileus.core.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.TSFBuilder;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import io.pileus.core.shape.MalformedInputException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Where parsers and generators of JSON and CBOR come from: bounded in depth, their buffers reused. */
final class Json {
    /** How deep values may nest; the model's own recursion never comes near. */
    static final int NESTING_MAX = 1_000;

    /** What one message of a protocol other than a stream may weigh: the largest is a function's code in base64. */
    static final long BODY_BYTES_MAX = 256L << 20;

    private Json() {}

    /** JSON as text. */
    static final class Text {
        static final JsonFactory FACTORY = bounded(new JsonFactoryBuilder()).build();

        private Text() {}
    }

    /**
     * CBOR; loaded when the first CBOR message comes. Half a surrogate pair, which JSON can say and ill-formed CBOR is read as,
     * is written as U+FFFD: CBOR has nothing for it.
     */
    static final class Cbor {
        static final CBORFactory FACTORY = bounded(
                        CBORFactory.builder().enable(CBORGenerator.Feature.LENIENT_UTF_ENCODING))
                .build();

        private Cbor() {}
    }

    /** Trees, for documents and for calls inside the process only. */
    static final class Tree {
        static final ObjectMapper MAPPER = new ObjectMapper(Text.FACTORY);

        private Tree() {}
    }

    private static <F extends JsonFactory, B extends TSFBuilder<F, B>> B bounded(B builder) {
        return builder.disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(NESTING_MAX)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(1 << 20)
                        .build())
                .streamWriteConstraints(StreamWriteConstraints.builder()
                        .maxNestingDepth(NESTING_MAX + 100)
                        .build());
    }

    static JsonParser parser(JsonFactory factory, byte[] message) {
        try {
            return factory.createParser(message);
        } catch (IOException e) {
            throw new MalformedInputException("The message cannot be read", e);
        }
    }

    static JsonNode tree(JsonParser parser) throws IOException {
        return Tree.MAPPER.readTree(parser);
    }

    /** Writes one message. */
    static byte[] write(JsonFactory factory, Content content) {
        try (ByteArrayBuilder bytes = new ByteArrayBuilder(factory._getBufferRecycler())) {
            JsonGenerator generator = factory.createGenerator(bytes);
            content.write(generator);
            generator.close();
            return bytes.getClearAndRelease();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a message consists of. */
    interface Content {
        void write(JsonGenerator generator) throws IOException;
    }
}
