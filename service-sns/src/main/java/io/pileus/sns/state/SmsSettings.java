package io.pileus.sns.state;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** The account's SMS attributes, the numbers that opted out, and the numbers of its sandbox. */
public final class SmsSettings {

    /** A number of the sandbox: pending until verified with the one-time password. */
    public record SandboxNumber(String oneTimePassword, boolean verified) {}

    private final Map<String, String> attributes = new ConcurrentHashMap<>();
    private final Set<String> optedOut = new ConcurrentSkipListSet<>();
    private final Map<String, SandboxNumber> sandbox = new ConcurrentSkipListMap<>();

    public SavedSms saved() {
        return new SavedSms(new TreeMap<>(attributes), List.copyOf(optedOut), new TreeMap<>(sandbox));
    }

    public void load(SavedSms saved) {
        attributes.putAll(saved.attributes());
        optedOut.addAll(saved.optedOut());
        sandbox.putAll(saved.sandbox());
    }

    public Map<String, String> attributes() {
        return attributes;
    }

    public Set<String> optedOut() {
        return optedOut;
    }

    public Map<String, SandboxNumber> sandbox() {
        return sandbox;
    }
}
