package io.pileus.core.state;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An Optional as an array of none or one value, so that a JSON null in it is not taken for nothing. For records of state machines that are
 * saved as they are; records made for the purpose have null instead. The value's type must not be a sealed interface.
 */
final class OptionalValues {
    private OptionalValues() {}

    static void add(SimpleModule module) {
        module.addSerializer(new Printer());
        module.addDeserializer(Optional.class, new Parser(null));
    }

    private static final class Printer extends StdSerializer<Optional<?>> {
        private static final long serialVersionUID = 1;

        Printer() {
            super(Optional.class, false);
        }

        @Override
        public void serialize(Optional<?> value, JsonGenerator generator, SerializerProvider provider)
                throws IOException {
            generator.writeStartArray();
            if (value.isPresent()) {
                provider.defaultSerializeValue(value.get(), generator);
            }
            generator.writeEndArray();
        }
    }

    private static final class Parser extends StdDeserializer<Optional<?>> implements ContextualDeserializer {
        private static final long serialVersionUID = 1;
        private final transient @Nullable JsonDeserializer<Object> reader;

        Parser(@Nullable JsonDeserializer<Object> reader) {
            super(Optional.class);
            this.reader = reader;
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property)
                throws com.fasterxml.jackson.databind.JsonMappingException {
            JavaType type = context.getContextualType().containedTypeOrUnknown(0);
            return new Parser(context.findContextualValueDeserializer(type, property));
        }

        @Override
        public Optional<?> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (reader == null || !parser.isExpectedStartArrayToken()) {
                return (Optional<?>) context.handleUnexpectedToken(Optional.class, parser);
            }
            JsonToken token = parser.nextToken();
            if (token == JsonToken.END_ARRAY) {
                return Optional.empty();
            }
            Object value =
                    token == JsonToken.VALUE_NULL ? reader.getNullValue(context) : reader.deserialize(parser, context);
            parser.nextToken();
            return Optional.ofNullable(value);
        }

        @Override
        public Optional<?> getNullValue(DeserializationContext context) {
            return Optional.empty();
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return Optional.empty();
        }
    }
}
