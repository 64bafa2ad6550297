package io.pileus.cognito.idp.oidc;

import io.pileus.cognito.idp.CognitoIdpService;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.crypto.Digests;
import io.pileus.cognito.idp.crypto.SecretHash;
import io.pileus.cognito.idp.state.AppClient;
import io.pileus.cognito.idp.state.Expiring;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.cognito.idp.tokens.TokenIssuer;
import io.pileus.cognito.idp.tokens.TokenRequest;
import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import io.pileus.core.service.CallContext;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What all pages share: the authorization request that they serve, forms that cannot be forged, the session of the
 * browser, and the way back to the application. Every form carries a token that its cookie must match.
 */
final class Browser {
    private static final Duration SESSION_VALIDITY = Duration.ofHours(1);
    private static final Duration CODE_VALIDITY = Duration.ofMinutes(5);

    private final CognitoIdpService service;
    private final Realm realm;
    private final Expiring<AuthorizationCode> codes;
    private final Expiring<BrowserSession> sessions;

    /** A user at a browser, since when, and which device of theirs the browser is, where the pool keeps devices. */
    record SignedIn(User user, Instant authTime, Optional<String> deviceKey) {

        /** Somebody who has just proved who they are, from no device that is known. */
        static SignedIn now(User user, CallContext call) {
            return new SignedIn(user, call.receivedAt(), Optional.empty());
        }
    }

    /** What a page does once its authorization request is known to be right. */
    interface Step {
        HttpResponse with(AuthorizationRequest authorization);
    }

    /** What a submitted form does. */
    interface Submission {
        HttpResponse with(AuthorizationRequest authorization, Form form);
    }

    Browser(CognitoIdpService service, PagesState state) {
        this.service = service;
        this.realm = service.realm();
        this.codes = state.codes();
        this.sessions = state.sessions();
    }

    /** The aliases below {@code /_aws/cognito-idp} stay among themselves. */
    static String prefix(HttpRequest request) {
        return request.path().startsWith("/_aws/cognito-idp/") ? "/_aws/cognito-idp" : "";
    }

