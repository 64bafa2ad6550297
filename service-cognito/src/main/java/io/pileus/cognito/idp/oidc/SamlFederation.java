package io.pileus.cognito.idp.oidc;

import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.model.IdentityProviderType;
import io.pileus.cognito.idp.saml.InvalidSamlException;
import io.pileus.cognito.idp.saml.LogoutResponse;
import io.pileus.cognito.idp.saml.RedirectBinding;
import io.pileus.cognito.idp.saml.SamlMetadata;
import io.pileus.cognito.idp.saml.SamlRequest;
import io.pileus.cognito.idp.saml.SamlResponse;
import io.pileus.cognito.idp.saml.SamlSession;
import io.pileus.cognito.idp.state.Expiring;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.cognito.idp.tokens.SigningKeys;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sign-in and sign-out at SAML providers: requests go by redirect, signed where the provider wants it
 * ({@code RequestSigningAlgorithm}); responses come by POST, encrypted where it says so ({@code EncryptedResponses}).
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-SAML-signing-encryption.html">SAML
 *     signing and encryption</a>
 */
final class SamlFederation {
    private static final Duration VALIDITY = Duration.ofMinutes(5);
    private final Realm realm;
    private final RemoteProvider remote;
    private final FederatedUsers users;
    private final Expiring<Pending> pending = new Expiring<>(100_000);
    private final Expiring<PendingSignOut> signOuts = new Expiring<>(100_000);

    /** A request on its way; its id is empty where the provider began by itself. */
    private record Pending(AuthorizationRequest authorization, String provider, String id, String callback) {}

    private record PendingSignOut(String poolId, String provider, String id, String location) {}

    /** A session with a provider that wants to hear when ours ends. */
    record Session(String provider, SamlSession session) {}

    SamlFederation(Realm realm, RemoteProvider remote, FederatedUsers users) {
        this.realm = realm;
        this.remote = remote;
        this.users = users;
    }

    HttpResponse redirect(AuthorizationRequest authorization, IdentityProviderType provider, CallContext call) {
        try {
            SamlMetadata metadata = metadata(provider);
            String id = "_" + realm.env().ids().uuid();
            String state = realm.secretName(24);
            String callback = callback(call);
            pending.put(
                    state,
                    new Pending(authorization, provider.providerName(), id, callback),
                    call.receivedAt().plus(VALIDITY),
                    call.receivedAt());
            String request = new SamlRequest.SignIn(
                            id, call.receivedAt(), metadata.singleSignOn(), callback, audience(authorization.pool()))
                    .xml();
            boolean signed = provider.providerDetails().containsKey("RequestSigningAlgorithm");
            return Browser.redirect(
                    signed
                            ? RedirectBinding.signedUrl(
                                    metadata.singleSignOn(), request, state, signingKey(authorization.pool()))
                            : RedirectBinding.url(metadata.singleSignOn(), request, state));
        } catch (InvalidSamlException e) {
            return new Page("Error").error(e.getMessage()).response(502);
        }
    }

    private String callback(CallContext call) {
        return realm.base(call) + "/saml2/idpresponse";
    }

    /** The name that a pool has as a service provider. */
    private static String audience(UserPool pool) {
        return "urn:amazon:cognito:sp:" + pool.id();
    }

    private static PrivateKey signingKey(UserPool pool) {
        return SigningKeys.privateKey(pool.signingKeys().idTokenKey());
    }

    private SamlMetadata metadata(IdentityProviderType provider) throws InvalidSamlException {
        String file = provider.providerDetails().get("MetadataFile");
        if (file != null) {
            return SamlMetadata.parse(file);
        }
        String url = provider.providerDetails().getOrDefault("MetadataURL", "");
        return SamlMetadata.parse(
                remote.text(url).orElseThrow(() -> new InvalidSamlException("The provider's metadata cannot be read")));
    }

    private static boolean is(IdentityProviderType provider, String detail) {
        return "true".equalsIgnoreCase(provider.providerDetails().get(detail));
    }

