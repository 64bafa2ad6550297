package io.pileus.s3;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Lists keys by prefix and delimiter; costs what the page costs, whatever the map holds. */
final class Lister {
    private static final String LAST = new String(Character.toChars(Character.MAX_CODE_POINT));

    private Lister() {}

    /**
     * @param last the last key or common prefix of the page, to go on after; null when the page is empty
     */
    record Page<V>(
            List<V> items,
            List<String> prefixes,
            boolean truncated,
            @Nullable String last) {}

    static <V> Page<V> list(
            NavigableMap<String, V> map,
            String prefix,
            String delimiter,
            @Nullable String after,
            int max,
            Predicate<V> visible) {
        List<V> items = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        String last = null;
        boolean beyond = after != null && BucketState.byCodePoint(after, prefix) >= 0;
        Map.Entry<String, V> entry = beyond ? map.higherEntry(after) : map.ceilingEntry(prefix);
        while (entry != null && entry.getKey().startsWith(prefix)) {
            String key = entry.getKey();
            if (!visible.test(entry.getValue())) {
                entry = map.higherEntry(key);
                continue;
            }
            int cut = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
            String common = cut < 0 ? null : key.substring(0, cut + delimiter.length());
            if (common != null && common.equals(after)) {
                entry = beyondPrefix(map, common);
                continue;
            }
            if (items.size() + prefixes.size() >= max) {
                return new Page<>(items, prefixes, max > 0, last);
            }
            if (common == null) {
                items.add(entry.getValue());
                last = key;
                entry = map.higherEntry(key);
            } else {
                prefixes.add(common);
                last = common;
                entry = beyondPrefix(map, common);
            }
        }
        return new Page<>(items, prefixes, false, last);
    }

    /** The first entry whose key does not begin with the prefix and comes after those that do. */
    static <V> Map.@Nullable Entry<String, V> beyondPrefix(NavigableMap<String, V> map, String prefix) {
        Map.Entry<String, V> entry = map.ceilingEntry(prefix + LAST);
        while (entry != null && entry.getKey().startsWith(prefix)) {
            entry = map.higherEntry(entry.getKey());
        }
        return entry;
    }
}
