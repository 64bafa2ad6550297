package io.pileus.core.state;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.service.Scopes.Scope;

/**
 * Which thing of a service's state it is.
 *
 * @param id the service's own, without NUL
 */
public record StateKey(String kind, Scope scope, String id) implements Comparable<StateKey> {
    private static final char SEPARATOR = 0;

    public StateKey {
        if (kind.isEmpty() || kind.indexOf(SEPARATOR) >= 0 || id.indexOf(SEPARATOR) >= 0) {
            throw new IllegalArgumentException("kinds are not empty, and neither kinds nor ids hold NUL");
        }
    }

    /** @throws IllegalArgumentException when the text spells no key */
    public static StateKey parse(String text) {
        String[] parts = text.split("\0", 4);
        if (parts.length < 4) {
            throw new IllegalArgumentException("not the key of a saved thing");
        }
        return new StateKey(parts[0], new Scope(new AccountId(parts[1]), new Region(parts[2])), parts[3]);
    }

    /** What the texts of all keys of a kind begin with, and no others. */
    public static String prefix(String kind) {
        return kind + SEPARATOR;
    }

    /** The key as a text: sorts as keys do. */
    public String text() {
        return prefix(kind) + scope.account() + SEPARATOR + scope.region() + SEPARATOR + id;
    }

    @Override
    public int compareTo(StateKey other) {
        return text().compareTo(other.text());
    }

    /** For messages. */
    @Override
    public String toString() {
        return kind + " " + scope.account() + "/" + scope.region() + "/" + id;
    }
}
