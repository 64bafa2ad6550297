package io.pileus.sns.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The index may offer too many subscribers, never too few. */
class FilterIndexProperties {

    @Provide
    Arbitrary<Map<String, List<String>>> policies() {
        Arbitrary<String> texts = Arbitraries.of("x", "y", "z");
        return Arbitraries.maps(
                        Arbitraries.of("a", "b", "c"), texts.list().ofMinSize(1).ofMaxSize(3))
                .ofMaxSize(3);
    }

    @Provide
    Arbitrary<Map<String, String>> messages() {
        return Arbitraries.maps(Arbitraries.of("a", "b", "c"), Arbitraries.of("x", "y", "z", "w"))
                .ofMaxSize(3);
    }

    @Property(tries = 300)
    void everySubscriberThatAcceptsAMessageIsACandidate(
            @ForAll("policies") Map<String, List<String>> first,
            @ForAll("policies") Map<String, List<String>> second,
            @ForAll("policies") Map<String, List<String>> removed,
            @ForAll("messages") Map<String, String> message)
            throws Exception {
        FilterIndex<String> index = new FilterIndex<>();
        Map<String, Optional<FilterPolicy>> subscribers = new LinkedHashMap<>();
        subscribers.put("first", compile(first));
        subscribers.put("second", compile(second));
        subscribers.forEach(index::add);
        index.add("removed", compile(removed));
        index.remove("removed", compile(removed));
        Map<String, List<Value>> attributes = new HashMap<>();
        message.forEach((name, text) -> attributes.put(name, List.of(new Value.Text(text))));

        List<String> candidates = index.candidates(attributes);

        Set<String> accepting = subscribers.entrySet().stream()
                .filter(s -> s.getValue()
                        .flatMap(p -> p.refusal(attributes, Optional.empty()))
                        .isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        assertThat(candidates).containsAll(accepting).doesNotContain("removed").doesNotHaveDuplicates();
        assertThat(new HashSet<>(candidates)).isSubsetOf(subscribers.keySet());
    }

    private static Optional<FilterPolicy> compile(Map<String, List<String>> policy) throws FilterPolicyException {
        if (policy.isEmpty()) {
            return Optional.empty();
        }
        String json = policy.entrySet().stream()
                .map(e -> "\"" + e.getKey() + "\":"
                        + e.getValue().stream().map(t -> "\"" + t + "\"").toList())
                .collect(Collectors.joining(",", "{", "}"));
        return Optional.of(FilterPolicyParser.parse(json, FilterPolicy.Scope.MESSAGE_ATTRIBUTES));
    }
}
