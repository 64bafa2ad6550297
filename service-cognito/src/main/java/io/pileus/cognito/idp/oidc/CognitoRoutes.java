package io.pileus.cognito.idp.oidc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.cognito.identity.CognitoIdentityService;
import io.pileus.cognito.idp.CognitoIdpService;
import io.pileus.cognito.idp.Outbox;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.cognito.idp.tokens.SigningKeys;
import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.HttpRoute;
import io.pileus.core.shape.JsonTrees;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** The table of Cognito's HTTP endpoints. All but the look-ups run on the worker pool. */
public final class CognitoRoutes {
    private static final String ALIAS = "/_aws/cognito-idp";
    private final CognitoIdpService service;
    private final CognitoIdentityService identityPools;
    private final Realm realm;
    private final Browser browser;
    private final HostedPages pages;
    private final SignInPages signIn;
    private final SignUpPages signUp;
    private final PasswordPages passwords;
    private final PasskeyPages passkeys;
    private final TokenEndpoint tokens;

    public CognitoRoutes(CognitoIdpService service, CognitoIdentityService identityPools, PagesState state) {
        this.service = service;
        this.identityPools = identityPools;
        this.realm = service.realm();
        this.browser = new Browser(service, state);
        this.pages = new HostedPages(service, browser, state);
        this.signIn = new SignInPages(service, browser);
        this.signUp = new SignUpPages(service, browser, signIn);
        this.passwords = new PasswordPages(service, browser);
        this.passkeys = new PasskeyPages(service, browser);
        this.tokens = new TokenEndpoint(service, state);
    }

    private interface Handler {
        HttpResponse handle(HttpRequest request, CallContext call);
    }

    public List<HttpRoute> all() {
        List<HttpRoute> routes = new ArrayList<>();
        for (String prefix : List.of("", ALIAS)) {
            routes.add(HttpRoute.get(prefix + "/oauth2/authorize", worker(pages::authorize)));
            routes.add(HttpRoute.post(prefix + "/oauth2/token", worker(tokens::token)));
            routes.add(HttpRoute.post(prefix + "/oauth2/revoke", worker(tokens::revoke)));
            routes.add(HttpRoute.get(prefix + "/oauth2/token", inline(CognitoRoutes::onlyPost)));
            routes.add(HttpRoute.get(prefix + "/oauth2/revoke", inline(CognitoRoutes::onlyPost)));
            routes.add(new HttpRoute(Set.of("GET", "POST"), prefix + "/oauth2/userInfo", inline(tokens::userInfo)));
            routes.add(new HttpRoute(Set.of("GET", "POST"), prefix + "/oauth2/idpresponse", worker(pages::federated)));
            routes.add(HttpRoute.post(prefix + "/saml2/idpresponse", worker(pages::samlResponse)));
            routes.add(HttpRoute.post(prefix + "/saml2/logout", worker(pages::samlSignedOut)));
            form(routes, prefix + "/login", signIn::loginForm, signIn::login);
            form(routes, prefix + "/signup", signUp::signUpForm, signUp::signUp);
            form(routes, prefix + "/confirm", signUp::confirmForm, signUp::confirm);
            form(routes, prefix + "/forgotPassword", passwords::forgotPasswordForm, passwords::forgotPassword);
            form(routes, prefix + "/passkeys/add", passkeys::addForm, passkeys::add);
            routes.add(HttpRoute.post(prefix + "/resendcode", worker(signUp::resendCode)));
            routes.add(HttpRoute.post(prefix + "/confirmForgotPassword", worker(passwords::confirmForgotPassword)));
            routes.add(HttpRoute.get(prefix + "/confirmUser", worker(signUp::confirmLink)));
            routes.add(HttpRoute.get(prefix + "/error", worker(browser::error)));
            routes.add(HttpRoute.get(prefix + "/logout", worker(pages::logout)));
        }
        routes.add(HttpRoute.post("/cognito-idp/oauth2/token", worker(tokens::token)));
        routes.add(HttpRoute.get("/{pool}/.well-known/jwks.json", this::jwks));
        routes.add(HttpRoute.get("/{pool}/.well-known/openid-configuration", this::configuration));
        routes.add(
                HttpRoute.get("/.well-known/jwks_uri", (request, labels, call) -> keySet(identityPools.signingKeys())));
        routes.add(HttpRoute.get("/_pileus/cognito/messages", worker(this::messages)));
        routes.add(new HttpRoute(Set.of("DELETE"), "/_pileus/cognito/messages", worker(this::forgetMessages)));
        routes.add(new HttpRoute(Set.of("PUT"), "/_pileus/cognito/{pool}/imports/{job}", this::upload));
        routes.add(HttpRoute.get("/_pileus/cognito/{pool}/{client}/image", this::image));
        return routes;
    }

    private void form(List<HttpRoute> routes, String path, Handler show, Handler submit) {
        routes.add(HttpRoute.get(path, worker(show)));
        routes.add(HttpRoute.post(path, worker(submit)));
    }

    private static HttpResponse onlyPost(HttpRequest request, CallContext call) {
        return HttpResponse.empty(405).with("Allow", "POST");
    }

