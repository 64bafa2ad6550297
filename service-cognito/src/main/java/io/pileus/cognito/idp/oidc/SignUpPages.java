package io.pileus.cognito.idp.oidc;

import io.pileus.cognito.idp.CognitoIdpService;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.model.AttributeType;
import io.pileus.cognito.idp.model.ConfirmSignUpRequest;
import io.pileus.cognito.idp.model.ResendConfirmationCodeRequest;
import io.pileus.cognito.idp.model.SchemaAttributeType;
import io.pileus.cognito.idp.model.SignUpRequest;
import io.pileus.cognito.idp.model.SignUpResponse;
import io.pileus.cognito.idp.state.AppClient;
import io.pileus.cognito.idp.state.User;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sign up: the page for a new user, and the one for the code that is sent to them. */
final class SignUpPages {
    private final CognitoIdpService service;
    private final Browser browser;
    private final SignInPages signIn;

    SignUpPages(CognitoIdpService service, Browser browser, SignInPages signIn) {
        this.service = service;
        this.browser = browser;
        this.signIn = signIn;
    }

    HttpResponse signUpForm(HttpRequest request, CallContext call) {
        return browser.withAuthorization(
                request,
                Form.ofQuery(request),
                authorization -> browser.show(request, signUpPage(request, authorization, new Form(Map.of()))));
    }

    /** @param typed what was typed before, which an error does not take away */
    private static Page signUpPage(HttpRequest request, AuthorizationRequest authorization, Form typed) {
        Page page = new Page("Sign up").form(authorization.page(Browser.prefix(request) + "/signup"), "Sign up");
        boolean byEmail = authorization.pool().usernameIs("email");
        page.field(
                "username",
                byEmail ? "Email" : "Username",
                byEmail ? "email" : "text",
                "username",
                typed.get("username"));
        for (String name : wantedAttributes(authorization)) {
            page.field(
                    "userAttributes." + name,
                    Page.label(name),
                    name.equals("email") ? "email" : "text",
                    "on",
                    typed.get("userAttributes." + name));
        }
        page = SignInPages.byChoice(authorization)
                ? page.optionalField("password", "Password", "password", "new-password")
                : page.field("password", "Password", "password", "new-password", "");
        return page.link(authorization.page(Browser.prefix(request) + "/login"), "Sign in");
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
        return browser.submitted(request, (authorization, form) -> {
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
                                .secretHash(Browser.secretHash(authorization.client(), form.get("username")))
                                .username(form.get("username"))
                                .password(form.value("password").orElse(null))
                                .userAttributes(attributes)
                                .build(),
                        call);
                if (Boolean.TRUE.equals(response.userConfirmed())) {
                    User user = authorization
                            .pool()
                            .users()
                            .withSub(response.userSub())
                            .orElseThrow();
                    return signIn.signedUp(request, authorization, user, form, call);
                }
                return Browser.redirect(confirmUrl(request, authorization, form.get("username")));
            } catch (AwsException e) {
                return browser.show(
                        request, signUpPage(request, authorization, form).error(e.getMessage()));
            }
        });
    }

    static String confirmUrl(HttpRequest request, AuthorizationRequest authorization, String username) {
        Map<String, String> parameters = new LinkedHashMap<>(authorization.parameters());
        parameters.put("username", username);
        return Browser.prefix(request) + "/confirm?" + Form.encode(parameters);
    }

    HttpResponse confirmForm(HttpRequest request, CallContext call) {
        Form query = Form.ofQuery(request);
        return browser.withAuthorization(
                request,
                query,
                authorization -> browser.show(request, confirmPage(request, authorization, query.get("username"))));
    }

    private static Page confirmPage(HttpRequest request, AuthorizationRequest authorization, String username) {
        return new Page("Confirm your account")
                .notice("A code has been sent to you.")
                .form(authorization.page(Browser.prefix(request) + "/confirm"), "Confirm")
                .field("username", "Username", "text", "username", username)
                .field("code", "Code", "text", "one-time-code", "")
                .otherwise(authorization.page(Browser.prefix(request) + "/resendcode"), "Send a new code");
    }

    HttpResponse resendCode(HttpRequest request, CallContext call) {
        return browser.submitted(request, (authorization, form) -> {
            Page page = confirmPage(request, authorization, form.get("username"));
            try {
                service.resendConfirmationCode(
                        ResendConfirmationCodeRequest.builder()
                                .clientId(authorization.client().id())
                                .secretHash(Browser.secretHash(authorization.client(), form.get("username")))
                                .username(form.get("username"))
                                .build(),
                        call);
            } catch (AwsException e) {
                page.error(e.getMessage());
            }
            return browser.show(request, page);
        });
    }

    HttpResponse confirm(HttpRequest request, CallContext call) {
        return browser.submitted(request, (authorization, form) -> {
            try {
                service.confirmSignUp(
                        ConfirmSignUpRequest.builder()
                                .clientId(authorization.client().id())
                                .secretHash(Browser.secretHash(authorization.client(), form.get("username")))
                                .username(form.get("username"))
                                .confirmationCode(form.get("code"))
                                .build(),
                        call);
                User user = authorization.pool().find(form.get("username")).orElseThrow();
                return signIn.signedUp(request, authorization, user, form, call);
            } catch (AwsException e) {
                return browser.show(
                        request,
                        confirmPage(request, authorization, form.get("username"))
                                .error(e.getMessage()));
            }
        });
    }

    /** The link of a verification mail: {@code /confirmUser?client_id=&user_name=&confirmation_code=}. */
    HttpResponse confirmLink(HttpRequest request, CallContext call) {
        Form query = Form.ofQuery(request);
        Realm realm = service.realm();
        try {
            AppClient client = realm.client(realm.poolOfClient(query.get("client_id")), query.get("client_id"));
            service.confirmSignUp(
                    ConfirmSignUpRequest.builder()
                            .clientId(client.id())
                            .secretHash(Browser.secretHash(client, query.get("user_name")))
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
}
