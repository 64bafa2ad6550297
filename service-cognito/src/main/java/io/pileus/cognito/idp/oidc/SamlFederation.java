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
import java.time.Instant;
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
    private final Expiring<Pending> pending;
    private final Expiring<PendingSignOut> signOuts;
    private final Expiring<UsedAssertion> usedAssertions;

    /**
     * A request on its way.
     *
     * @param parameters those of the authorization request that it is for
     */
    record Pending(
            String poolId,
            Map<String, String> parameters,
            String provider,
            String id,
            String callback,
            Instant expiresAt)
            implements PagesState.Remembered {}

    record PendingSignOut(String poolId, String provider, String id, String location, Instant expiresAt)
            implements PagesState.Remembered {}

    /** An assertion that has signed somebody in, for as long as it could do so again. */
    record UsedAssertion(String poolId, Instant expiresAt) implements PagesState.Remembered {}

    /**
     * What a response must fit.
     *
     * @param requestId the request that it answers; empty where the provider began by itself
     */
    private record Expected(
            AuthorizationRequest authorization, IdentityProviderType provider, String requestId, String callback) {}

    /** A session with a provider that wants to hear when ours ends. */
    record Session(String provider, SamlSession session) {}

    SamlFederation(Realm realm, RemoteProvider remote, FederatedUsers users, PagesState state) {
        this.realm = realm;
        this.remote = remote;
        this.users = users;
        this.pending = state.samlSignIns();
        this.signOuts = state.samlSignOuts();
        this.usedAssertions = state.usedAssertions();
    }

    HttpResponse redirect(AuthorizationRequest authorization, IdentityProviderType provider, CallContext call) {
        try {
            SamlMetadata metadata = metadata(provider);
            String id = "_" + realm.env().ids().uuid();
            String state = realm.secretName(24);
            String callback = callback(call);
            Instant expiresAt = call.receivedAt().plus(VALIDITY);
            pending.put(
                    state,
                    new Pending(
                            authorization.pool().id(),
                            authorization.parameters(),
                            provider.providerName(),
                            id,
                            callback,
                            expiresAt),
                    expiresAt,
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
        AuthorizationRequest authorization;
        try {
            authorization = AuthorizationRequest.of(
                    known.map(sign -> new Form(sign.parameters())).orElseGet(() -> Form.parse(relayState)), realm);
        } catch (AuthorizationRequest.Invalid invalid) {
            return known.isPresent()
                    ? Federation.Failed.of(invalid)
                    : new Federation.Failed("Invalid relayState from identity provider", "");
        }
        String name = known.map(Pending::provider)
                .orElseGet(() -> Federation.named(authorization).orElse(""));
        IdentityProviderType provider = authorization.pool().identityProviders().get(name);
        boolean allowed = provider != null
                && provider.providerType().equals("SAML")
                && authorization
                        .client()
                        .settings()
                        .supportedIdentityProviders()
                        .contains(name)
                && (known.isPresent() || is(provider, "IDPInit"));
        if (!allowed) {
            return Federation.failed(
                    authorization, "invalid_request", "Invalid samlResponse or relayState from identity provider");
        }
        Expected expected = new Expected(
                authorization,
                provider,
                known.map(Pending::id).orElse(""),
                known.map(Pending::callback).orElseGet(() -> callback(call)));
        try {
            return done(expected, form.get("SAMLResponse"), call);
        } catch (InvalidSamlException e) {
            return failed(authorization, e.getMessage() + ".");
        } catch (AwsException e) {
            return failed(authorization, String.valueOf(e.getMessage()));
        }
    }

    /** @see <a href="https://github.com/aws/aws-sdk-js-v3/issues/6201">An answer of Cognito's</a> */
    private static Federation.Failed failed(AuthorizationRequest authorization, String why) {
        return Federation.failed(authorization, "server_error", "Invalid SAML response received: " + why.strip() + " ");
    }

    private Federation.Done done(Expected expected, String encoded, CallContext call) throws InvalidSamlException {
        UserPool pool = expected.authorization().pool();
        IdentityProviderType provider = expected.provider();
        Optional<PrivateKey> decryption = is(provider, "EncryptedResponses")
                ? Optional.of(SigningKeys.privateKey(pool.signingKeys().accessTokenKey()))
                : Optional.empty();
        SamlResponse response = SamlResponse.parse(
                decoded(encoded),
                new SamlResponse.Expected(
                        metadata(provider),
                        audience(pool),
                        expected.callback()::equals,
                        call.receivedAt(),
                        decryption));
        if (!response.inResponseTo().equals(expected.requestId())) {
            throw new InvalidSamlException("Invalid InResponseTo in the samlResponse");
        }
        use(pool, provider, response, call);
        Map<String, String> claims = new LinkedHashMap<>(response.attributes());
        claims.put("sub", response.session().nameId());
        User user = users.user(
                expected.authorization(),
                provider,
                new FederatedUsers.Statement(Map.of("samlResponse", response.attributes()), claims),
                call);
        Optional<Session> session = is(provider, "IDPSignout")
                ? Optional.of(new Session(provider.providerName(), response.session()))
                : Optional.empty();
        return new Federation.Done(expected.authorization(), user, session);
    }

    /**
     * Lets an assertion sign in once.
     *
     * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-saml-idp-things-to-know.html">No
     *     replayed assertions</a>
     */
    private void use(UserPool pool, IdentityProviderType provider, SamlResponse response, CallContext call)
            throws InvalidSamlException {
        boolean first = usedAssertions.putIfAbsent(
                pool.id() + "/" + provider.providerName() + "/" + response.assertionId(),
                new UsedAssertion(pool.id(), response.expiresAt()),
                response.expiresAt(),
                call.receivedAt());
        if (!first) {
            throw new InvalidSamlException("The assertion has been used before");
        }
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
            Instant expiresAt = call.receivedAt().plus(VALIDITY);
            signOuts.put(
                    state,
                    new PendingSignOut(pool.id(), provider.providerName(), id, location, expiresAt),
                    expiresAt,
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
