package io.pileus.cognito.idp.oidc;

import io.pileus.cognito.idp.CognitoIdpService;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.CallContext;
import java.util.Optional;

/** The ways in and out: the authorization endpoint, the answers of other providers, sign-out. */
final class HostedPages {
    private static final int SAML_BYTES_MAX = 2 * 1024 * 1024;

    private final Realm realm;
    private final Browser browser;
    private final Federation federation;

    HostedPages(CognitoIdpService service, Browser browser, PagesState state) {
        this.realm = service.realm();
        this.browser = browser;
        this.federation = new Federation(service, state);
    }

    HttpResponse authorize(HttpRequest request, CallContext call) {
        return browser.withAuthorization(request, Form.ofQuery(request), authorization -> {
            Optional<String> provider = Federation.named(authorization);
            if (provider.isPresent()) {
                return federation.redirect(request, authorization, provider.get(), call);
            }
            Optional<Browser.SignedIn> signedIn =
                    authorization.prompts("login") ? Optional.empty() : browser.signedIn(request, authorization, call);
            if (signedIn.isPresent()) {
                return browser.finish(authorization, signedIn.get(), call);
            }
            if (authorization.prompts("none")) {
                return Browser.redirect(AuthorizationRequest.errorUrl(
                        authorization.redirectUri(),
                        "login_required",
                        "",
                        authorization.state(),
                        authorization.responseType()));
            }
            return Browser.redirect(authorization.page(Browser.prefix(request) + "/login"));
        });
    }

    HttpResponse federated(HttpRequest request, CallContext call) {
        Form form = request.method().equals("POST") ? Form.ofBody(request) : Form.ofQuery(request);
        return finishFederation(request, federation.complete(form, call), call);
    }

    HttpResponse samlResponse(HttpRequest request, CallContext call) {
        return finishFederation(request, federation.saml().complete(Form.ofBody(request, SAML_BYTES_MAX), call), call);
    }

    private HttpResponse finishFederation(HttpRequest request, Federation.Outcome outcome, CallContext call) {
        return switch (outcome) {
            case Federation.Done done ->
                browser.signInAndFinish(
                        request, done.authorization(), Browser.SignedIn.now(done.user(), call), done.session(), call);
            case Federation.Failed failed ->
                failed.redirect().isEmpty()
                        ? new Page("Error").error(failed.message()).response(400)
                        : Browser.redirect(failed.redirect());
        };
    }

    /** Signs out: to a sign-out URL of the client, or to the sign-in page again. */
    HttpResponse logout(HttpRequest request, CallContext call) {
        Form query = Form.ofQuery(request);
        String clientId = query.get("client_id");
        if (clientId.isEmpty()) {
            return Browser.errorPage(request, "Required String parameter 'client_id' is not present", query);
        }
        Optional<UserPool> pool = realm.pools().ofClient(clientId);
        if (pool.isEmpty()) {
            return Browser.errorPage(request, "Client does not exist", query);
        }
        Optional<String> logoutUri = query.value("logout_uri")
                .filter(realm.client(pool.get(), clientId).settings().logoutURLs()::contains);
        if (logoutUri.isPresent()) {
            return signOut(request, pool.get(), logoutUri.get(), call);
        }
        // Without a sign-out URL of the client's, the parameters are those of a sign-in that shall follow.
        return browser.withAuthorization(
                request,
                query,
                authorization -> signOut(
                        request, authorization.pool(), authorization.page(Browser.prefix(request) + "/login"), call));
    }

    /** Ends the session here and, where the user came from a SAML provider that wants it, there. */
    private HttpResponse signOut(HttpRequest request, UserPool pool, String location, CallContext call) {
        String next = browser.federatedSession(request, pool, call)
                .flatMap(session -> federation.saml().signOut(pool, session, location, call))
                .orElse(location);
        return browser.signOut(request, pool, next, call);
    }

    HttpResponse samlSignedOut(HttpRequest request, CallContext call) {
        return federation.saml().signedOut(Form.ofBody(request, SAML_BYTES_MAX), call);
    }
}
