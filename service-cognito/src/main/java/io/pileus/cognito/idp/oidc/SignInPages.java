package io.pileus.cognito.idp.oidc;

import io.pileus.cognito.idp.CognitoIdpService;
import io.pileus.cognito.idp.auth.AuthStep;
import io.pileus.cognito.idp.auth.SignIn;
import io.pileus.cognito.idp.model.AssociateSoftwareTokenRequest;
import io.pileus.cognito.idp.model.AssociateSoftwareTokenResponse;
import io.pileus.cognito.idp.model.NotAuthorizedException;
import io.pileus.cognito.idp.model.SignInPolicyType;
import io.pileus.cognito.idp.model.UserNotConfirmedException;
import io.pileus.cognito.idp.model.VerifySoftwareTokenRequest;
import io.pileus.cognito.idp.state.Mfa;
import io.pileus.cognito.idp.state.User;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sign in: the page with name and password, and one for each challenge that may follow. */
final class SignInPages {
    private final CognitoIdpService service;
    private final Browser browser;
    private final BrowserDevices devices;

    SignInPages(CognitoIdpService service, Browser browser) {
        this.service = service;
        this.browser = browser;
        this.devices = new BrowserDevices(service.realm());
    }

    HttpResponse loginForm(HttpRequest request, CallContext call) {
        return browser.withAuthorization(request, Form.ofQuery(request), authorization -> {
            sayLanguage(authorization, call);
            return browser.show(request, loginPage(request, authorization));
        });
    }

    private static void sayLanguage(AuthorizationRequest authorization, CallContext call) {
        String language = authorization.parameters().getOrDefault("lang", "en");
        if (!language.startsWith("en")) {
            call.notEmulated("lang=" + language + ": the pages are in English");
        }
    }

    static Page loginPage(HttpRequest request, AuthorizationRequest authorization) {
        return loginPage(request, authorization, authorization.parameters().getOrDefault("login_hint", ""));
    }

    private static Page loginPage(HttpRequest request, AuthorizationRequest authorization, String username) {
        String prefix = Browser.prefix(request);
        Page page = new Page("Sign in");
        List<String> providers = authorization.client().settings().supportedIdentityProviders();
        if (providers.isEmpty() || providers.contains("COGNITO")) {
            boolean byChoice = byChoice(authorization);
            page.form(authorization.page(prefix + "/login"), byChoice ? "Next" : "Sign in")
                    .field(
                            "username",
                            authorization.pool().usernameIs("email") ? "Email" : "Username",
                            "text",
                            "username",
                            username);
            if (!byChoice) {
                page.field("password", "Password", "password", "current-password", "");
            }
            page.link(authorization.page(prefix + "/forgotPassword"), "Forgot your password?");
            if (!Boolean.TRUE.equals(
                    authorization.pool().settings().adminCreateUserConfig().allowAdminCreateUserOnly())) {
                page.link(authorization.page(prefix + "/signup"), "Sign up");
            }
        }
        for (String provider : providers) {
            if (!provider.equals("COGNITO")) {
                Map<String, String> parameters = new LinkedHashMap<>(authorization.parameters());
                parameters.put("identity_provider", provider);
                page.link(prefix + "/oauth2/authorize?" + Form.encode(parameters), "Sign in with " + provider);
            }
        }
        return page;
    }

    /** Whether people give their name first and then choose how to prove it, as in a pool with more than passwords. */
    static boolean byChoice(AuthorizationRequest authorization) {
        SignInPolicyType policy = authorization.pool().settings().policies().signInPolicy();
        return authorization.client().allows("ALLOW_USER_AUTH")
                && policy != null
                && policy.allowedFirstAuthFactors().stream().anyMatch(factor -> !factor.equals("PASSWORD"));
    }

    HttpResponse login(HttpRequest request, CallContext call) {
        return browser.submitted(
                request,
                (authorization, form) -> form.value("challenge").isPresent()
                        ? answer(request, authorization, form, call)
                        : password(request, authorization, form, call));
    }

    private HttpResponse password(
            HttpRequest request, AuthorizationRequest authorization, Form form, CallContext call) {
        String device = BrowserDevices.key(request, authorization.pool(), form.get("username"));
        Map<String, String> parameters =
                Map.of("USERNAME", form.get("username"), "PASSWORD", form.get("password"), "DEVICE_KEY", device);
        try {
            AuthStep step = byChoice(authorization)
                    ? choice(authorization, form.get("username"), device, call)
                    : service.flows().hostedPassword(signIn(authorization, parameters, "", call));
            return next(request, authorization, step, form, call);
        } catch (UserNotConfirmedException e) {
            return Browser.redirect(SignUpPages.confirmUrl(request, authorization, form.get("username")));
        } catch (AwsException e) {
            return browser.show(
                    request,
                    loginPage(request, authorization, form.get("username")).error(e.getMessage()));
        }
    }

