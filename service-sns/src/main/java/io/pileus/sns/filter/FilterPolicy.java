package io.pileus.sns.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A subscription's filter policy, compiled: it accepts a message when every key has a condition that is met, and every
 * {@code $or} has an alternative that is met.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-message-filtering.html">Message filtering</a>
 */
public final class FilterPolicy {

    /** What a policy looks at. */
    public enum Scope {
        MESSAGE_ATTRIBUTES("MessageAttributes"),
        MESSAGE_BODY("MessageBody");

        private final String wire;

        Scope(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }

        public static Optional<Scope> of(String wire) {
            for (Scope scope : values()) {
                if (scope.wire.equals(wire)) {
                    return Optional.of(scope);
                }
            }
            return Optional.empty();
        }
    }

    /** A node of the compiled policy. */
    sealed interface Node {}

    /** All of these must hold. */
    record All(List<Node> nodes) implements Node {}

    /** One of these must hold. */
    record AnyOf(List<All> alternatives) implements Node {}

    /** The key's value, or one of its array's elements, must satisfy one of the conditions. */
    record Key(String name, List<Condition> conditions) implements Node {}

    /** The key's value must be an object (or an array that holds one) for which the node holds. */
    record Nested(String name, All node) implements Node {}

    private final Scope scope;
    private final All root;

    FilterPolicy(Scope scope, All root) {
        this.scope = scope;
        this.root = root;
    }

    public Scope scope() {
        return scope;
    }

    All root() {
        return root;
    }

    /**
     * Why a message is filtered out, or empty when it is accepted.
     *
     * @param attributes the message attributes as values; a {@code String.Array} has several, a Binary none
     * @param body the body as JSON; empty when it is none
     */
    public Optional<String> refusal(Map<String, List<Value>> attributes, Optional<JsonNode> body) {
        if (scope == Scope.MESSAGE_ATTRIBUTES) {
            return refusal(root, new AttributeFields(attributes));
        }
        if (body.isEmpty() || !body.get().isObject()) {
            return Optional.of("the message body is no JSON object");
        }
        return refusal(root, new BodyFields(body.get()));
    }

    private static Optional<String> refusal(All all, Fields fields) {
        for (Node node : all.nodes()) {
            Optional<String> refusal = switch (node) {
                case All nested -> refusal(nested, fields);
                case AnyOf anyOf -> anyOfRefusal(anyOf, fields);
                case Key key -> keyRefusal(key, fields);
                case Nested nested ->
                    fields.objects(nested.name()).stream()
                                            .anyMatch(f ->
                                                    refusal(nested.node(), f).isEmpty())
                                    || onlyAbsence(nested.node())
                                            && fields.objects(nested.name()).isEmpty()
                            ? Optional.<String>empty()
                            : Optional.of(nested.name() + ": no object in it satisfies the policy");
            };
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    /** Whether a nested policy asks only that keys be absent, so that an absent object satisfies it. */
    private static boolean onlyAbsence(All all) {
        return all.nodes().stream().allMatch(node -> switch (node) {
            case Key key ->
                key.conditions().stream().allMatch(c -> c instanceof Condition.Exists exists && !exists.wanted());
            case Nested nested -> onlyAbsence(nested.node());
            case All nested -> onlyAbsence(nested);
            case AnyOf anyOf -> anyOf.alternatives().stream().allMatch(FilterPolicy::onlyAbsence);
        });
    }

    private static Optional<String> anyOfRefusal(AnyOf anyOf, Fields fields) {
        for (All alternative : anyOf.alternatives()) {
            if (refusal(alternative, fields).isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of("$or: no alternative is satisfied");
    }

    private static Optional<String> keyRefusal(Key key, Fields fields) {
        boolean present = fields.has(key.name());
        for (Condition condition : key.conditions()) {
            if (condition instanceof Condition.Exists exists) {
                if (exists.wanted() == present) {
                    return Optional.empty();
                }
            } else if (present) {
                for (Value value : fields.values(key.name())) {
                    if (condition.matches(value)) {
                        return Optional.empty();
                    }
                }
            }
        }
        return Optional.of(key.name()
                + (present ? ": the value matches none of " : ": is absent, and must match one of ")
                + key.conditions().stream().map(Condition::text).toList());
    }
}
