package io.pileus.core.state;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.function.Function;

/** Values that JSON shows as text, as map keys as well. */
final class TextValues {
    private TextValues() {}

    static <T> void add(SimpleModule module, Class<T> type, Function<T, String> print, Function<String, T> parse) {
        module.addSerializer(type, new Printer<>(type, print));
        module.addDeserializer(type, new Parser<>(type, parse));
        module.addKeySerializer(type, new KeyPrinter<>(print));
        module.addKeyDeserializer(type, new KeyParser<>(parse));
    }

    private static final class Printer<T> extends StdSerializer<T> {
        private static final long serialVersionUID = 1;
        private final transient Function<T, String> print;

        Printer(Class<T> type, Function<T, String> print) {
            super(type);
            this.print = print;
        }

        @Override
        public void serialize(T value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeString(print.apply(value));
        }
    }

    private static final class Parser<T> extends StdDeserializer<T> {
        private static final long serialVersionUID = 1;
        private final transient Function<String, T> parse;

        Parser(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return parse.apply(parser.getText());
        }
    }

    private static final class KeyPrinter<T> extends JsonSerializer<T> {
        private final Function<T, String> print;

        KeyPrinter(Function<T, String> print) {
            this.print = print;
        }

        @Override
        public void serialize(T value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeFieldName(print.apply(value));
        }
    }

    private static final class KeyParser<T> extends KeyDeserializer {
        private final Function<String, T> parse;

        KeyParser(Function<String, T> parse) {
            this.parse = parse;
        }

        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return parse.apply(key);
        }
    }
}
