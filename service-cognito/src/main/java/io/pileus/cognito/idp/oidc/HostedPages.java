package io.pileus.cognito.idp.oidc;

import io.pileus.cognito.idp.CognitoIdpService;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.auth.AuthStep;
import io.pileus.cognito.idp.auth.SignIn;
import io.pileus.cognito.idp.crypto.Digests;
import io.pileus.cognito.idp.crypto.SecretHash;
import io.pileus.cognito.idp.model.AttributeType;
import io.pileus.cognito.idp.model.ConfirmForgotPasswordRequest;
import io.pileus.cognito.idp.model.ConfirmSignUpRequest;
import io.pileus.cognito.idp.model.ForgotPasswordRequest;
import io.pileus.cognito.idp.model.SchemaAttributeType;
import io.pileus.cognito.idp.model.SignUpRequest;
import io.pileus.cognito.idp.model.SignUpResponse;
import io.pileus.cognito.idp.model.UserNotConfirmedException;
import io.pileus.cognito.idp.state.AppClient;
import io.pileus.cognito.idp.state.Expiring;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.tokens.TokenIssuer;
import io.pileus.cognito.idp.tokens.TokenRequest;
import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pages that people see: sign in with all its challenges, sign up, confirm, forgotten password, sign out; and the
 * authorization endpoint that leads to them. Every form carries a token that its cookie must match.
 */
final class HostedPages {
    private static final Duration SESSION_VALIDITY = Duration.ofHours(1);
    private static final Duration CODE_VALIDITY = Duration.ofMinutes(5);

    private static final int SAML_BYTES_MAX = 2 * 1024 * 1024;

    private final CognitoIdpService service;
    private final Realm realm;
    private final Expiring<AuthorizationCode> codes;
    private final Expiring<SignedIn> sessions = new Expiring<>(100_000);
    private final Federation federation;

    /** Who a session cookie stands for. */
    private record SignedIn(String poolId, String sub) {}

    HostedPages(CognitoIdpService service, Expiring<AuthorizationCode> codes) {
        this.service = service;
        this.realm = service.realm();
        this.codes = codes;
        this.federation = new Federation(service);
    }

    HttpResponse authorize(HttpRequest request, CallContext call) {
        return withAuthorization(Form.ofQuery(request), authorization -> {
            Optional<String> provider = federation.wanted(authorization);
            if (provider.isPresent()) {
                return federation.redirect(authorization, provider.get(), call);
            }
            boolean fresh = "login".equals(authorization.parameters().get("prompt"));
            Optional<User> user = fresh ? Optional.empty() : signedIn(request, authorization, call);
            if (user.isPresent()) {
                return finish(authorization, user.get(), call);
            }
            if ("none".equals(authorization.parameters().get("prompt"))) {
                return redirect(AuthorizationRequest.errorUrl(
                        authorization.redirectUri(),
                        "login_required",
                        "",
                        authorization.state(),
                        authorization.responseType()));
            }
            return redirect(authorization.page(prefix(request) + "/login"));
        });
    }

    /** The aliases below {@code /_aws/cognito-idp} stay among themselves. */
    static String prefix(HttpRequest request) {
        return request.path().startsWith("/_aws/cognito-idp/") ? "/_aws/cognito-idp" : "";
    }

    private interface Step {
        HttpResponse with(AuthorizationRequest authorization);
    }

    private HttpResponse withAuthorization(Form form, Step step) {
        AuthorizationRequest authorization;
        try {
            authorization = AuthorizationRequest.of(form, realm);
        } catch (AuthorizationRequest.Invalid invalid) {
            return invalid.redirect()
                    .map(HostedPages::redirect)
                    .orElseGet(() -> new Page("Error")
                            .error(invalid.error() + ": " + invalid.getMessage())
                            .response(400));
        }
        return step.with(authorization);
    }

    private Optional<User> signedIn(HttpRequest request, AuthorizationRequest authorization, CallContext call) {
        return Cookies.get(request, Cookies.SESSION)
                .flatMap(cookie -> sessions.peek(cookie, call.receivedAt()))
                .filter(session -> session.poolId().equals(authorization.pool().id()))
                .flatMap(session -> authorization.pool().users().withSub(session.sub()))
                .filter(User::enabled);
    }

