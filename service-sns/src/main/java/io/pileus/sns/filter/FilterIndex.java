package io.pileus.sns.filter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the subscribers whose filter policies a message may satisfy without asking each of them: a policy that has a
 * key on message attributes with exact texts only is filed under those texts; the others are always candidates.
 * Not safe for concurrent use: the topic's lock guards it.
 *
 * @param <S> a subscriber
 */
public final class FilterIndex<S> {
    private final Map<String, Map<String, Set<S>>> filed = new HashMap<>();
    private final Set<S> always = new LinkedHashSet<>();

    public void add(S subscriber, Optional<FilterPolicy> policy) {
        Optional<FilterPolicy.Key> key = policy.flatMap(FilterIndex::filingKey);
        if (key.isEmpty()) {
            always.add(subscriber);
            return;
        }
        Map<String, Set<S>> byText = filed.computeIfAbsent(key.get().name(), k -> new HashMap<>());
        for (String text : texts(key.get())) {
            byText.computeIfAbsent(text, t -> new LinkedHashSet<>()).add(subscriber);
        }
    }

    public void remove(S subscriber, Optional<FilterPolicy> policy) {
        Optional<FilterPolicy.Key> key = policy.flatMap(FilterIndex::filingKey);
        if (key.isEmpty()) {
            always.remove(subscriber);
            return;
        }
        Map<String, Set<S>> byText = filed.get(key.get().name());
        for (String text : texts(key.get())) {
            Set<S> subscribers = byText.get(text);
            subscribers.remove(subscriber);
            if (subscribers.isEmpty()) {
                byText.remove(text);
            }
        }
        if (byText.isEmpty()) {
            filed.remove(key.get().name());
        }
    }

    /** Every subscriber whose policy could accept a message with these attributes, each once. */
    public List<S> candidates(Map<String, List<Value>> attributes) {
        if (filed.isEmpty() || attributes.isEmpty()) {
            return new ArrayList<>(always);
        }
        Set<S> found = new LinkedHashSet<>(always);
        for (Map.Entry<String, List<Value>> attribute : attributes.entrySet()) {
            Map<String, Set<S>> byText = filed.get(attribute.getKey());
            if (byText != null) {
                for (Value value : attribute.getValue()) {
                    if (value instanceof Value.Text(String text)) {
                        found.addAll(byText.getOrDefault(text, Set.of()));
                    }
                }
            }
        }
        return new ArrayList<>(found);
    }

    /** The texts of a key, each once: a policy may name one twice. */
    private static Set<String> texts(FilterPolicy.Key key) {
        Set<String> texts = new LinkedHashSet<>();
        key.conditions().forEach(condition -> texts.add(((Condition.Exact) condition).expected()));
        return texts;
    }

    private static Optional<FilterPolicy.Key> filingKey(FilterPolicy policy) {
        if (policy.scope() != FilterPolicy.Scope.MESSAGE_ATTRIBUTES) {
            return Optional.empty();
        }
        for (FilterPolicy.Node node : policy.root().nodes()) {
            if (node instanceof FilterPolicy.Key key
                    && key.conditions().stream().allMatch(c -> c instanceof Condition.Exact)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }
}
