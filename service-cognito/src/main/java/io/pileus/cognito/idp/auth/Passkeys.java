package io.pileus.cognito.idp.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.webauthn4j.WebAuthnManager;
import com.webauthn4j.converter.AttestedCredentialDataConverter;
import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.credential.CredentialRecordImpl;
import com.webauthn4j.data.AuthenticationData;
import com.webauthn4j.data.AuthenticationParameters;
import com.webauthn4j.data.RegistrationData;
import com.webauthn4j.data.RegistrationParameters;
import com.webauthn4j.data.attestation.authenticator.AttestedCredentialData;
import com.webauthn4j.data.attestation.statement.NoneAttestationStatement;
import com.webauthn4j.data.client.Origin;
import com.webauthn4j.data.client.challenge.DefaultChallenge;
import com.webauthn4j.server.ServerProperty;
import com.webauthn4j.verifier.exception.BadChallengeException;
import com.webauthn4j.verifier.exception.BadRpIdException;
import com.webauthn4j.verifier.exception.VerificationException;
import io.pileus.cognito.idp.CognitoErrors;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.model.LimitExceededException;
import io.pileus.cognito.idp.model.WebAuthnChallengeNotFoundException;
import io.pileus.cognito.idp.model.WebAuthnClientMismatchException;
import io.pileus.cognito.idp.model.WebAuthnConfigurationMissingException;
import io.pileus.cognito.idp.model.WebAuthnConfigurationType;
import io.pileus.cognito.idp.model.WebAuthnCredentialNotSupportedException;
import io.pileus.cognito.idp.model.WebAuthnNotEnabledException;
import io.pileus.cognito.idp.model.WebAuthnOriginNotAllowedException;
import io.pileus.cognito.idp.model.WebAuthnRelyingPartyMismatchException;
import io.pileus.cognito.idp.state.AppClient;
import io.pileus.cognito.idp.state.Expiring;
import io.pileus.cognito.idp.state.Passkey;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.core.service.CallContext;
import io.pileus.core.shape.JsonTrees;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Passkeys: registration and sign-in with WebAuthn, whose proofs webauthn4j checks. Attestation is not asked for, as in
 * Cognito.
 *
 * @see <a href="https://www.w3.org/TR/webauthn-3/">Web Authentication</a>
 */
public final class Passkeys {
    private static final int PER_USER_MAX = 20;
    private static final Duration REGISTRATION_VALIDITY = Duration.ofMinutes(5);
    private static final int[] ALGORITHMS = {-7, -257};

    private final Realm realm;
    private final Challenges challenges;
    private final Expiring<Registration> registrations = new Expiring<>(100_000);
    private SignInCompletion completion;

    /** The library, loaded by the first passkey and not before: it is large, and most runs never need it. */
    private static final class WebAuthn {
        static final WebAuthnManager MANAGER = WebAuthnManager.createNonStrictWebAuthnManager();
        static final AttestedCredentialDataConverter CREDENTIAL_DATA =
                new AttestedCredentialDataConverter(new ObjectConverter());

        private WebAuthn() {}
    }

    private record Registration(String challenge, String clientId) {}

    @SuppressWarnings("NullAway.Init")
    public Passkeys(Realm realm, Challenges challenges) {
        this.realm = realm;
        this.challenges = challenges;
    }

    void completeWith(SignInCompletion value) {
        this.completion = value;
    }

    /** The options for {@code navigator.credentials.create}. */
    public ObjectNode startRegistration(UserPool pool, AppClient client, User user, CallContext call) {
        String relyingParty = relyingParty(pool);
        if (user.passkeys().size() >= PER_USER_MAX) {
            throw LimitExceededException.of("The user has reached the maximum number of passkeys.");
        }
        String challenge = realm.secretName(32);
        registrations.put(
                pool.id() + "/" + user.sub(),
                new Registration(challenge, client.id()),
                call.receivedAt().plus(REGISTRATION_VALIDITY),
                call.receivedAt());
        ObjectNode options = JsonTrees.mapper().createObjectNode();
        options.putObject("rp").put("id", relyingParty).put("name", relyingParty);
        options.putObject("user")
                .put("id", base64Url(user.sub().getBytes(StandardCharsets.UTF_8)))
                .put("name", shownName(user))
                .put("displayName", shownName(user));
        options.put("challenge", challenge);
        ArrayNode algorithms = options.putArray("pubKeyCredParams");
        for (int algorithm : ALGORITHMS) {
            algorithms.addObject().put("type", "public-key").put("alg", algorithm);
        }
        options.put("timeout", 60_000);
        ArrayNode excluded = options.putArray("excludeCredentials");
        user.passkeys().forEach(key -> describe(excluded.addObject(), key));
        options.putObject("authenticatorSelection")
                .put("requireResidentKey", true)
                .put("residentKey", "required")
                .put("userVerification", userVerification(pool));
        return options;
    }

