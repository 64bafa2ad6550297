package io.pileus.core.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Policy variables: {@code ${aws:username}}, {@code ${aws:PrincipalTag/team, 'default'}}, and {@code ${*}}, {@code ${?}},
 * {@code ${$}} for the characters themselves.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html">Variables and tags</a>
 */
final class PolicyVariables {
    private PolicyVariables() {}

    /**
     * The pattern with the variables filled in; their values are meant literally. Empty when a variable has no single
     * value in the request and no default: such a pattern matches nothing.
     */
    static Optional<Glob> expand(String pattern, RequestContext context) {
        int start = pattern.indexOf("${");
        if (start < 0) {
            return Optional.of(Glob.of(pattern));
        }
        Glob.Builder glob = new Glob.Builder(pattern.length());
        int done = 0;
        while (start >= 0) {
            int end = pattern.indexOf('}', start);
            if (end < 0) {
                break;
            }
            glob.pattern(pattern.substring(done, start));
            Optional<String> value = value(pattern.substring(start + 2, end), context);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            glob.literal(value.get());
            done = end + 1;
            start = pattern.indexOf("${", done);
        }
        return Optional.of(glob.pattern(pattern.substring(done)).build());
    }

    private static Optional<String> value(String variable, RequestContext context) {
        String name = variable.trim();
        if (name.equals("*") || name.equals("?") || name.equals("$")) {
            return Optional.of(name);
        }
        Optional<String> otherwise = Optional.empty();
        int comma = name.indexOf(',');
        if (comma >= 0) {
            String text = name.substring(comma + 1).trim();
            if (text.length() >= 2 && text.startsWith("'") && text.endsWith("'")) {
                otherwise = Optional.of(text.substring(1, text.length() - 1));
            }
            name = name.substring(0, comma).trim();
        }
        List<String> values = context.values(name);
        return values.size() == 1 ? Optional.of(values.getFirst()) : otherwise;
    }

    /** The names of the keys that a pattern's variables refer to. */
    static Set<String> keysOf(String pattern) {
        Set<String> keys = new TreeSet<>();
        for (int start = pattern.indexOf("${"); start >= 0; start = pattern.indexOf("${", start + 2)) {
            int end = pattern.indexOf('}', start);
            if (end < 0) {
                break;
            }
            String name = pattern.substring(start + 2, end).split(",", 2)[0].trim();
            if (name.length() > 1) {
                keys.add(name);
            }
        }
        return keys;
    }
}
