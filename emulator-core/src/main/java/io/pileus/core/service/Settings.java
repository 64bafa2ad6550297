package io.pileus.core.service;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The configuration: environment variables as users of local AWS emulators set them, overridden by launch options. Names
 * are those of the variables, such as {@code SQS_ENDPOINT_STRATEGY}. Most are read once, when a service is made; what is read
 * each time it counts can be changed while the server runs.
 */
public record Settings(Map<String, String> values) {
    public static final Settings DEFAULTS = new Settings(Map.of());

    public Settings {
        values = new ConcurrentHashMap<>(values);
    }

    /** Changes a value for those that read it from now on. */
    public void change(String name, String value) {
        values.put(name, value);
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name)).filter(v -> !v.isBlank());
    }

    public String get(String name, String otherwise) {
        return get(name).orElse(otherwise);
    }

    /** {@code 1} and {@code true} in any case are true, {@code 0} and {@code false} false; anything else is the default. */
    public boolean flag(String name, boolean otherwise) {
        return get(name)
                .map(v -> switch (v.trim().toLowerCase(Locale.ROOT)) {
                    case "1", "true" -> true;
                    case "0", "false" -> false;
                    default -> otherwise;
                })
                .orElse(otherwise);
    }

    public int number(String name, int otherwise) {
        try {
            return get(name).map(v -> Integer.parseInt(v.trim())).orElse(otherwise);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