    private static String shownName(User user) {
        return user.attribute("email").orElse(user.username());
    }

    private static void describe(ObjectNode node, Passkey key) {
        node.put("type", "public-key").put("id", key.credentialId());
        key.transports().forEach(node.putArray("transports")::add);
    }

    /** Takes what {@code navigator.credentials.create} gave. */
    public void completeRegistration(
            UserPool pool, AppClient client, User user, JsonNode credential, CallContext call) {
        String relyingParty = relyingParty(pool);
        Registration registration = registrations
                .take(pool.id() + "/" + user.sub(), call.receivedAt())
                .orElseThrow(() -> WebAuthnChallengeNotFoundException.of("Challenge not found."));
        if (!registration.clientId().equals(client.id())) {
            throw WebAuthnClientMismatchException.of(
                    "The client does not match the one that started the registration.");
        }
        RegistrationData data;
        try {
            data = Objects.requireNonNull(WebAuthn.MANAGER.parseRegistrationResponseJSON(credential.toString()));
            Origin origin = checkedOrigin(
                    Objects.requireNonNull(data.getCollectedClientData()).getOrigin(), relyingParty);
            WebAuthn.MANAGER.verify(
                    data,
                    new RegistrationParameters(
                            server(origin, relyingParty, registration.challenge()),
                            null,
                            userVerification(pool).equals("required"),
                            true));
        } catch (BadChallengeException e) {
            throw WebAuthnChallengeNotFoundException.of("Challenge not found.");
        } catch (BadRpIdException e) {
            throw WebAuthnRelyingPartyMismatchException.of("The relying party does not match.");
        } catch (VerificationException | DataConversionException | NullPointerException e) {
            throw WebAuthnCredentialNotSupportedException.of("The credential is not supported.");
        }
        Passkey passkey = passkey(data, credential, relyingParty, call);
        pool.users().update(user.username(), call.receivedAt(), draft -> draft.passkeys.add(passkey));
    }

    private Passkey passkey(RegistrationData data, JsonNode credential, String relyingParty, CallContext call) {
        AttestedCredentialData attested = Objects.requireNonNull(Objects.requireNonNull(data.getAttestationObject())
                .getAuthenticatorData()
                .getAttestedCredentialData());
        List<String> transports = data.getTransports() == null
                ? List.of()
                : data.getTransports().stream()
                        .map(transport -> transport.getValue())
                        .sorted()
                        .toList();
        return new Passkey(
                base64Url(attested.getCredentialId()),
                WebAuthn.CREDENTIAL_DATA.convert(attested),
                data.getAttestationObject().getAuthenticatorData().getSignCount(),
                relyingParty,
                "Passkey",
                credential.path("authenticatorAttachment").asText(""),
                transports,
                call.receivedAt());
    }

    /** WEB_AUTHN: the options for {@code navigator.credentials.get}. */
    AuthStep challenge(SignIn signIn, User user, List<String> available) {
        String challenge = realm.secretName(32);
        ObjectNode options = JsonTrees.mapper().createObjectNode();
        options.put("challenge", challenge);
        options.put("timeout", 180_000);
        options.put("rpId", relyingParty(signIn.pool()));
        ArrayNode allowed = options.putArray("allowCredentials");
        user.passkeys().forEach(key -> describe(allowed.addObject(), key));
        options.put("userVerification", userVerification(signIn.pool(), user));
        return challenges.open(
                signIn,
                "WEB_AUTHN",
                new ChallengeSession.WebAuthn(signIn.origin(user), challenge),
                Map.of("CREDENTIAL_REQUEST_OPTIONS", options.toString()),
                available);
    }

