package io.pileus.cognito.idp;

import io.pileus.cognito.idp.auth.AuthFlows;
import io.pileus.cognito.idp.auth.ChallengeSession;
import io.pileus.cognito.idp.crypto.Totp;
import io.pileus.cognito.idp.model.*;
import io.pileus.cognito.idp.state.AppClient;
import io.pileus.cognito.idp.state.Mfa;
import io.pileus.cognito.idp.state.Passkey;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.cognito.idp.tokens.AccessTokens;
import io.pileus.core.service.CallContext;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Second factors and passkeys of a user: associate, verify, prefer, list. */
final class MfaOperations {
    private static final int TOTP_SECRET_BYTES = 32;
    private final Realm realm;
    private final AccessTokens accessTokens;
    private final AuthFlows flows;

    MfaOperations(Realm realm, AccessTokens accessTokens, AuthFlows flows) {
        this.realm = realm;
        this.accessTokens = accessTokens;
        this.flows = flows;
    }

    AssociateSoftwareTokenResponse associateSoftwareToken(AssociateSoftwareTokenRequest input, CallContext call) {
        byte[] bytes = new byte[TOTP_SECRET_BYTES];
        realm.random().nextBytes(bytes);
        String secret = Totp.encodeBase32(bytes);
        if (input.accessToken() != null) {
            AccessTokens.Bearer bearer = accessTokens.self(input.accessToken(), call);
            checkOffered(bearer.pool());
            bearer.pool().users().note(bearer.user().username(), draft -> draft.mfa = draft.mfa.withTotpSecret(secret));
            return AssociateSoftwareTokenResponse.builder().secretCode(secret).build();
        }
        ChallengeSession.MfaSetup state = setup(input.session(), call);
        UserPool pool = pool(state);
        checkOffered(pool);
        realm.sessions().take(input.session(), call.receivedAt());
        return AssociateSoftwareTokenResponse.builder()
                .secretCode(secret)
                .session(flows.challenges()
                        .remember(
                                new ChallengeSession.MfaSetup(state.origin(), state.choices(), secret, false),
                                client(pool, state).authSessionValidity(),
                                call.receivedAt()))
                .build();
    }

    private static void checkOffered(UserPool pool) {
        if (!pool.mfa().softwareToken()) {
            throw SoftwareTokenMFANotFoundException.of("Software Token MFA has not been enabled by the userPool");
        }
    }

    private ChallengeSession.MfaSetup setup(@Nullable String session, CallContext call) {
        if (session == null || session.isEmpty()) {
            throw CognitoErrors.invalidParameter("Either AccessToken or Session is required.");
        }
        return flows.challenges().find(session, call.receivedAt()) instanceof ChallengeSession.MfaSetup state
                ? state
                : fail();
    }

    private static ChallengeSession.MfaSetup fail() {
        throw CognitoErrors.invalidSession();
    }

    private UserPool pool(ChallengeSession state) {
        return realm.pools().withId(state.origin().poolId()).orElseThrow(CognitoErrors::invalidSession);
    }

    private AppClient client(UserPool pool, ChallengeSession state) {
        return realm.client(pool, state.origin().clientId());
    }

    VerifySoftwareTokenResponse verifySoftwareToken(VerifySoftwareTokenRequest input, CallContext call) {
        if (input.accessToken() != null) {
            AccessTokens.Bearer bearer = accessTokens.self(input.accessToken(), call);
            String secret = bearer.user().mfa().totpSecret();
            long step = verified(secret, input.userCode(), call);
            enable(bearer.pool(), bearer.user(), secret, step, call);
            return VerifySoftwareTokenResponse.builder().status("SUCCESS").build();
        }
        ChallengeSession.MfaSetup state = setup(input.session(), call);
        UserPool pool = pool(state);
        User user = realm.user(pool, state.origin().username());
        long step = verified(state.totpSecret(), input.userCode(), call);
        realm.sessions().take(input.session(), call.receivedAt());
        enable(pool, user, state.totpSecret(), step, call);
        return VerifySoftwareTokenResponse.builder()
                .status("SUCCESS")
                .session(flows.challenges()
                        .remember(
                                new ChallengeSession.MfaSetup(
                                        state.origin(), state.choices(), state.totpSecret(), true),
                                client(pool, state).authSessionValidity(),
                                call.receivedAt()))
                .build();
    }

    private static long verified(String secret, String code, CallContext call) {
        if (secret.isEmpty()) {
            throw SoftwareTokenMFANotFoundException.of("Software Token MFA does not exist for the user.");
        }
        OptionalLong step = Totp.verify(secret, code, call.receivedAt(), Long.MIN_VALUE);
        if (step.isEmpty()) {
            throw EnableSoftwareTokenMFAException.of("Code mismatch and fail enable Software Token MFA");
        }
        return step.getAsLong();
    }