    /** The factors that a user has; where there is but one, its challenge. */
    private AuthStep choice(AuthorizationRequest authorization, String username, String device, CallContext call) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("USERNAME", username);
        parameters.put("DEVICE_KEY", device);
        String hash = Browser.secretHash(authorization.client(), username);
        if (hash != null) {
            parameters.put("SECRET_HASH", hash);
        }
        AuthStep step = service.flows().initiate(signIn(authorization, parameters, "", call), "USER_AUTH");
        if (step instanceof AuthStep.Challenge challenge
                && challenge.name().equals("SELECT_CHALLENGE")
                && ChallengePage.offered(challenge).size() == 1) {
            parameters.put("ANSWER", ChallengePage.offered(challenge).getFirst());
            return service.flows()
                    .respond(signIn(authorization, parameters, challenge.session(), call), "SELECT_CHALLENGE");
        }
        return step;
    }

    private HttpResponse answer(HttpRequest request, AuthorizationRequest authorization, Form form, CallContext call) {
        ChallengePage page = ChallengePage.of(form);
        try {
            String session = page.name().equals("MFA_SETUP") ? verifyAuthenticator(form, call) : page.session();
            AuthStep step = service.flows()
                    .respond(signIn(authorization, page.answers(authorization, form), session, call), page.name());
            return next(request, authorization, step, form, call);
        } catch (NotAuthorizedException e) {
            return browser.show(request, loginPage(request, authorization).error(e.getMessage()));
        } catch (AwsException e) {
            return browser.show(request, page.page(request, authorization).error(e.getMessage()));
        }
    }

    private String verifyAuthenticator(Form form, CallContext call) {
        return String.valueOf(service.verifySoftwareToken(
                        VerifySoftwareTokenRequest.builder()
                                .session(form.get("session"))
                                .userCode(form.get("answer"))
                                .build(),
                        call)
                .session());
    }

    /** @param form what has led here: who wants to sign in, and whether their device shall be remembered */
    private HttpResponse next(
            HttpRequest request, AuthorizationRequest authorization, AuthStep step, Form form, CallContext call) {
        return switch (step) {
            case AuthStep.Authenticated done -> finish(request, authorization, done, form, call);
            case AuthStep.Challenge challenge
            when challenge.name().equals("DEVICE_SRP_AUTH") ->
                next(request, authorization, device(request, authorization, challenge, call), form, call);
            case AuthStep.Challenge challenge ->
                browser.show(
                        request,
                        challenge(challenge, form.get("username"), call).page(request, authorization));
        };
    }

    /** Signs in whoever has just signed up or confirmed. */
    HttpResponse signedUp(
            HttpRequest request, AuthorizationRequest authorization, User user, Form form, CallContext call) {
        SignIn signIn = signIn(authorization, Map.of("USERNAME", user.username()), "", call);
        return next(request, authorization, service.flows().hostedSignUp(signIn, user), form, call);
    }

    private HttpResponse finish(
            HttpRequest request,
            AuthorizationRequest authorization,
            AuthStep.Authenticated done,
            Form form,
            CallContext call) {
        User user = authorization.pool().users().named(done.username()).orElseThrow();
        HttpResponse back = browser.signInAndFinish(
                request, authorization, new Browser.SignedIn(user, call.receivedAt(), done.deviceKey()), call);
        boolean remember = form.value(BrowserDevices.REMEMBER).isPresent();
        return devices.keep(request, back, authorization.pool(), done, remember, call);
    }

    private AuthStep device(
            HttpRequest request, AuthorizationRequest authorization, AuthStep.Challenge challenge, CallContext call) {
        String username = challenge.parameters().getOrDefault("USERNAME", "");
        return service.flows()
                .hostedDevice(
                        signIn(authorization, Map.of("USERNAME", username), challenge.session(), call),
                        BrowserDevices.password(request, authorization.pool(), username));
    }

    /** The page for a challenge; an authenticator app that must be set up is given its key first. */
    private ChallengePage challenge(AuthStep.Challenge challenge, String username, CallContext call) {
        boolean setUp = challenge.name().equals("MFA_SETUP")
                && challenge.parameters().getOrDefault("MFAS_CAN_SETUP", "").contains(Mfa.TOTP);
        if (!setUp) {
            return ChallengePage.of(challenge, username);
        }
        AssociateSoftwareTokenResponse key = service.associateSoftwareToken(
                AssociateSoftwareTokenRequest.builder()
                        .session(challenge.session())
                        .build(),
                call);
        return ChallengePage.setUp(username, String.valueOf(key.session()), String.valueOf(key.secretCode()));
    }

    private static SignIn signIn(
            AuthorizationRequest authorization, Map<String, String> parameters, String session, CallContext call) {
        return new SignIn(
                authorization.pool(),
                authorization.client(),
                parameters,
                Map.of(),
                Map.of(),
                session,
                false,
                "",
                SignIn.HOSTED,
                call);
    }
}
