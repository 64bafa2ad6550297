package io.pileus.core.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * The condition keys of a request and their values. Names are compared without regard to case, as AWS does.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html">Global keys</a>
 */
public final class RequestContext {
    /** A request that carries no keys. */
    public static final RequestContext EMPTY = new RequestContext(Map.of());

    private final Map<String, List<String>> values;

    private RequestContext(Map<String, List<String>> values) {
        this.values = values;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The values of a key; empty when the request does not carry it. */
    public List<String> values(String key) {
        return values.getOrDefault(key.toLowerCase(Locale.ROOT), List.of());
    }

    public boolean has(String key) {
        return values.containsKey(key.toLowerCase(Locale.ROOT));
    }

    /** The names of the keys in lower case, sorted. */
    public List<String> names() {
        return List.copyOf(new TreeSet<>(values.keySet()));
    }

    /** This context and more keys. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.values.putAll(values);
        return builder;
    }

    /** Collects keys. */
    public static final class Builder {
        private final Map<String, List<String>> values = new HashMap<>();

        /** Sets a key; an empty value counts as a value. */
        public Builder with(String key, String value) {
            return with(key, List.of(value));
        }

        /** Sets a key that has several values; none at all means that the key is there and empty. */
        public Builder with(String key, List<String> several) {
            values.put(key.toLowerCase(Locale.ROOT), List.copyOf(several));
            return this;
        }

        /** Adds a value to a key. */
        public Builder add(String key, String value) {
            values.merge(key.toLowerCase(Locale.ROOT), List.of(value), (old, added) -> {
                List<String> both = new ArrayList<>(old);
                both.addAll(added);
                return List.copyOf(both);
            });
            return this;
        }

        /** Sets {@code prefix/name} for each tag. */
        public Builder tags(String prefix, Map<String, String> tags) {
            tags.forEach((name, value) -> with(prefix + "/" + name, value));
            return this;
        }

        public RequestContext build() {
            return new RequestContext(Map.copyOf(values));
        }
    }
}