    private static void enable(UserPool pool, User user, String secret, long step, CallContext call) {
        pool.users()
                .update(
                        user.username(),
                        call.receivedAt(),
                        draft -> draft.mfa = draft.mfa.withTotpSecret(secret).withTotpVerified(step));
    }

    SetUserMFAPreferenceResponse setUserMFAPreference(SetUserMFAPreferenceRequest input, CallContext call) {
        AccessTokens.Bearer bearer = accessTokens.self(input.accessToken(), call);
        prefer(
                bearer.pool(),
                bearer.user(),
                new Preference(
                        input.smsMfaSettings(),
                        input.softwareTokenMfaSettings(),
                        input.emailMfaSettings(),
                        input.webAuthnMfaSettings()),
                call);
        return SetUserMFAPreferenceResponse.builder().build();
    }

    AdminSetUserMFAPreferenceResponse adminSetUserMFAPreference(
            AdminSetUserMFAPreferenceRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        prefer(
                pool,
                realm.user(pool, input.username()),
                new Preference(
                        input.smsMfaSettings(),
                        input.softwareTokenMfaSettings(),
                        input.emailMfaSettings(),
                        input.webAuthnMfaSettings()),
                call);
        return AdminSetUserMFAPreferenceResponse.builder().build();
    }

    private record Preference(
            @Nullable SMSMfaSettingsType sms,
            @Nullable SoftwareTokenMfaSettingsType totp,
            @Nullable EmailMfaSettingsType email,
            @Nullable WebAuthnMfaSettingsType webAuthn) {}

    private static void prefer(UserPool pool, User user, Preference wanted, CallContext call) {
        Mfa old = user.mfa();
        boolean sms = wanted.sms() == null ? old.sms() : yes(wanted.sms().enabled());
        boolean totp = wanted.totp() == null ? old.totp() : yes(wanted.totp().enabled());
        boolean email =
                wanted.email() == null ? old.email() : yes(wanted.email().enabled());
        boolean webAuthn = wanted.webAuthn() == null
                ? old.webAuthn()
                : yes(wanted.webAuthn().enabled());
        if (wanted.totp() != null && totp && !old.totpVerified()) {
            throw CognitoErrors.invalidParameter(
                    old.totpSecret().isEmpty()
                            ? "User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA"
                            : "User has not verified software token mfa");
        }
        if (wanted.sms() != null && sms && !user.attributes().containsKey("phone_number")) {
            throw CognitoErrors.invalidParameter("User does not have delivery config set to turn on SMS_MFA");
        }
        if (wanted.email() != null && email && !user.attributes().containsKey("email")) {
            throw CognitoErrors.invalidParameter("User does not have delivery config set to turn on EMAIL_OTP");
        }
        if (wanted.webAuthn() != null && webAuthn && !sms && !totp && !email) {
            throw CognitoErrors.invalidParameter(
                    "Passkey MFA needs another MFA method that is activated for the user.");
        }
        String preferred = preferred(old, wanted, sms, totp, email);
        pool.users()
                .update(
                        user.username(),
                        call.receivedAt(),
                        draft -> draft.mfa = new Mfa(
                                sms,
                                email,
                                totp,
                                webAuthn,
                                draft.mfa.totpSecret(),
                                draft.mfa.totpVerified(),
                                draft.mfa.totpLastStep(),
                                preferred,
                                draft.mfa.legacySms()));
    }

    private static String preferred(Mfa old, Preference wanted, boolean sms, boolean totp, boolean email) {
        List<String> chosen = new ArrayList<>();
        List<String> dropped = new ArrayList<>();
        choose(wanted.sms() == null ? null : wanted.sms().preferredMfa(), sms, Mfa.SMS, chosen, dropped);
        choose(wanted.totp() == null ? null : wanted.totp().preferredMfa(), totp, Mfa.TOTP, chosen, dropped);
        choose(wanted.email() == null ? null : wanted.email().preferredMfa(), email, Mfa.EMAIL, chosen, dropped);
        if (chosen.size() > 1) {
            throw CognitoErrors.invalidParameter("Cannot set multiple MFA methods as preferred.");
        }
        if (!chosen.isEmpty()) {
            return chosen.getFirst();
        }
        return dropped.contains(old.preferred()) ? "" : old.preferred();
    }

    private static void choose(
            @Nullable Boolean preferred, boolean enabled, String name, List<String> chosen, List<String> dropped) {
        if (yes(preferred) && !enabled) {
            throw CognitoErrors.invalidParameter("Cannot set a preferred MFA method that is not enabled.");
        }
        if (yes(preferred)) {
            chosen.add(name);
        }
        if (!enabled || Boolean.FALSE.equals(preferred)) {
            dropped.add(name);
        }
    }

