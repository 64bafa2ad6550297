package io.pileus.core.state;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ValueNode;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Region;
import io.pileus.core.shape.Blob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Saved records as JSON: components by name, absent ones left out, bytes in base64, instants and durations as ISO 8601 writes
 * them. The value of a sealed interface is an object with one member, named after the record. What a record's accessors
 * make of their components does not matter: the components themselves are written, and given back to the constructor.
 */
public final class StateJson {
    private static final int NESTING_MAX = 5_000;

    private StateJson() {}

    /** @throws UncheckedIOException when the record holds what cannot be saved, which is a mistake of the program */
    public static byte[] write(Record saved) {
        try {
            return Holder.MAPPER.writeValueAsBytes(saved);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws UncheckedIOException when the JSON does not fit the type */
    public static <R extends Record> R read(byte[] json, Class<R> type) {
        try {
            return Holder.MAPPER.readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Made when something is saved or loaded for the first time: it costs a cold JVM a tenth of a second. */
    private static final class Holder {
        static final JsonMapper MAPPER = mapper();
    }

    private static JsonMapper mapper() {
        // No bounds of length or depth: nothing but what services held comes here, and they have their own bounds.
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(NESTING_MAX)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .build())
                .streamWriteConstraints(StreamWriteConstraints.builder()
                        .maxNestingDepth(NESTING_MAX)
                        .build())
                .build();
        return JsonMapper.builder(factory)
                .visibility(PropertyAccessor.ALL, Visibility.NONE)
                .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
                .serializationInclusion(JsonInclude.Include.NON_NULL)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(MapperFeature.AUTO_DETECT_GETTERS, MapperFeature.AUTO_DETECT_IS_GETTERS)
                .nodeFactory(new SameText())
                .addModule(values())
                .setDefaultTyping(new SealedTypes())
                .build();
    }

    /** Numbers in trees are written as they were before: {@code 1.50} has its zero, and what a double wrote as 1.5E9 is one again. */
    private static final class SameText extends JsonNodeFactory {
        private static final long serialVersionUID = 1;

        @Override
        public ValueNode numberNode(@Nullable BigDecimal number) {
            if (number != null && number.scale() < 0) {
                double floating = number.doubleValue();
                if (new BigDecimal(Double.toString(floating)).equals(number)) {
                    return numberNode(floating);
                }
            }
            return super.numberNode(number);
        }
    }

    private static SimpleModule values() {
        SimpleModule module = new SimpleModule();
        TextValues.add(module, Instant.class, Instant::toString, Instant::parse);
        TextValues.add(module, Duration.class, Duration::toString, Duration::parse);
        TextValues.add(module, Blob.class, Blob::base64, Blob::ofBase64);
        TextValues.add(module, AccountId.class, AccountId::id, AccountId::new);
        TextValues.add(module, Region.class, Region::id, Region::new);
        OptionalValues.add(module);
        TextValues.add(module, Arn.class, Arn::toString, text -> Arn.parse(text).orElseThrow());
        return module;
    }
}
