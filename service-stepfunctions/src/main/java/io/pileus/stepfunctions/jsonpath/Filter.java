package io.pileus.stepfunctions.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The condition of a {@code [?(…)]} step. */
sealed interface Filter {

    boolean holds(JsonNode current, JsonNode root);

    /** All of the conditions. */
    record And(List<Filter> conditions) implements Filter {
        @Override
        public boolean holds(JsonNode current, JsonNode root) {
            return conditions.stream().allMatch(c -> c.holds(current, root));
        }
    }

    /** Any of the conditions. */
    record Or(List<Filter> conditions) implements Filter {
        @Override
        public boolean holds(JsonNode current, JsonNode root) {
            return conditions.stream().anyMatch(c -> c.holds(current, root));
        }
    }

    /** Not the condition. */
    record Not(Filter condition) implements Filter {
        @Override
        public boolean holds(JsonNode current, JsonNode root) {
            return !condition.holds(current, root);
        }
    }

    /** A path that leads somewhere. */
    record Exists(Operand operand) implements Filter {
        @Override
        public boolean holds(JsonNode current, JsonNode root) {
            return operand.value(current, root).isPresent();
        }
    }

    /** {@code left operator right}. */
    record Comparison(Operand left, String operator, Operand right) implements Filter {
        @Override
        public boolean holds(JsonNode current, JsonNode root) {
            Optional<JsonNode> a = left.value(current, root);
            Optional<JsonNode> b = right.value(current, root);
            if (a.isEmpty() || b.isEmpty()) {
                return operator.equals("!=") && a.isPresent() != b.isPresent();
            }
            return compare(a.get(), b.get());
        }

        private boolean compare(JsonNode a, JsonNode b) {
            return switch (operator) {
                case "==" -> same(a, b);
                case "!=" -> !same(a, b);
                case "<" -> ordered(a, b) && order(a, b) < 0;
                case "<=" -> ordered(a, b) && order(a, b) <= 0;
                case ">" -> ordered(a, b) && order(a, b) > 0;
                case ">=" -> ordered(a, b) && order(a, b) >= 0;
                case "in" -> among(b, a);
                case "nin" -> !among(b, a);
                case "contains" ->
                    a.isTextual() ? b.isTextual() && a.textValue().contains(b.textValue()) : among(a, b);
                case "size" -> b.isInt() && (a.isTextual() ? a.textValue().length() : a.size()) == b.intValue();
                case "empty" -> (a.isTextual() ? a.textValue().isEmpty() : a.isEmpty()) == b.booleanValue();
                case "subsetof" -> all(a, b);
                case "anyof" -> any(a, b);
                default -> !any(a, b);
            };
        }

        private static boolean same(JsonNode a, JsonNode b) {
            return a.isNumber() && b.isNumber() ? order(a, b) == 0 : a.equals(b);
        }

        private static boolean ordered(JsonNode a, JsonNode b) {
            return (a.isNumber() && b.isNumber()) || (a.isTextual() && b.isTextual());
        }

        private static int order(JsonNode a, JsonNode b) {
            return a.isNumber()
                    ? a.decimalValue().compareTo(b.decimalValue())
                    : a.textValue().compareTo(b.textValue());
        }

        private static boolean among(JsonNode list, JsonNode value) {
            for (JsonNode element : list) {
                if (same(element, value)) {
                    return true;
                }
            }
            return false;
        }

        private static boolean all(JsonNode values, JsonNode list) {
            for (JsonNode value : values) {
                if (!among(list, value)) {
                    return false;
                }
            }
            return true;
        }

        private static boolean any(JsonNode values, JsonNode list) {
            for (JsonNode value : values) {
                if (among(list, value)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** {@code path =~ /pattern/}. */
    record Matches(Operand operand, Pattern pattern) implements Filter {
        @Override
        public boolean holds(JsonNode current, JsonNode root) {
            return operand.value(current, root)
                    .filter(JsonNode::isTextual)
                    .map(text -> BoundedText.matches(pattern, text.textValue()))
                    .orElse(false);
        }
    }

    /** A side of a comparison. */
    sealed interface Operand {
        Optional<JsonNode> value(JsonNode current, JsonNode root);
    }

    /** A literal. */
    record Literal(JsonNode node) implements Operand {
        @Override
        public Optional<JsonNode> value(JsonNode current, JsonNode root) {
            return Optional.of(node);
        }
    }

    /** {@code @…} or {@code $…}. */
    record PathOperand(boolean fromRoot, JsonPath path) implements Operand {
        @Override
        public Optional<JsonNode> value(JsonNode current, JsonNode root) {
            return path.evaluate(fromRoot ? root : current).filter(v -> path.definite() || !v.isEmpty());
        }
    }
}
