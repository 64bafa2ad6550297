package io.pileus.core.state;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An Optional as an array of none or one value, so that a JSON null in it is not taken for nothing. */
final class OptionalValues {
    private OptionalValues() {}

    static void add(SimpleModule module) {
        module.addSerializer(new Printer(null));
        module.addDeserializer(Optional.class, new Parser(null));
    }

    private static JavaType valueType(JavaType optional) {
        return optional.containedTypeOrUnknown(0);
    }

    private static final class Printer extends StdSerializer<Optional<?>> implements ContextualSerializer {
        private static final long serialVersionUID = 1;
        private final transient @Nullable JavaType type;

        Printer(@Nullable JavaType type) {
            super(Optional.class, false);
            this.type = type;
        }

        @Override
        public JsonSerializer<?> createContextual(SerializerProvider provider, @Nullable BeanProperty property) {
            return property == null || !property.getType().hasRawClass(Optional.class)
                    ? this
                    : new Printer(valueType(property.getType()));
        }

        @Override
        public void serialize(Optional<?> value, JsonGenerator generator, SerializerProvider provider)
                throws IOException {
            generator.writeStartArray();
            if (value.isPresent()) {
                print(value.get(), generator, provider);
            }
            generator.writeEndArray();
        }

        private void print(Object value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            if (type == null) {
                provider.defaultSerializeValue(value, generator);
            } else if (type.isAbstract() && !type.isContainerType()) {
                // As for a component that is declared so: the interface names the record, the record tells its
                // components.
                TypeSerializer names = provider.findTypeSerializer(type);
                JsonSerializer<Object> content = provider.findValueSerializer(value.getClass(), null);
                if (names == null) {
                    content.serialize(value, generator, provider);
                } else {
                    content.serializeWithType(value, generator, provider, names);
                }
            } else {
                provider.findTypedValueSerializer(type, true, null).serialize(value, generator, provider);
            }
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
                throws JsonMappingException {
            return new Parser(context.findRootValueDeserializer(valueType(context.getContextualType())));
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
        public Optional<?> getAbsentValue(DeserializationContext context) {
            return Optional.empty();
        }
    }
}
