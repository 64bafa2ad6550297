package io.pileus.core.state;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
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
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An Optional: its value, or null where it is empty; empty where there is nothing. */
final class OptionalValues {
    private OptionalValues() {}

    private static JavaType valueType(JavaType optional) {
        return optional.containedTypeOrUnknown(0);
    }

    static final class Printer extends StdSerializer<Optional<?>> implements ContextualSerializer {
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
            if (value.isEmpty()) {
                generator.writeNull();
            } else if (type == null) {
                provider.defaultSerializeValue(value.get(), generator);
            } else if (type.isAbstract() && !type.isContainerType()) {
                // as for a component that is declared so: the interface names the record, the record tells its
                // components
                TypeSerializer names = provider.findTypeSerializer(type);
                JsonSerializer<Object> content =
                        provider.findValueSerializer(value.get().getClass(), null);
                if (names == null) {
                    content.serialize(value.get(), generator, provider);
                } else {
                    content.serializeWithType(value.get(), generator, provider, names);
                }
            } else {
                provider.findTypedValueSerializer(type, true, null).serialize(value.get(), generator, provider);
            }
        }
    }

    static final class Parser extends StdDeserializer<Optional<?>> implements ContextualDeserializer {
        private static final long serialVersionUID = 1;
        private final transient @Nullable JsonDeserializer<Object> value;

        Parser(@Nullable JsonDeserializer<Object> value) {
            super(Optional.class);
            this.value = value;
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property)
                throws JsonMappingException {
            JavaType type = valueType(context.getContextualType());
            return new Parser(context.findRootValueDeserializer(type));
        }

        @Override
        public Optional<?> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return value == null
                    ? Optional.of(context.readValue(parser, Object.class))
                    : Optional.of(value.deserialize(parser, context));
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