    /** The answer to WEB_AUTHN. */
    AuthStep respond(SignIn signIn) {
        ChallengeSession.WebAuthn state = challenges.find(signIn, ChallengeSession.WebAuthn.class);
        FirstFactor.checkSecretHash(signIn, FirstFactor.required(signIn, "USERNAME"));
        String credential = FirstFactor.required(signIn, "CREDENTIAL");
        User user = challenges.user(signIn, state);
        challenges.close(signIn, state);
        Passkey used =
                verified(signIn, state, user, credential).orElseThrow(CognitoErrors::incorrectUsernameOrPassword);
        signIn.pool()
                .users()
                .note(
                        user.username(),
                        draft -> draft.passkeys.replaceAll(
                                key -> key.credentialId().equals(used.credentialId()) ? used : key));
        return completion.authenticated(signIn, state.origin(), user);
    }

    private Optional<Passkey> verified(SignIn signIn, ChallengeSession.WebAuthn state, User user, String credential) {
        try {
            AuthenticationData data = WebAuthn.MANAGER.parseAuthenticationResponseJSON(credential);
            Optional<Passkey> key = user.passkeys().stream()
                    .filter(k -> k.credentialId().equals(base64Url(data.getCredentialId())))
                    .findFirst();
            if (key.isEmpty()) {
                return Optional.empty();
            }
            Origin origin = checkedOrigin(
                    Objects.requireNonNull(data.getCollectedClientData()).getOrigin(),
                    key.get().relyingPartyId());
            CredentialRecordImpl record = new CredentialRecordImpl(
                    new NoneAttestationStatement(),
                    null,
                    null,
                    null,
                    key.get().signCount(),
                    WebAuthn.CREDENTIAL_DATA.convert(key.get().attestedCredentialData()),
                    null,
                    null,
                    null,
                    null);
            WebAuthn.MANAGER.verify(
                    data,
                    new AuthenticationParameters(
                            server(origin, key.get().relyingPartyId(), state.challenge()),
                            record,
                            null,
                            userVerification(signIn.pool(), user).equals("required"),
                            true));
            return Optional.of(key.get()
                    .used(Objects.requireNonNull(data.getAuthenticatorData()).getSignCount()));
        } catch (VerificationException | DataConversionException | NullPointerException e) {
            return Optional.empty();
        }
    }

    private static ServerProperty server(Origin origin, String relyingParty, String challenge) {
        return new ServerProperty(
                origin,
                relyingParty,
                new DefaultChallenge(Base64.getUrlDecoder().decode(challenge)));
    }

    /** The page's host must be the relying party or below it; plain http is for localhost only. */
    private static Origin checkedOrigin(Origin origin, String relyingParty) {
        URI page = URI.create(origin.toString());
        String host = page.getHost() == null ? "" : page.getHost();
        boolean below = host.equals(relyingParty) || host.endsWith("." + relyingParty);
        boolean secure = "https".equals(page.getScheme()) || host.equals("localhost");
        if (!below || !secure) {
            throw WebAuthnOriginNotAllowedException.of("The origin " + origin + " is not allowed.");
        }
        return origin;
    }

    private String relyingParty(UserPool pool) {
        boolean allowed = pool.settings().policies().signInPolicy() != null
                && pool.settings()
                        .policies()
                        .signInPolicy()
                        .allowedFirstAuthFactors()
                        .contains("WEB_AUTHN");
        if (!allowed) {
            throw WebAuthnNotEnabledException.of("WebAuthn is not enabled for the user pool.");
        }
        Optional<String> configured = pool.mfa().webAuthn().map(WebAuthnConfigurationType::relyingPartyId);
        return configured
                .or(() -> Optional.ofNullable(pool.settings().customDomain()))
                .or(() -> Optional.ofNullable(pool.settings().domain())
                        .map(prefix -> prefix + ".auth." + pool.region() + ".amazoncognito.com"))
                .orElseThrow(() -> WebAuthnConfigurationMissingException.of(
                        "The user pool has no relying party id and no domain."));
    }

    /**
     * Whether the user's passkeys stand for both factors: the pool lets them, and the user wants it. They must then verify the
     * user; otherwise nobody signs in by one where a second factor is required.
     */
    static boolean multiFactor(UserPool pool, User user) {
        boolean allowed = pool.mfa()
                .webAuthn()
                .map(WebAuthnConfigurationType::factorConfiguration)
                .filter("MULTI_FACTOR_WITH_USER_VERIFICATION"::equals)
                .isPresent();
        return allowed && user.mfa().webAuthn();
    }

    private static String userVerification(UserPool pool, User user) {
        return multiFactor(pool, user) ? "required" : userVerification(pool);
    }

    private static String userVerification(UserPool pool) {
        return pool.mfa()
                .webAuthn()
                .map(WebAuthnConfigurationType::userVerification)
                .orElse("preferred");
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
