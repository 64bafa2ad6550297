package io.pileus.sns.filter;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One condition of a filter policy on one value. Text never equals a number: the policy's JSON type and the value's
 * must agree.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html">Filter policies</a>
 */
public sealed interface Condition {

    /** Whether a value that is present satisfies the condition. */
    boolean matches(Value value);

    /** The condition as the policy wrote it, for telling why a message was filtered out. */
    String text();

    /** The value is this text. */
    record Exact(String expected) implements Condition {
        @Override
        public boolean matches(Value value) {
            return value instanceof Value.Text text && text.text().equals(expected);
        }

        @Override
        public String text() {
            return quote(expected);
        }
    }

    /** The value is {@code true}, {@code false} or {@code null}. */
    record Literal(Value.Constant expected) implements Condition {
        @Override
        public boolean matches(Value value) {
            return value == expected;
        }

        @Override
        public String text() {
            return expected.name().toLowerCase(Locale.ROOT);
        }
    }

    /** The value is this number, whatever its spelling. */
    record ExactNumber(BigDecimal expected) implements Condition {
        @Override
        public boolean matches(Value value) {
            return value instanceof Value.Number number && number.number().compareTo(expected) == 0;
        }

        @Override
        public String text() {
            return expected.toPlainString();
        }
    }

    record Prefix(String prefix) implements Condition {
        @Override
        public boolean matches(Value value) {
            return value instanceof Value.Text text && text.text().startsWith(prefix);
        }

        @Override
        public String text() {
            return "{\"prefix\":" + quote(prefix) + "}";
        }
    }

    record Suffix(String suffix) implements Condition {
        @Override
        public boolean matches(Value value) {
            return value instanceof Value.Text text && text.text().endsWith(suffix);
        }

        @Override
        public String text() {
            return "{\"suffix\":" + quote(suffix) + "}";
        }
    }

    record EqualsIgnoreCase(String expected) implements Condition {
        @Override
        public boolean matches(Value value) {
            return value instanceof Value.Text text && text.text().equalsIgnoreCase(expected);
        }

        @Override
        public String text() {
            return "{\"equals-ignore-case\":" + quote(expected) + "}";
        }
    }

    /** Text with {@code *} for any run of characters. Matched in time linear in text times pieces; no regular expression. */
    record Wildcard(String pattern, List<String> pieces) implements Condition {
        public Wildcard(String pattern) {
            this(pattern, List.of(pattern.split("\\*", -1)));
        }

        @Override
        public boolean matches(Value value) {
            if (!(value instanceof Value.Text(String text))) {
                return false;
            }
            String first = pieces.getFirst();
            String last = pieces.getLast();
            if (pieces.size() == 1) {
                return text.equals(first);
            }
            if (text.length() < first.length() + last.length() || !text.startsWith(first) || !text.endsWith(last)) {
                return false;
            }
            int at = first.length();
            int end = text.length() - last.length();
            for (String piece : pieces.subList(1, pieces.size() - 1)) {
                int found = text.indexOf(piece, at);
                if (found < 0 || found + piece.length() > end) {
                    return false;
                }
                at = found + piece.length();
            }
            return true;
        }

        @Override
        public String text() {
            return "{\"wildcard\":" + quote(pattern) + "}";
        }
    }

    /** The value satisfies none of the conditions. On an array one such element is enough. */
    record AnythingBut(List<Condition> unwanted) implements Condition {
        @Override
        public boolean matches(Value value) {
            return unwanted.stream().noneMatch(c -> c.matches(value));
        }

        @Override
        public String text() {
            return "{\"anything-but\":" + unwanted.stream().map(Condition::text).toList() + "}";
        }
    }

    /** The value is none of these texts; the common case of {@link AnythingBut}, by look-up. */
    record AnythingButTexts(Set<String> unwanted) implements Condition {
        @Override
        public boolean matches(Value value) {
            return !(value instanceof Value.Text text && unwanted.contains(text.text()));
        }

        @Override
        public String text() {
            return "{\"anything-but\":"
                    + unwanted.stream().map(Condition::quote).toList() + "}";
        }
    }

    /** The number lies in the range; an absent bound is null. */
    record Range(BigDecimal low, boolean lowInclusive, BigDecimal high, boolean highInclusive, String text)
            implements Condition {
        @Override
        public boolean matches(Value value) {
            if (!(value instanceof Value.Number(BigDecimal number))) {
                return false;
            }
            if (low != null) {
                int order = number.compareTo(low);
                if (order < 0 || order == 0 && !lowInclusive) {
                    return false;
                }
            }
            if (high != null) {
                int order = number.compareTo(high);
                return order < 0 || order == 0 && highInclusive;
            }
            return true;
        }
    }

    /** The text is an IP address in the block. */
    record Cidr(byte[] network, int prefixLength, String block) implements Condition {
        @Override
        public boolean matches(Value value) {
            if (!(value instanceof Value.Text(String text)) || !looksLikeAddress(text)) {
                return false;
            }
            try {
                byte[] address = address(text);
                return address.length == network.length && sharesPrefix(address);
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        /** Whether the text is spelled like an address, so that parsing it asks no name server. */
        static boolean looksLikeAddress(String text) {
            if (text.isEmpty() || text.length() > 45) {
                return false;
            }
            return text.indexOf(':') >= 0
                    ? text.chars().allMatch(c -> c == '.' || c == ':' || Character.digit(c, 16) >= 0)
                    : text.indexOf('.') > 0 && text.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
        }

        /** The bytes of an address that {@link #looksLikeAddress looks like one}. */
        static byte[] address(String text) {
            try {
                return InetAddress.getByName(text).getAddress();
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(text, e);
            }
        }

        private boolean sharesPrefix(byte[] address) {
            for (int bit = 0; bit < prefixLength; bit++) {
                int mask = 0x80 >> (bit & 7);
                if ((address[bit >> 3] & mask) != (network[bit >> 3] & mask)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public String text() {
            return "{\"cidr\":" + quote(block) + "}";
        }
    }

    /** The key is there, or is not; judged before any value is looked at. */
    record Exists(boolean wanted) implements Condition {
        @Override
        public boolean matches(Value value) {
            return wanted;
        }

        @Override
        public String text() {
            return "{\"exists\":" + wanted + "}";
        }
    }

    private static String quote(String text) {
        return '"' + text + '"';
    }
}
