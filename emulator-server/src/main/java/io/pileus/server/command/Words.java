package io.pileus.server.command;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** A command line: plain words in their order, options with a value, and flags. What nobody asked for is an error. */
final class Words {
    private static final Set<String> FLAGS = Set.of("errors", "commands", "follow", "throttle");

    private final Deque<String> plain = new ArrayDeque<>();
    private final Map<String, String> options = new HashMap<>();
    private final Set<String> flags = new HashSet<>();
    private String last = "";

    private Words() {}

    /** @throws IllegalArgumentException when an option has no value */
    static Words of(String[] arguments) {
        Words words = new Words();
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (!argument.startsWith("--")) {
                words.plain.add(argument);
                continue;
            }
            int equals = argument.indexOf('=');
            String name = argument.substring(2, equals < 0 ? argument.length() : equals);
            if (FLAGS.contains(name) && equals < 0) {
                words.flags.add(name);
            } else if (equals >= 0) {
                words.options.put(name, argument.substring(equals + 1));
            } else if (++i < arguments.length) {
                words.options.put(name, arguments[i]);
            } else {
                throw new IllegalArgumentException("--" + name + " needs a value.");
            }
        }
        return words;
    }

    boolean hasNext() {
        return !plain.isEmpty();
    }

    String next() {
        try {
            last = plain.removeFirst();
            return last;
        } catch (NoSuchElementException e) {
            throw new IllegalArgumentException("Something is missing after '" + last + "'.", e);
        }
    }

    /** The word that was taken last. */
    String last() {
        return last;
    }

    /** A word that can stand in JSON as it is. */
    String nextPlain() {
        String word = next();
        if (!word.matches("[A-Za-z0-9:.+-]+")) {
            throw new IllegalArgumentException("'" + word + "' is neither a duration nor an instant.");
        }
        return word;
    }

    double nextNumber() {
        return number(last, next(), Double::valueOf);
    }

    boolean nextSwitch() {
        return switch (next()) {
            case "on" -> true;
            case "off" -> false;
            default -> throw new IllegalArgumentException("'" + last + "' is neither on nor off.");
        };
    }

    boolean flag(String name) {
        return flags.remove(name);
    }

    String option(String name, String otherwise) {
        String value = options.remove(name);
        return value == null ? otherwise : value;
    }

    /** @throws IllegalArgumentException when the option's value is no number */
    <N extends Number> Optional<N> number(String name, Function<String, N> parse) {
        String value = options.remove(name);
        return value == null ? Optional.empty() : Optional.of(number("--" + name, value, parse));
    }

    private static <N extends Number> N number(String what, String value, Function<String, N> parse) {
        try {
            return parse.apply(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + value + "' is no number that '" + what + "' can have.", e);
        }
    }

    /** @throws IllegalArgumentException when something is left that nobody asked for */
    void end() {
        List<String> left = new ArrayList<>(plain);
        options.keySet().forEach(name -> left.add("--" + name));
        flags.forEach(name -> left.add("--" + name));
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("Not understood here: " + String.join(" ", left));
        }
    }
}
