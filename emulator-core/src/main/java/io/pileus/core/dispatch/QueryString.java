package io.pileus.core.dispatch;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Finds single parameters in a query string or form without taking the rest apart. */
final class QueryString {
    private QueryString() {}

    /** Whether a parameter of this name is there, with a value or without. */
    static boolean has(String query, String name) {
        return find(query, name) >= 0;
    }

    /** The decoded value of the first parameter of this name; empty when it has none; null when it is not there. */
    static @Nullable String value(String query, String name) {
        int at = find(query, name);
        if (at < 0) {
            return null;
        }
        int start = at + name.length();
        if (start >= query.length() || query.charAt(start) != '=') {
            return "";
        }
        int end = query.indexOf('&', start);
        return decode(query.substring(start + 1, end < 0 ? query.length() : end));
    }

    private static int find(String query, String name) {
        int at = 0;
        while (at <= query.length() - name.length()) {
            if (query.startsWith(name, at)) {
                int after = at + name.length();
                if (after == query.length() || query.charAt(after) == '=' || query.charAt(after) == '&') {
                    return at;
                }
            }
            int next = query.indexOf('&', at);
            if (next < 0) {
                return -1;
            }
            at = next + 1;
        }
        return -1;
    }

    /** The decoded value of a form's first parameter of this name; null when it is not there. */
    static @Nullable String value(byte[] form, String name) {
        int at = 0;
        while (at < form.length) {
            int end = at;
            while (end < form.length && form[end] != '&') {
                end++;
            }
            int after = at + name.length();
            if (after < end && form[after] == '=' && isAt(form, at, name)) {
                return decode(new String(form, after + 1, end - after - 1, StandardCharsets.UTF_8));
            }
            at = end + 1;
        }
        return null;
    }

    private static boolean isAt(byte[] form, int at, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (form[at + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Decodes a parameter ({@code +} is a space); what cannot be decoded stays as it is. */
    static String decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** Decodes a piece of a path, in which a plus sign is a plus sign. */
    static String decodePath(String text) {
        return text.indexOf('%') < 0 ? text : decode(text.replace("+", "%2B"));
    }
}