    /**
     * Takes a provider's response. Where the provider began by itself, which it must be allowed to (detail
     * {@code IDPInit}), the relay state names the application as an authorization request would.
     */
    Federation.Outcome complete(Form form, CallContext call) {
        String relayState = form.get("RelayState");
        Optional<Pending> known = pending.take(relayState, call.receivedAt());
        Pending sign;
        if (known.isPresent()) {
            sign = known.get();
        } else {
            try {
                Form parameters = Form.parse(relayState);
                AuthorizationRequest authorization = AuthorizationRequest.of(parameters, realm);
                String name = Federation.named(authorization).orElse("");
                sign = new Pending(authorization, name, "", callback(call));
            } catch (AuthorizationRequest.Invalid e) {
                return new Federation.Failed("Invalid relayState from identity provider", "");
            }
        }
        IdentityProviderType provider =
                sign.authorization().pool().identityProviders().get(sign.provider());
        boolean allowed = provider != null
                && provider.providerType().equals("SAML")
                && sign.authorization()
                        .client()
                        .settings()
                        .supportedIdentityProviders()
                        .contains(sign.provider())
                && (known.isPresent() || is(provider, "IDPInit"));
        if (!allowed) {
            return Federation.failed(
                    sign.authorization(),
                    "invalid_request",
                    "Invalid samlResponse or relayState from identity provider");
        }
        try {
            return done(sign, provider, form.get("SAMLResponse"), call);
        } catch (InvalidSamlException e) {
            return failed(sign, e.getMessage() + ".");
        } catch (AwsException e) {
            return failed(sign, String.valueOf(e.getMessage()));
        }
    }

    /** @see <a href="https://github.com/aws/aws-sdk-js-v3/issues/6201">An answer of Cognito's</a> */
    private static Federation.Failed failed(Pending sign, String why) {
        return Federation.failed(
                sign.authorization(), "server_error", "Invalid SAML response received: " + why.strip() + " ");
    }

    private Federation.Done done(Pending sign, IdentityProviderType provider, String encoded, CallContext call)
            throws InvalidSamlException {
        UserPool pool = sign.authorization().pool();
        Optional<PrivateKey> decryption = is(provider, "EncryptedResponses")
                ? Optional.of(SigningKeys.privateKey(pool.signingKeys().accessTokenKey()))
                : Optional.empty();
        SamlResponse response = SamlResponse.parse(
                decoded(encoded),
                new SamlResponse.Expected(
                        metadata(provider), audience(pool), sign.callback()::equals, call.receivedAt(), decryption));
        if (!response.inResponseTo().equals(sign.id())) {
            throw new InvalidSamlException("Invalid InResponseTo in the samlResponse");
        }
        Map<String, String> claims = new LinkedHashMap<>(response.attributes());
        claims.put("sub", response.session().nameId());
        User user = users.user(
                sign.authorization(),
                provider,
                new FederatedUsers.Statement(Map.of("samlResponse", response.attributes()), claims),
                call);
        Optional<Session> session = is(provider, "IDPSignout")
                ? Optional.of(new Session(provider.providerName(), response.session()))
                : Optional.empty();
        return new Federation.Done(sign.authorization(), user, session);
    }

    private static byte[] decoded(String base64) throws InvalidSamlException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new InvalidSamlException("The document is not well-formed");
        }
    }

    /**
     * Where a browser must go to end its session with the provider; empty where the provider has no place for it.
     *
     * @param location where it goes when the provider has answered
     * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-saml-idp-sign-out.html">Signing
     *     out SAML users with single sign-out</a>
     */
    Optional<String> signOut(UserPool pool, Session session, String location, CallContext call) {
        IdentityProviderType provider = pool.identityProviders().get(session.provider());
        if (provider == null || !is(provider, "IDPSignout")) {
            return Optional.empty();
        }
        try {
            SamlMetadata metadata = metadata(provider);
            if (metadata.singleLogout().isEmpty()) {
                return Optional.empty();
            }
            String id = "_" + realm.env().ids().uuid();
            String state = realm.secretName(24);
            signOuts.put(
                    state,
                    new PendingSignOut(pool.id(), provider.providerName(), id, location),
                    call.receivedAt().plus(VALIDITY),
                    call.receivedAt());
            String request = new SamlRequest.SignOut(
                            id, call.receivedAt(), metadata.singleLogout(), audience(pool), session.session())
                    .xml();
            return Optional.of(RedirectBinding.signedUrl(metadata.singleLogout(), request, state, signingKey(pool)));
        } catch (InvalidSamlException e) {
            return Optional.empty();
        }
    }

    /** {@code /saml2/logout}: takes a provider's answer to a sign-out, and sends the browser where it wanted to go. */
    HttpResponse signedOut(Form form, CallContext call) {
        Optional<PendingSignOut> known = signOuts.take(form.get("RelayState"), call.receivedAt());
        Optional<IdentityProviderType> provider = known.flatMap(signOut -> realm.pools()
                .withId(signOut.poolId())
                .map(pool -> pool.identityProviders().get(signOut.provider())));
        if (provider.isEmpty()) {
            return new Page("Error")
                    .error("Invalid relayState from identity provider")
                    .response(400);
        }
        try {
            LogoutResponse.check(
                    decoded(form.get("SAMLResponse")),
                    metadata(provider.get()),
                    known.get().id());
            return Browser.redirect(known.get().location());
        } catch (InvalidSamlException e) {
            return new Page("Error")
                    .error("Invalid SAML response received: " + e.getMessage() + ".")
                    .response(400);
        }
    }
}
