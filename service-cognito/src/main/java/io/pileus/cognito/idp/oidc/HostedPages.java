package io.pileus.cognito.idp.oidc;

import io.pileus.cognito.idp.CognitoIdpService;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.state.AppClient;
import io.pileus.cognito.idp.state.User;
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

    HostedPages(CognitoIdpService service, Browser browser) {
        this.realm = service.realm();
        this.browser = browser;
        this.federation = new Federation(service);
    }

    HttpResponse authorize(HttpRequest request, CallContext call) {
        return browser.withAuthorization(Form.ofQuery(request), authorization -> {
            Optional<String> provider = federation.wanted(authorization);
            if (provider.isPresent()) {
                return federation.redirect(authorization, provider.get(), call);
            }
            boolean fresh = "login".equals(authorization.parameters().get("prompt"));
            Optional<User> user = fresh ? Optional.empty() : browser.signedIn(request, authorization, call);
            if (user.isPresent()) {
                return browser.finish(authorization, user.get(), call);
            }
            if ("none".equals(authorization.parameters().get("prompt"))) {
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
        return finishFederation(request, federation.completeSaml(Form.ofBody(request, SAML_BYTES_MAX), call), call);
    }

    private HttpResponse finishFederation(HttpRequest request, Federation.Outcome outcome, CallContext call) {
        return switch (outcome) {
            case Federation.Done done -> browser.signInAndFinish(request, done.authorization(), done.user(), call);
            case Federation.Failed failed ->
                failed.redirect().isEmpty()
                        ? new Page("Error").error(failed.message()).response(400)
                        : Browser.redirect(failed.redirect());
        };
    }

    /** Signs out: to a sign-out URL of the client, or to the sign-in page again. */
    HttpResponse logout(HttpRequest request, CallContext call) {
        Form query = Form.ofQuery(request);
        Optional<UserPool> pool = realm.pools().ofClient(query.get("client_id"));
        if (pool.isEmpty()) {
            return new Page("Error").error("The client does not exist.").response(400);
        }
        AppClient client = realm.client(pool.get(), query.get("client_id"));
        Optional<String> logoutUri = query.value("logout_uri");
        if (logoutUri.isPresent()) {
            if (!client.settings().logoutURLs().contains(logoutUri.get())) {
                return new Page("Error")
                        .error("The sign-out URL is not one of the client's.")
                        .response(400);
            }
            return browser.signOut(request, pool.get(), logoutUri.get(), call);
        }
        if (query.value("redirect_uri").isPresent()) {
            return browser.withAuthorization(
                    query,
                    authorization -> browser.signOut(
                            request,
                            authorization.pool(),
                            authorization.page(Browser.prefix(request) + "/login"),
                            call));
        }
        return new Page("Error")
                .error("Required parameter logout_uri is missing.")
                .response(400);
    }
}
