package io.pileus.lambda.executor.bootstrap;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JSON for functions: text to maps, lists and scalars, those to beans and records, and back. */
final class JavaJson {
    private final String text;
    private int at;

    private JavaJson(String text) {
        this.text = text;
    }

    // ---- reading ----------------------------------------------------------------------------------------------------

    static @Nullable Object parse(String text) {
        JavaJson json = new JavaJson(text);
        Object value = json.value();
        json.space();
        if (json.at < text.length()) {
            throw json.unexpected();
        }
        return value;
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("unexpected JSON at position " + at);
    }

    private void space() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
    }

    private char peek() {
        space();
        if (at >= text.length()) {
            throw unexpected();
        }
        return text.charAt(at);
    }

    private void expect(char c) {
        if (peek() != c) {
            throw unexpected();
        }
        at++;
    }

    private @Nullable Object value() {
        switch (peek()) {
            case '{':
                return object();
            case '[':
                return array();
            case '"':
                return string();
            case 't':
                return word("true", Boolean.TRUE);
            case 'f':
                return word("false", Boolean.FALSE);
            case 'n':
                return word("null", null);
            default:
                return number();
        }
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) {
            throw unexpected();
        }
        at += word.length();
        return value;
    }

    private Map<String, @Nullable Object> object() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        at++;
        if (peek() == '}') {
            at++;
            return map;
        }
        while (true) {
            peek();
            String name = string();
            expect(':');
            map.put(name, value());
            if (peek() == '}') {
                at++;
                return map;
            }
            expect(',');
        }
    }

    private List<@Nullable Object> array() {
        List<@Nullable Object> list = new ArrayList<>();
        at++;
        if (peek() == ']') {
            at++;
            return list;
        }
        while (true) {
            list.add(value());
            if (peek() == ']') {
                at++;
                return list;
            }
            expect(',');
        }
    }

    private String string() {
        expect('"');
        StringBuilder out = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return out.toString();
            }
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escaped = text.charAt(at++);
            switch (escaped) {
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'n' -> out.append('\n');
                case 'r' -> out.append('\r');
                case 't' -> out.append('\t');
                case 'u' -> {
                    out.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                    at += 4;
                }
                default -> out.append(escaped);
            }
        }
        throw unexpected();
    }

    private Number number() {
        int from = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(from, at);
        if (digits.isEmpty()) {
            throw unexpected();
        }
        if (digits.indexOf('.') >= 0 || digits.indexOf('e') >= 0 || digits.indexOf('E') >= 0) {
            return Double.valueOf(digits);
        }
        BigInteger whole = new BigInteger(digits);
        // as AWS's clients do, so that a function may cast to Integer
        if (whole.bitLength() < 32) {
            return whole.intValue();
        }
        if (whole.bitLength() < 64) {
            return whole.longValue();
        }
        return whole;
    }

    // ---- to the type that a handler takes ---------------------------------------------------------------------------

    static @Nullable Object convert(@Nullable Object value, Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] of = generic.getActualTypeArguments();
            if (value instanceof List<?> list && of.length == 1) {
                Collection<@Nullable Object> converted =
                        generic.getRawType() == Set.class ? new java.util.LinkedHashSet<>() : new ArrayList<>();
                list.forEach(item -> converted.add(convert(item, of[0])));
                return converted;
            }
            if (value instanceof Map<?, ?> map && of.length == 2) {
                Map<@Nullable Object, @Nullable Object> converted = new LinkedHashMap<>();
                map.forEach((name, item) -> converted.put(name, convert(item, of[1])));
                return converted;
            }
            return convert(value, generic.getRawType());
        }
        return type instanceof Class<?> raw ? toClass(value, raw) : value;
    }

    private static @Nullable Object toClass(@Nullable Object value, Class<?> type) {
        if (value == null || type == Object.class || (type.isInstance(value) && !type.isPrimitive())) {
            return value;
        }
        if (type == String.class) {
            return value instanceof Map || value instanceof List ? write(value) : String.valueOf(value);
        }
        if (value instanceof Number number) {
            return toNumber(number, type);
        }
        if (value instanceof Boolean) {
            return value;
        }
        if (type.isEnum()) {
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(value)) {
                    return constant;
                }
            }
        }
        if (value instanceof List<?> list && type.isArray()) {
            Object array = Array.newInstance(type.getComponentType(), list.size());
            for (int i = 0; i < list.size(); i++) {
                Array.set(array, i, convert(list.get(i), type.getComponentType()));
            }
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            try {
                return type.isRecord() ? toRecord(map, type) : toBean(map, type);
            } catch (InvocationTargetException e) {
                throw new IllegalArgumentException(String.valueOf(e.getCause()), e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException(e.toString(), e);
            }
        }
        throw new IllegalArgumentException(
                "An error occurred during JSON parsing: a " + type.getName() + " cannot be made of this value");
    }

    private static Object toNumber(Number number, Class<?> type) {
        if (type == int.class || type == Integer.class) {
            return number.intValue();
        }
        if (type == long.class || type == Long.class) {
            return number.longValue();
        }
        if (type == double.class || type == Double.class) {
            return number.doubleValue();
        }
        if (type == float.class || type == Float.class) {
            return number.floatValue();
        }
        if (type == short.class || type == Short.class) {
            return number.shortValue();
        }
        if (type == BigDecimal.class) {
            return new BigDecimal(number.toString());
        }
        return type == BigInteger.class ? new BigInteger(number.toString()) : number;
    }

    private static Object toRecord(Map<?, ?> map, Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = convert(map.get(components[i].getName()), components[i].getGenericType());
        }
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor.newInstance(values);
    }

    private static Object toBean(Map<?, ?> map, Class<?> type) throws ReflectiveOperationException {
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        Object bean = constructor.newInstance();
        for (Method method : type.getMethods()) {
            String name = method.getName();
            if (!name.startsWith("set") || name.length() == 3 || method.getParameterCount() != 1) {
                continue;
            }
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                if (String.valueOf(entry.getKey()).equalsIgnoreCase(name.substring(3)) && entry.getValue() != null) {
                    method.setAccessible(true);
                    method.invoke(bean, convert(entry.getValue(), method.getGenericParameterTypes()[0]));
                }
            }
        }
        return bean;
    }

    // ---- writing ----------------------------------------------------------------------------------------------------

    static String write(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out, 0);
        return out.toString();
    }

    private static void write(@Nullable Object value, StringBuilder out, int depth) {
        if (depth > 200) {
            throw new IllegalArgumentException("An error occurred during JSON serialization: nested too deeply");
        }
        if (value == null || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof Number number) {
            boolean finite = Double.isFinite(number.doubleValue()) || number instanceof BigDecimal;
            out.append(finite || number instanceof BigInteger ? number.toString() : "\"" + number + "\"");
        } else if (value instanceof Map<?, ?> map) {
            writeMap(map, out, depth);
        } else if (value instanceof Iterable<?> items) {
            writeItems(items, out, depth);
        } else if (value.getClass().isArray()) {
            List<@Nullable Object> items = new ArrayList<>();
            for (int i = 0; i < Array.getLength(value); i++) {
                items.add(Array.get(value, i));
            }
            writeItems(items, out, depth);
        } else if (value instanceof CharSequence
                || value instanceof Character
                || value instanceof Enum
                || value.getClass().getName().startsWith("java.")) {
            writeString(value.toString(), out);
        } else {
            writeMap(properties(value), out, depth);
        }
    }

    private static void writeMap(Map<?, ?> map, StringBuilder out, int depth) {
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            writeString(String.valueOf(entry.getKey()), out);
            out.append(':');
            write(entry.getValue(), out, depth + 1);
            separator = ",";
        }
        out.append('}');
    }

    private static void writeItems(Iterable<?> items, StringBuilder out, int depth) {
        out.append('[');
        String separator = "";
        for (Object item : items) {
            out.append(separator);
            write(item, out, depth + 1);
            separator = ",";
        }
        out.append(']');
    }

    private static void writeString(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /** What a bean's getters or a record's components say. */
    private static Map<String, @Nullable Object> properties(Object bean) {
        Map<String, @Nullable Object> properties = new LinkedHashMap<>();
        try {
            if (bean.getClass().isRecord()) {
                for (RecordComponent component : bean.getClass().getRecordComponents()) {
                    Method accessor = component.getAccessor();
                    accessor.setAccessible(true);
                    properties.put(component.getName(), accessor.invoke(bean));
                }
                return properties;
            }
            for (Method method : bean.getClass().getMethods()) {
                String name = method.getName();
                int prefix = name.startsWith("get") ? 3 : name.startsWith("is") ? 2 : 0;
                if (prefix > 0
                        && name.length() > prefix
                        && !name.equals("getClass")
                        && method.getParameterCount() == 0
                        && !Modifier.isStatic(method.getModifiers())) {
                    method.setAccessible(true);
                    String property = Character.toLowerCase(name.charAt(prefix)) + name.substring(prefix + 1);
                    properties.put(property, method.invoke(bean));
                }
            }
            return new java.util.TreeMap<>(properties);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(String.valueOf(e.getCause()), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(e.toString(), e);
        }
    }
}
