package io.pileus.core.state;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names the record where a sealed interface is declared: {@code {"InFlight": {...}}}. Records are named by their simple
 * names, which no two records of one interface share; a type outside the interface can never be named.
 */
final class SealedTypes extends StdTypeResolverBuilder {
    private static final long serialVersionUID = 1;

    SealedTypes() {
        init(JsonTypeInfo.Id.CUSTOM, null);
        inclusion(JsonTypeInfo.As.WRAPPER_OBJECT);
    }

    @Override
    public @Nullable TypeSerializer buildTypeSerializer(
            SerializationConfig config, JavaType base, Collection<NamedType> subtypes) {
        return isSealed(base) ? forBase(base).superSerializer(config, base, subtypes) : null;
    }

    @Override
    public @Nullable TypeDeserializer buildTypeDeserializer(
            DeserializationConfig config, JavaType base, Collection<NamedType> subtypes) {
        return isSealed(base) ? forBase(base).superDeserializer(config, base, subtypes) : null;
    }

    private static boolean isSealed(JavaType type) {
        return type.getRawClass().isSealed() && type.getRawClass().isInterface();
    }

    private static SealedTypes forBase(JavaType base) {
        SealedTypes types = new SealedTypes();
        types.init(JsonTypeInfo.Id.CUSTOM, new Names(base));
        types.inclusion(JsonTypeInfo.As.WRAPPER_OBJECT);
        return types;
    }

    private TypeSerializer superSerializer(SerializationConfig config, JavaType base, Collection<NamedType> subtypes) {
        return super.buildTypeSerializer(config, base, subtypes);
    }

    private TypeDeserializer superDeserializer(
            DeserializationConfig config, JavaType base, Collection<NamedType> subtypes) {
        return super.buildTypeDeserializer(config, base, subtypes);
    }

    /** The records of one sealed interface by name. */
    private static final class Names extends TypeIdResolverBase {
        private final Map<String, Class<?>> records = new HashMap<>();

        Names(JavaType base) {
            collect(base.getRawClass());
        }

        private void collect(Class<?> type) {
            if (!type.isSealed()) {
                Class<?> other = records.put(type.getSimpleName(), type);
                if (other != null) {
                    throw new IllegalStateException(other + " and " + type + " have the same name");
                }
                return;
            }
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                collect(permitted);
            }
        }

        @Override
        public String idFromValue(Object value) {
            return value.getClass().getSimpleName();
        }

        @Override
        public String idFromValueAndType(Object value, Class<?> suggestedType) {
            return suggestedType.getSimpleName();
        }

        @Override
        public @Nullable JavaType typeFromId(DatabindContext context, String id) {
            Class<?> type = records.get(id);
            return type == null ? null : context.constructType(type);
        }

        @Override
        public JsonTypeInfo.Id getMechanism() {
            return JsonTypeInfo.Id.CUSTOM;
        }
    }
}