    static HttpResponse redirect(String location) {
        return new HttpResponse(
                302,
                Headers.of("Location", location, "Cache-Control", "no-store"),
                new HttpResponse.Complete(Payload.EMPTY));
    }

    /** Sends the user back to the application with a code, or with tokens in the implicit flow. */
    private HttpResponse finish(AuthorizationRequest authorization, User user, CallContext call) {
        Map<String, String> values = new LinkedHashMap<>();
        if (authorization.responseType().equals("code")) {
            String code = realm.secretName(24);
            codes.put(
                    code,
                    new AuthorizationCode(
                            authorization.pool().id(),
                            authorization.client().id(),
                            user.sub(),
                            authorization.redirectUri(),
                            authorization.scopes(),
                            authorization.nonce(),
                            authorization.codeChallenge()),
                    call.receivedAt().plus(CODE_VALIDITY),
                    call.receivedAt());
            values.put("code", code);
        } else {
            TokenIssuer.Issued issued = service.issuer()
                    .issue(new TokenRequest(
                            authorization.pool(),
                            authorization.client(),
                            user,
                            "HostedAuth",
                            authorization.scopes(),
                            true,
                            authorization.nonce(),
                            Optional.empty(),
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

    private HttpResponse signInAndFinish(
            HttpRequest request, AuthorizationRequest authorization, User user, CallContext call) {
        String session = realm.secretName(24);
        sessions.put(
                session,
                new SignedIn(authorization.pool().id(), user.sub()),
                call.receivedAt().plus(SESSION_VALIDITY),
                call.receivedAt());
        return Cookies.set(finish(authorization, user, call), Cookies.SESSION, session, request);
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
            case Federation.Done done -> signInAndFinish(request, done.authorization(), done.user(), call);
            case Federation.Failed failed ->
                failed.redirect().isEmpty()
                        ? new Page("Error").error(failed.message()).response(400)
                        : redirect(failed.redirect());
        };
    }

    HttpResponse loginForm(HttpRequest request, CallContext call) {
        return withAuthorization(
                Form.ofQuery(request), authorization -> show(request, loginPage(request, authorization)));
    }

    private Page loginPage(HttpRequest request, AuthorizationRequest authorization) {
        String prefix = prefix(request);
        Page page = new Page("Sign in")
                .form(authorization.page(prefix + "/login"), "Sign in")
                .field(
                        "username",
                        authorization.pool().usernameIs("email") ? "Email" : "Username",
                        "text",
                        "username",
                        authorization.parameters().getOrDefault("login_hint", ""))
                .field("password", "Password", "password", "current-password", "")
                .link(authorization.page(prefix + "/forgotPassword"), "Forgot your password?");
        if (!Boolean.TRUE.equals(
                authorization.pool().settings().adminCreateUserConfig().allowAdminCreateUserOnly())) {
            page.link(authorization.page(prefix + "/signup"), "Sign up");
        }
        for (String provider : authorization.client().settings().supportedIdentityProviders()) {
            if (!provider.equals("COGNITO")) {
                Map<String, String> parameters = new LinkedHashMap<>(authorization.parameters());
                parameters.put("identity_provider", provider);
                page.link(prefix + "/oauth2/authorize?" + Form.encode(parameters), "Sign in with " + provider);
            }
        }
        return page;
    }

    /** Shows a page whose form, if any, carries the token of its cookie. */
    private HttpResponse show(HttpRequest request, Page page) {
        String token = Cookies.get(request, Cookies.CSRF).orElseGet(() -> realm.secretName(18));
        return Cookies.set(page.hidden("_csrf", token).response(200), Cookies.CSRF, token, request);
    }

    private static boolean forged(HttpRequest request, Form form) {
        return Cookies.get(request, Cookies.CSRF)
                .filter(token -> Digests.equal(token, form.get("_csrf")))
                .isEmpty();
    }

    private static HttpResponse refuseForged() {
        return new Page("Error")
                .error("The form has expired. Go back and try again.")
                .response(403);
    }

    HttpResponse login(HttpRequest request, CallContext call) {
        Form form = Form.ofBody(request);
        if (forged(request, form)) {
            return refuseForged();
        }
        return withAuthorization(Form.ofQuery(request), authorization -> {
            try {
                AuthStep step = form.value("challenge").isPresent()
                        ? service.flows()
                                .respond(
                                        signIn(authorization, answers(form, authorization), form, call),
                                        form.get("challenge"))
                        : service.flows()
                                .hostedPassword(signIn(
                                        authorization,
                                        Map.of("USERNAME", form.get("username"), "PASSWORD", form.get("password")),
                                        form,
                                        call));
                return switch (step) {
                    case AuthStep.Authenticated ignored ->
                        signInAndFinish(
                                request,
                                authorization,
                                authorization.pool().find(form.get("username")).orElseThrow(),
                                call);
                    case AuthStep.Challenge challenge ->
                        show(request, challengePage(request, authorization, challenge, form, ""));
                };
            } catch (UserNotConfirmedException e) {
                return redirect(authorization.page(prefix(request) + "/confirm") + "&username="
                        + Form.encode(Map.of("u", form.get("username"))).substring(2));
            } catch (AwsException e) {
                return form.value("challenge").isPresent()
                        ? show(
                                request,
                                challengePage(
                                        request,
                                        authorization,
                                        new AuthStep.Challenge(
                                                form.get("challenge"), form.get("session"), Map.of(), List.of()),
                                        form,
                                        e.getMessage()))
                        : show(request, loginPage(request, authorization).error(e.getMessage()));
            }
        });
    }

    private static SignIn signIn(
            AuthorizationRequest authorization, Map<String, String> parameters, Form form, CallContext call) {
        return new SignIn(
                authorization.pool(),
                authorization.client(),
                parameters,
                Map.of(),
                form.get("session"),
                false,
                "",
                SignIn.HOSTED,
                call);
    }

    private static Map<String, String> answers(Form form, AuthorizationRequest authorization) {
        Map<String, String> answers = new LinkedHashMap<>();
        answers.put("USERNAME", form.get("username"));
        AppClient client = authorization.client();
        if (client.hasSecret()) {
            answers.put(
                    "SECRET_HASH",
                    SecretHash.of(client.secrets().getFirst().clientSecretValue(), form.get("username"), client.id()));
        }
        String challenge = form.get("challenge");
        switch (challenge) {
            case "NEW_PASSWORD_REQUIRED" -> answers.put("NEW_PASSWORD", form.get("answer"));
            case "SELECT_MFA_TYPE" -> answers.put("ANSWER", form.get("answer"));
            default -> answers.put(challenge + "_CODE", form.get("answer"));
        }
        form.values().forEach((name, value) -> {
            if (name.startsWith("userAttributes.")) {
                answers.put(name, value);
            }
        });
        return answers;
    }

    private static Page challengePage(
            HttpRequest request,
            AuthorizationRequest authorization,
            AuthStep.Challenge challenge,
            Form form,
            String error) {
        Page page = new Page(
                        challenge.name().equals("NEW_PASSWORD_REQUIRED") ? "Change your password" : "Verify it is you")
                .error(error)
                .form(authorization.page(prefix(request) + "/login"), "Continue")
                .hidden("challenge", challenge.name())
                .hidden("session", challenge.session())
                .hidden("username", form.get("username"));
        switch (challenge.name()) {
            case "NEW_PASSWORD_REQUIRED" -> page.field("answer", "New password", "password", "new-password", "");
            case "SELECT_MFA_TYPE" ->
                page.choice(
                        "answer", "How do you want to verify?", List.of("SOFTWARE_TOKEN_MFA", "SMS_MFA", "EMAIL_OTP"));
            case "MFA_SETUP" ->
                page.error(
                        "A second factor must be set up first, which these pages cannot do: use AssociateSoftwareToken.");
            default -> page.field("answer", "Code", "text", "one-time-code", "");
        }
        return page;
    }

    HttpResponse signUpForm(HttpRequest request, CallContext call) {
        return withAuthorization(
                Form.ofQuery(request), authorization -> show(request, signUpPage(request, authorization)));
    }

    private static Page signUpPage(HttpRequest request, AuthorizationRequest authorization) {
        Page page = new Page("Sign up").form(authorization.page(prefix(request) + "/signup"), "Sign up");
        boolean byEmail = authorization.pool().usernameIs("email");
        page.field("username", byEmail ? "Email" : "Username", byEmail ? "email" : "text", "username", "");
        for (String name : wantedAttributes(authorization)) {
            page.field(
                    "userAttributes." + name,
                    name.replace('_', ' '),
                    name.equals("email") ? "email" : "text",
                    "on",
                    "");
        }
        return page.field("password", "Password", "password", "new-password", "")
                .link(authorization.page(prefix(request) + "/login"), "Sign in");
    }

    /** The attributes that a new user must have, and those that the pool sends its codes to. */
    private static Set<String> wantedAttributes(AuthorizationRequest authorization) {
        Set<String> names = new LinkedHashSet<>();
        for (SchemaAttributeType attribute : authorization.pool().schema().attributes()) {
            if (Boolean.TRUE.equals(attribute.required()) && !attribute.name().equals("sub")) {
                names.add(attribute.name());
            }
        }
        names.addAll(authorization.pool().settings().autoVerifiedAttributes());
        names.removeAll(authorization.pool().settings().usernameAttributes());
        return names;
    }

    HttpResponse signUp(HttpRequest request, CallContext call) {
        Form form = Form.ofBody(request);
        if (forged(request, form)) {
            return refuseForged();
        }
        return withAuthorization(Form.ofQuery(request), authorization -> {
            List<AttributeType> attributes = new ArrayList<>();
            form.values().forEach((name, value) -> {
                if (name.startsWith("userAttributes.")) {
                    attributes.add(AttributeType.builder()
                            .name(name.substring("userAttributes.".length()))
                            .value(value)
                            .build());
                }
            });
            try {
                SignUpResponse response = service.signUp(
                        SignUpRequest.builder()
                                .clientId(authorization.client().id())
                                .secretHash(secretHash(authorization.client(), form.get("username")))
                                .username(form.get("username"))
                                .password(form.get("password"))
                                .userAttributes(attributes)
                                .build(),
                        call);
                if (Boolean.TRUE.equals(response.userConfirmed())) {
                    User user = authorization
                            .pool()
                            .users()
                            .withSub(response.userSub())
                            .orElseThrow();
                    return signInAndFinish(request, authorization, user, call);
                }
                return redirect(confirmUrl(request, authorization, form.get("username")));
            } catch (AwsException e) {
                return show(request, signUpPage(request, authorization).error(e.getMessage()));
            }
        });
    }

    private static String confirmUrl(HttpRequest request, AuthorizationRequest authorization, String username) {
        Map<String, String> parameters = new LinkedHashMap<>(authorization.parameters());
        parameters.put("username", username);
        return prefix(request) + "/confirm?" + Form.encode(parameters);
    }

    private static @org.jspecify.annotations.Nullable String secretHash(AppClient client, String username) {
        return client.hasSecret()
                ? SecretHash.of(client.secrets().getFirst().clientSecretValue(), username, client.id())
                : null;
    }

    HttpResponse confirmForm(HttpRequest request, CallContext call) {
        Form query = Form.ofQuery(request);
        return withAuthorization(
                query, authorization -> show(request, confirmPage(request, authorization, query.get("username"))));
    }

    private static Page confirmPage(HttpRequest request, AuthorizationRequest authorization, String username) {
        return new Page("Confirm your account")
                .notice("A code has been sent to you.")
                .form(authorization.page(prefix(request) + "/confirm"), "Confirm")
                .field("username", "Username", "text", "username", username)
                .field("code", "Code", "text", "one-time-code", "");
    }

    HttpResponse confirm(HttpRequest request, CallContext call) {
        Form form = Form.ofBody(request);
        if (forged(request, form)) {
            return refuseForged();
        }
        return withAuthorization(Form.ofQuery(request), authorization -> {
            try {
                service.confirmSignUp(
                        ConfirmSignUpRequest.builder()
                                .clientId(authorization.client().id())
                                .secretHash(secretHash(authorization.client(), form.get("username")))
                                .username(form.get("username"))
                                .confirmationCode(form.get("code"))
                                .build(),
                        call);
                User user = authorization.pool().find(form.get("username")).orElseThrow();
                return signInAndFinish(request, authorization, user, call);
            } catch (AwsException e) {
                return show(
                        request,
                        confirmPage(request, authorization, form.get("username"))
                                .error(e.getMessage()));
            }
        });
    }

    /** The link of a verification mail: {@code /confirmUser?client_id=&user_name=&confirmation_code=}. */
    HttpResponse confirmLink(HttpRequest request, CallContext call) {
        Form query = Form.ofQuery(request);
        try {
            AppClient client = realm.client(realm.poolOfClient(query.get("client_id")), query.get("client_id"));
            service.confirmSignUp(
                    ConfirmSignUpRequest.builder()
                            .clientId(client.id())
                            .secretHash(secretHash(client, query.get("user_name")))
                            .username(query.get("user_name"))
                            .confirmationCode(query.get("confirmation_code"))
                            .build(),
                    call);
            return new Page("Confirmed")
                    .notice("Your registration has been confirmed!")
                    .response(200);
        } catch (AwsException e) {
            return new Page("Error").error(e.getMessage()).response(400);
        }
    }

    HttpResponse forgotPasswordForm(HttpRequest request, CallContext call) {
        return withAuthorization(
                Form.ofQuery(request), authorization -> show(request, forgotPage(request, authorization)));
    }

    private static Page forgotPage(HttpRequest request, AuthorizationRequest authorization) {
        return new Page("Forgot your password?")
                .form(authorization.page(prefix(request) + "/forgotPassword"), "Send a code")
                .field("username", "Username", "text", "username", "");
    }

    private static Page resetPage(HttpRequest request, AuthorizationRequest authorization, String username) {
        return new Page("Change your password")
                .notice("A code has been sent to you, if the account exists.")
                .form(authorization.page(prefix(request) + "/confirmForgotPassword"), "Change password")
                .hidden("username", username)
                .field("code", "Code", "text", "one-time-code", "")
                .field("password", "New password", "password", "new-password", "");
    }

    HttpResponse forgotPassword(HttpRequest request, CallContext call) {
        Form form = Form.ofBody(request);
        if (forged(request, form)) {
            return refuseForged();
        }
        return withAuthorization(Form.ofQuery(request), authorization -> {
            try {
                service.forgotPassword(
                        ForgotPasswordRequest.builder()
                                .clientId(authorization.client().id())
                                .secretHash(secretHash(authorization.client(), form.get("username")))
                                .username(form.get("username"))
                                .build(),
                        call);
                return show(request, resetPage(request, authorization, form.get("username")));
            } catch (AwsException e) {
                return show(request, forgotPage(request, authorization).error(e.getMessage()));
            }
        });
    }

    HttpResponse confirmForgotPassword(HttpRequest request, CallContext call) {
        Form form = Form.ofBody(request);
        if (forged(request, form)) {
            return refuseForged();
        }
        return withAuthorization(Form.ofQuery(request), authorization -> {
            try {
                service.confirmForgotPassword(
                        ConfirmForgotPasswordRequest.builder()
                                .clientId(authorization.client().id())
                                .secretHash(secretHash(authorization.client(), form.get("username")))
                                .username(form.get("username"))
                                .confirmationCode(form.get("code"))
                                .password(form.get("password"))
                                .build(),
                        call);
                return show(request, loginPage(request, authorization).notice("Your password has been changed."));
            } catch (AwsException e) {
                return show(
                        request,
                        resetPage(request, authorization, form.get("username")).error(e.getMessage()));
            }
        });
    }

    /** Signs out: to a sign-out URL of the client, or to the sign-in page again. */
    HttpResponse logout(HttpRequest request, CallContext call) {
        Form query = Form.ofQuery(request);
        Optional<AppClient> client =
                realm.pools().ofClient(query.get("client_id")).map(pool -> realm.client(pool, query.get("client_id")));
        if (client.isEmpty()) {
            return new Page("Error").error("The client does not exist.").response(400);
        }
        Cookies.get(request, Cookies.SESSION).ifPresent(cookie -> sessions.take(cookie, call.receivedAt()));
        Optional<String> logoutUri = query.value("logout_uri");
        if (logoutUri.isPresent()) {
            if (!client.get().settings().logoutURLs().contains(logoutUri.get())) {
                return new Page("Error")
                        .error("The sign-out URL is not one of the client's.")
                        .response(400);
            }
            return Cookies.clear(redirect(logoutUri.get()), Cookies.SESSION);
        }
        if (query.value("redirect_uri").isPresent()) {
            return withAuthorization(
                    query,
                    authorization ->
                            Cookies.clear(redirect(authorization.page(prefix(request) + "/login")), Cookies.SESSION));
        }
        return new Page("Error")
                .error("Required parameter logout_uri is missing.")
                .response(400);
    }
}
