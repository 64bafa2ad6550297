package io.pileus.cognito.idp.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A user's second factors.
 *
 * @param totpSecret the secret shared with an authenticator app, in base 32; empty when none was associated
 * @param totpVerified whether a code has proved the secret
 * @param totpLastStep the step of the last code accepted, so that none works twice
 * @param preferred the preferred factor's name; empty for none
 * @param legacySms whether MFAOptions (AdminSetUserSettings) ask for SMS
 */
public record Mfa(
        boolean sms,
        boolean email,
        boolean totp,
        boolean webAuthn,
        String totpSecret,
        boolean totpVerified,
        long totpLastStep,
        String preferred,
        boolean legacySms) {
    public static final String SMS = "SMS_MFA";
    public static final String TOTP = "SOFTWARE_TOKEN_MFA";
    public static final String EMAIL = "EMAIL_OTP";
    public static final Mfa NONE = new Mfa(false, false, false, false, "", false, 0, "", false);

    /** The factors that are on, as UserMFASettingList names them. */
    public List<String> enabled() {
        List<String> names = new ArrayList<>();
        if (sms || legacySms) {
            names.add(SMS);
        }
        if (totp && totpVerified) {
            names.add(TOTP);
        }
        if (email) {
            names.add(EMAIL);
        }
        return names;
    }

    public Optional<String> preference() {
        return preferred.isEmpty() ? Optional.empty() : Optional.of(preferred);
    }

    public Mfa withTotpSecret(String secret) {
        return new Mfa(sms, email, totp, webAuthn, secret, false, 0, preferred, legacySms);
    }

    public Mfa withTotpVerified(long step) {
        return new Mfa(sms, email, true, webAuthn, totpSecret, true, step, preferred, legacySms);
    }

    public Mfa withTotpStep(long step) {
        return new Mfa(sms, email, totp, webAuthn, totpSecret, totpVerified, step, preferred, legacySms);
    }

    public Mfa withLegacySms(boolean on) {
        return new Mfa(sms, email, totp, webAuthn, totpSecret, totpVerified, totpLastStep, preferred, on);
    }

    @Override
    public String toString() {
        return "Mfa" + enabled();
    }
}
