package io.pileus.iam.state;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A virtual MFA device: assigned to nobody, or enabled for a user. Guarded by its account's lock. */
public final class MfaDevice {
    private final String serialNumber;
    private final Totp totp;
    private final Map<String, String> tags = new LinkedHashMap<>();
    private Optional<Enabled> enabled = Optional.empty();

    /** Whose the device is, and since when. */
    public record Enabled(String userName, Instant since) {}

    public MfaDevice(String serialNumber, Totp totp) {
        this.serialNumber = serialNumber;
        this.totp = totp;
    }

    /** The device's ARN. */
    public String serialNumber() {
        return serialNumber;
    }

    public Totp totp() {
        return totp;
    }

    public Map<String, String> tags() {
        return tags;
    }

    public Optional<Enabled> enabled() {
        return enabled;
    }

    public void enable(String userName, Instant since) {
        this.enabled = Optional.of(new Enabled(userName, since));
    }

    public void disable() {
        this.enabled = Optional.empty();
    }
}
