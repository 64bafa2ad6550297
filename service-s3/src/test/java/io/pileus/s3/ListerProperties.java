package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class ListerProperties {
    @Property(tries = 300)
    void pagesTogetherListEveryKeyOnce(
            @ForAll Set<@StringLength(min = 1, max = 5) @CharRange(from = 'a', to = 'c') String> raw,
            @ForAll @IntRange(min = 1, max = 4) int max) {
        TreeMap<String, String> map = new TreeMap<>();
        TreeSet<String> expected = new TreeSet<>();
        for (String r : raw) {
            String key = r.replace('c', '/');
            map.put(key, key);
            int cut = key.indexOf('/');
            expected.add(cut < 0 ? key : key.substring(0, cut + 1));
        }
        List<String> seen = new ArrayList<>();
        String after = null;
        Lister.Page<String> page;
        do {
            page = Lister.list(map, "", "/", after, max, v -> true);
            TreeSet<String> both = new TreeSet<>(page.items());
            both.addAll(page.prefixes());
            seen.addAll(both);
            after = page.last();
        } while (page.truncated());
        assertThat(seen).containsExactlyElementsOf(expected);
    }
}
