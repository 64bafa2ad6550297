package io.pileus.core.dispatch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what stands at a method and a path, by templates such as {@code /{Bucket}/{Key+}}: a literal segment is preferred
 * to a label, a label to one that takes the whole rest. A slash at the end does not matter. Filled once, then read only.
 *
 * @param <T> what stands at a template; several may share one
 */
final class PathTree<T> {

    /** A template's value and the names of its labels, in their order. */
    private record Leaf<T>(T value, List<String> labels) {}

    /** What was found: values that share a template, and the values of the path's labels, still percent-encoded. */
    record Found<T>(List<T> values, List<List<String>> names, List<String> labels) {
        Map<String, String> labelsOf(int index) {
            if (labels.isEmpty()) {
                return Map.of();
            }
            Map<String, String> map = new HashMap<>();
            for (int i = 0; i < labels.size(); i++) {
                map.put(names.get(index).get(i), labels.get(i));
            }
            return map;
        }
    }

    private static final class Node<T> {
        final Map<String, Node<T>> literals = new HashMap<>();
        final Map<String, List<Leaf<T>>> here = new HashMap<>(2);
        final Map<String, List<Leaf<T>>> rest = new HashMap<>(2);

        @Nullable
        Node<T> label;
    }

    private final Node<T> root = new Node<>();

    void add(String method, String template, T value) {
        Node<T> node = root;
        List<String> labels = new ArrayList<>();
        for (String segment : template.split("/")) {
            if (segment.isEmpty()) {
                continue;
            }
            if (segment.startsWith("{") && segment.endsWith("+}")) {
                labels.add(segment.substring(1, segment.length() - 2));
                node.rest.computeIfAbsent(method, m -> new ArrayList<>()).add(new Leaf<>(value, labels));
                return;
            }
            if (segment.startsWith("{") && segment.endsWith("}")) {
                labels.add(segment.substring(1, segment.length() - 1));
                if (node.label == null) {
                    node.label = new Node<>();
                }
                node = node.label;
            } else {
                node = node.literals.computeIfAbsent(segment, s -> new Node<>());
            }
        }
        node.here.computeIfAbsent(method, m -> new ArrayList<>()).add(new Leaf<>(value, labels));
    }

    /** What stands at the path for the method, or null. */
    @Nullable
    Found<T> find(String method, String path) {
        List<String> labels = new ArrayList<>(4);
        List<Leaf<T>> leaves = find(root, method, path, 1, labels);
        if (leaves == null) {
            return null;
        }
        return new Found<>(
                leaves.stream().map(Leaf::value).toList(),
                leaves.stream().map(Leaf::labels).toList(),
                labels);
    }

    private @Nullable List<Leaf<T>> find(Node<T> node, String method, String path, int at, List<String> labels) {
        if (at >= path.length()) {
            return node.here.get(method);
        }
        int slash = path.indexOf('/', at);
        int end = slash < 0 ? path.length() : slash;
        String segment = path.substring(at, end);
        Node<T> literal = node.literals.get(segment);
        if (literal != null) {
            List<Leaf<T>> found = find(literal, method, path, end + 1, labels);
            if (found != null) {
                return found;
            }
        }
        if (node.label != null && !segment.isEmpty()) {
            labels.add(segment);
            List<Leaf<T>> found = find(node.label, method, path, end + 1, labels);
            if (found != null) {
                return found;
            }
            labels.removeLast();
        }
        List<Leaf<T>> rest = node.rest.get(method);
        if (rest != null) {
            labels.add(path.substring(at));
        }
        return rest;
    }
}