    /** For what neither waits nor computes for long. */
    private static HttpRoute.Endpoint inline(Handler handler) {
        return (request, labels, call) -> CompletableFuture.completedFuture(handler.handle(request, call));
    }

    private HttpRoute.Endpoint worker(Handler handler) {
        return (request, labels, call) -> CompletableFuture.supplyAsync(
                () -> handler.handle(request, call), realm.env().workers());
    }

    private CompletionStage<HttpResponse> jwks(HttpRequest request, Map<String, String> labels, CallContext call) {
        return realm.pools()
                .withId(labels.get("pool"))
                .map(pool -> keySet(pool.signingKeys()))
                .orElseGet(() -> CompletableFuture.completedFuture(noPool(labels.get("pool"))));
    }

    /** Keys that are there are shown at once; to make them takes a worker. */
    private CompletionStage<HttpResponse> keySet(SigningKeys keys) {
        return keys.made()
                ? CompletableFuture.completedFuture(shown(keys))
                : CompletableFuture.supplyAsync(() -> shown(keys), realm.env().workers());
    }

    private static HttpResponse shown(SigningKeys keys) {
        return HttpResponse.of(
                200,
                Headers.of(
                        "Content-Type",
                        "application/json",
                        "Cache-Control",
                        "public, max-age=86400",
                        "Access-Control-Allow-Origin",
                        "*"),
                keys.jwks().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static HttpResponse noPool(String id) {
        ObjectNode body = JsonTrees.mapper().createObjectNode();
        body.put("message", "User pool " + id + " does not exist.");
        return HttpResponse.json(400, body.toString());
    }

    /** Mind that a browser's address for the pages is the caller's; so all endpoints follow the issuer's host. */
    private CompletionStage<HttpResponse> configuration(
            HttpRequest request, Map<String, String> labels, CallContext call) {
        Optional<UserPool> pool = realm.pools().withId(labels.get("pool"));
        if (pool.isEmpty()) {
            return CompletableFuture.completedFuture(noPool(labels.get("pool")));
        }
        String base = realm.base(call);
        String issuer = realm.issuer(pool.get(), call);
        ObjectNode body = JsonTrees.mapper().createObjectNode();
        body.put("authorization_endpoint", base + "/oauth2/authorize");
        body.put("end_session_endpoint", base + "/logout");
        list(body, "id_token_signing_alg_values_supported", "RS256");
        body.put("issuer", issuer);
        body.put("jwks_uri", issuer + "/.well-known/jwks.json");
        list(body, "response_types_supported", "code", "token");
        body.put("revocation_endpoint", base + "/oauth2/revoke");
        list(body, "scopes_supported", "openid", "email", "phone", "profile");
        list(body, "subject_types_supported", "public");
        body.put("token_endpoint", base + "/oauth2/token");
        list(body, "token_endpoint_auth_methods_supported", "client_secret_basic", "client_secret_post");
        body.put("userinfo_endpoint", base + "/oauth2/userInfo");
        return CompletableFuture.completedFuture(
                HttpResponse.json(200, body.toString()).with("Access-Control-Allow-Origin", "*"));
    }

    private static void list(ObjectNode body, String name, String... values) {
        var array = body.putArray(name);
        for (String value : values) {
            array.add(value);
        }
    }

    private static Predicate<Outbox.Message> filter(Form query) {
        return message -> query.value("userPoolId")
                        .map(message.poolId()::equals)
                        .orElse(true)
                && query.value("username").map(message.username()::equals).orElse(true)
                && query.value("destination").map(message.destination()::equals).orElse(true);
    }

    private HttpResponse messages(HttpRequest request, CallContext call) {
        return HttpResponse.json(200, Outbox.json(realm.outbox().messages(filter(Form.ofQuery(request)))));
    }

    private HttpResponse forgetMessages(HttpRequest request, CallContext call) {
        realm.outbox().remove(filter(Form.ofQuery(request)));
        return HttpResponse.empty(204);
    }

    /** The logo of a UI customization; served as bytes, so that nothing in it can run. */
    private CompletionStage<HttpResponse> image(HttpRequest request, Map<String, String> labels, CallContext call) {
        return CompletableFuture.completedFuture(realm.pools()
                .withId(labels.get("pool"))
                .map(pool -> pool.uiImages().get(labels.get("client")))
                .map(image -> HttpResponse.of(
                        200,
                        Headers.of("Content-Type", "application/octet-stream", "X-Content-Type-Options", "nosniff"),
                        image.bytes()))
                .orElseGet(() -> HttpResponse.empty(404)));
    }

    private CompletionStage<HttpResponse> upload(HttpRequest request, Map<String, String> labels, CallContext call) {
        return CompletableFuture.supplyAsync(
                () -> service.uploadImport(
                                labels.get("pool"),
                                labels.get("job"),
                                new String(request.body().bytes(), StandardCharsets.UTF_8))
                        ? HttpResponse.empty(200)
                        : HttpResponse.empty(404),
                realm.env().workers());
    }
}
