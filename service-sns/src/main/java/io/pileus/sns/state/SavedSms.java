package io.pileus.sns.state;

import java.util.List;
import java.util.Map;

/** An account's SMS settings in a region, as they are saved. */
public record SavedSms(
        Map<String, String> attributes, List<String> optedOut, Map<String, SmsSettings.SandboxNumber> sandbox) {

    public boolean isEmpty() {
        return attributes.isEmpty() && optedOut.isEmpty() && sandbox.isEmpty();
    }
}