    /** Sends the browser to the page for errors that the application must not hear of, as its address is in doubt. */
    static HttpResponse errorPage(HttpRequest request, String error, Form form) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("error", error);
        form.value("client_id").ifPresent(id -> values.put("client_id", id));
        return redirect(prefix(request) + "/error?" + Form.encode(values));
    }

    /** The page that {@link #errorPage} leads to. */
    HttpResponse error(HttpRequest request, CallContext call) {
        return new Page("An error was encountered with the requested page.")
                .error(Form.ofQuery(request).get("error"))
                .response(400);
    }

    HttpResponse withAuthorization(HttpRequest request, Form form, Step step) {
        AuthorizationRequest authorization;
        try {
            authorization = AuthorizationRequest.of(form, realm);
        } catch (AuthorizationRequest.Invalid invalid) {
            return invalid.redirect().map(Browser::redirect).orElseGet(() -> errorPage(request, invalid.error(), form));
        }
        return step.with(authorization);
    }

    /** The form that was sent, unless another site made the browser send it. */
    HttpResponse submitted(HttpRequest request, Submission submission) {
        Form form = Form.ofBody(request);
        if (forged(request, form)) {
            return new Page("Error")
                    .error("The form has expired. Go back and try again.")
                    .response(403);
        }
        return withAuthorization(request, Form.ofQuery(request), authorization -> submission.with(authorization, form));
    }

    private static boolean forged(HttpRequest request, Form form) {
        return Cookies.get(request, Cookies.CSRF)
                .filter(token -> Digests.equal(token, form.get("_csrf")))
                .isEmpty();
    }

    /** Shows a page whose form, if any, carries the token of its cookie. */
    HttpResponse show(HttpRequest request, Page page) {
        String token = Cookies.get(request, Cookies.CSRF).orElseGet(() -> realm.secretName(18));
        return Cookies.set(page.hidden("_csrf", token).response(200), Cookies.CSRF, token, request);
    }

    private Optional<BrowserSession> session(HttpRequest request, UserPool pool, CallContext call) {
        return Cookies.get(request, Cookies.session(pool))
                .flatMap(cookie -> sessions.peek(cookie, call.receivedAt()))
                .filter(session -> session.poolId().equals(pool.id()));
    }

    Optional<SamlFederation.Session> federatedSession(HttpRequest request, UserPool pool, CallContext call) {
        return session(request, pool, call).flatMap(BrowserSession::federated);
    }

    Optional<SignedIn> signedIn(HttpRequest request, AuthorizationRequest authorization, CallContext call) {
        return session(request, authorization.pool(), call)
                .flatMap(session -> authorization
                        .pool()
                        .users()
                        .withSub(session.sub())
                        .filter(User::enabled)
                        .map(user -> new SignedIn(user, session.authTime(), session.deviceKey())));
    }

    static HttpResponse redirect(String location) {
        return new HttpResponse(
                302,
                Headers.of("Location", location, "Cache-Control", "no-store"),
                new HttpResponse.Complete(Payload.EMPTY));
    }

    /** Sends the user back to the application with a code, or with tokens in the implicit flow. */
    HttpResponse finish(AuthorizationRequest authorization, SignedIn signedIn, CallContext call) {
        User user = signedIn.user();
        Map<String, String> values = new LinkedHashMap<>();
        if (authorization.responseType().equals("code")) {
            String code = realm.secretName(24);
            Instant expiresAt = call.receivedAt().plus(CODE_VALIDITY);
            codes.put(
                    code,
                    new AuthorizationCode(
                            authorization.pool().id(),
                            authorization.client().id(),
                            user.sub(),
                            signedIn.authTime(),
                            authorization.redirectUri(),
                            authorization.scopes(),
                            authorization.nonce(),
                            authorization.codeChallenge(),
                            authorization.resource(),
                            signedIn.deviceKey(),
                            expiresAt),
                    expiresAt,
                    call.receivedAt());
            values.put("code", code);
        } else {
            TokenIssuer.Issued issued = service.issuer()
                    .issue(new TokenRequest(
                            authorization.pool(),
                            authorization.client(),
                            user,
                            signedIn.authTime(),
                            "HostedAuth",
                            authorization.scopes(),
                            true,
                            authorization.nonce(),
                            authorization.resource(),
                            signedIn.deviceKey(),
                            Map.of(),
                            call));
            issued.idToken().ifPresent(token -> values.put("id_token", token));
            values.put("access_token", issued.accessToken());
            values.put("expires_in", Long.toString(issued.accessValidity().toSeconds()));
            values.put("token_type", "Bearer");
        }
        if (!authorization.state().isEmpty()) {
            values.put("state", authorization.state());
        }
        boolean fragment = authorization.responseType().equals("token");
        return redirect(AuthorizationRequest.with(authorization.redirectUri(), values, fragment));
    }

    HttpResponse signInAndFinish(
            HttpRequest request, AuthorizationRequest authorization, SignedIn signedIn, CallContext call) {
        return signInAndFinish(request, authorization, signedIn, Optional.empty(), call);
    }

    /** @param federated the SAML provider's session that shall end with this one */
    HttpResponse signInAndFinish(
            HttpRequest request,
            AuthorizationRequest authorization,
            SignedIn signedIn,
            Optional<SamlFederation.Session> federated,
            CallContext call) {
        String session = realm.secretName(24);
        Instant expiresAt = signedIn.authTime().plus(SESSION_VALIDITY);
        sessions.put(
                session,
                new BrowserSession(
                        authorization.pool().id(),
                        signedIn.user().sub(),
                        signedIn.authTime(),
                        signedIn.deviceKey(),
                        federated,
                        expiresAt),
                expiresAt,
                call.receivedAt());
        return Cookies.set(
                finish(authorization, signedIn, call), Cookies.session(authorization.pool()), session, request);
    }

    /** Forgets who is signed in, and goes on. */
    HttpResponse signOut(HttpRequest request, UserPool pool, String location, CallContext call) {
        Cookies.get(request, Cookies.session(pool)).ifPresent(cookie -> sessions.take(cookie, call.receivedAt()));
        return Cookies.clear(redirect(location), Cookies.session(pool));
    }

    /** The hash that a client with a secret sends along; the page is the client. */
    static @Nullable String secretHash(AppClient client, String username) {
        return client.hasSecret()
                ? SecretHash.of(client.secrets().getFirst().clientSecretValue(), username, client.id())
                : null;
    }
}