    private static boolean yes(@Nullable Boolean value) {
        return Boolean.TRUE.equals(value);
    }

    SetUserSettingsResponse setUserSettings(SetUserSettingsRequest input, CallContext call) {
        AccessTokens.Bearer bearer = accessTokens.self(input.accessToken(), call);
        legacySms(bearer.pool(), bearer.user(), input.mfaOptions(), call);
        return SetUserSettingsResponse.builder().build();
    }

    AdminSetUserSettingsResponse adminSetUserSettings(AdminSetUserSettingsRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        legacySms(pool, realm.user(pool, input.username()), input.mfaOptions(), call);
        return AdminSetUserSettingsResponse.builder().build();
    }

    private static void legacySms(UserPool pool, User user, List<MFAOptionType> options, CallContext call) {
        for (MFAOptionType option : options) {
            if (!"SMS".equals(option.deliveryMedium()) || !"phone_number".equals(option.attributeName())) {
                throw CognitoErrors.invalidParameter("Invalid MFA option: only SMS to phone_number is supported.");
            }
        }
        if (!options.isEmpty() && !user.attributes().containsKey("phone_number")) {
            throw CognitoErrors.invalidParameter("User does not have delivery config set to turn on SMS_MFA");
        }
        pool.users()
                .update(
                        user.username(),
                        call.receivedAt(),
                        draft -> draft.mfa = draft.mfa.withLegacySms(!options.isEmpty()));
    }

    GetUserAuthFactorsResponse getUserAuthFactors(GetUserAuthFactorsRequest input, CallContext call) {
        AccessTokens.Bearer bearer = accessTokens.self(input.accessToken(), call);
        User user = bearer.user();
        List<String> factors = flows.firstFactors(bearer.pool(), user);
        List<String> enabled = user.mfa().enabled();
        return GetUserAuthFactorsResponse.builder()
                .username(user.username())
                .preferredMfaSetting(user.mfa().preference().orElse(null))
                .userMFASettingList(enabled.isEmpty() ? null : enabled)
                .configuredUserAuthFactors(factors)
                .build();
    }

    StartWebAuthnRegistrationResponse startWebAuthnRegistration(
            StartWebAuthnRegistrationRequest input, CallContext call) {
        AccessTokens.Bearer bearer = accessTokens.self(input.accessToken(), call);
        return StartWebAuthnRegistrationResponse.builder()
                .credentialCreationOptions(
                        flows.passkeys().startRegistration(bearer.pool(), bearer.client(), bearer.user(), call))
                .build();
    }

    CompleteWebAuthnRegistrationResponse completeWebAuthnRegistration(
            CompleteWebAuthnRegistrationRequest input, CallContext call) {
        AccessTokens.Bearer bearer = accessTokens.self(input.accessToken(), call);
        flows.passkeys().completeRegistration(bearer.pool(), bearer.client(), bearer.user(), input.credential(), call);
        return CompleteWebAuthnRegistrationResponse.builder().build();
    }

    ListWebAuthnCredentialsResponse listWebAuthnCredentials(ListWebAuthnCredentialsRequest input, CallContext call) {
        AccessTokens.Bearer bearer = accessTokens.self(input.accessToken(), call);
        NavigableMap<String, Passkey> keys = new TreeMap<>();
        bearer.user().passkeys().forEach(key -> keys.put(key.credentialId(), key));
        Pages<Passkey> page = Pages.of(keys, input.nextToken(), input.maxResults(), 20);
        return ListWebAuthnCredentialsResponse.builder()
                .credentials(page.items().stream()
                        .map(key -> WebAuthnCredentialDescription.builder()
                                .credentialId(key.credentialId())
                                .friendlyCredentialName(key.friendlyName())
                                .relyingPartyId(key.relyingPartyId())
                                .authenticatorAttachment(key.attachment().isEmpty() ? null : key.attachment())
                                .authenticatorTransports(key.transports())
                                .createdAt(key.createdAt())
                                .build())
                        .toList())
                .nextToken(page.nextToken().orElse(null))
                .build();
    }

    DeleteWebAuthnCredentialResponse deleteWebAuthnCredential(DeleteWebAuthnCredentialRequest input, CallContext call) {
        AccessTokens.Bearer bearer = accessTokens.self(input.accessToken(), call);
        boolean known = bearer.user().passkeys().stream()
                .anyMatch(key -> key.credentialId().equals(input.credentialId()));
        if (!known) {
            throw ResourceNotFoundException.of("Requested resource not found");
        }
        bearer.pool()
                .users()
                .update(
                        bearer.user().username(),
                        call.receivedAt(),
                        draft -> draft.passkeys.removeIf(
                                key -> key.credentialId().equals(input.credentialId())));
        return DeleteWebAuthnCredentialResponse.builder().build();
    }
}
