package io.pileus.core.protocol;

import io.pileus.core.shape.MalformedInputException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a Query request as the tree that their dotted names spell. */
final class FormNode {
    /** How many parts a parameter's name may have. */
    private static final int PARTS_MAX = 200;

    private @Nullable String value;
    private @Nullable Map<String, FormNode> children;

    @Nullable
    String value() {
        return value;
    }

    @Nullable
    FormNode child(String name) {
        return children == null ? null : children.get(name);
    }

    Map<String, FormNode> children() {
        return children == null ? Map.of() : children;
    }

    /** Puts a parameter into its place; a second one of the same name wins. */
    void put(String name, String text) {
        FormNode node = this;
        int parts = 0;
        int start = 0;
        while (true) {
            int dot = name.indexOf('.', start);
            String part = dot < 0 ? name.substring(start) : name.substring(start, dot);
            if (++parts > PARTS_MAX) {
                throw new MalformedInputException("A parameter's name has too many parts");
            }
            if (node.children == null) {
                node.children = new LinkedHashMap<>();
            }
            node = node.children.computeIfAbsent(part, p -> new FormNode());
            if (dot < 0) {
                node.value = text;
                return;
            }
            start = dot + 1;
        }
    }

    /** Adds the parameters of {@code a=b&c=d}, percent-encoded. */
    void putForm(byte[] form) {
        int start = 0;
        for (int i = 0; i <= form.length; i++) {
            if (i == form.length || form[i] == '&') {
                if (i > start) {
                    putParameter(form, start, i);
                }
                start = i + 1;
            }
        }
    }

    private void putParameter(byte[] form, int start, int end) {
        int equals = start;
        while (equals < end && form[equals] != '=') {
            equals++;
        }
        String name = PercentCoding.decodeForm(form, start, equals);
        put(name, equals < end ? PercentCoding.decodeForm(form, equals + 1, end) : "");
    }
}
