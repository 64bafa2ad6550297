package io.pileus.cognito.idp.oidc;

import io.pileus.cognito.idp.CognitoIdpService;
import io.pileus.cognito.idp.model.ConfirmForgotPasswordRequest;
import io.pileus.cognito.idp.model.ForgotPasswordRequest;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;

/** A forgotten password: a code is asked for, then exchanged for a new password. */
final class PasswordPages {
    private final CognitoIdpService service;
    private final Browser browser;

    PasswordPages(CognitoIdpService service, Browser browser) {
        this.service = service;
        this.browser = browser;
    }

    HttpResponse forgotPasswordForm(HttpRequest request, CallContext call) {
        return browser.withAuthorization(
                request,
                Form.ofQuery(request),
                authorization -> browser.show(request, forgotPage(request, authorization)));
    }

    private static Page forgotPage(HttpRequest request, AuthorizationRequest authorization) {
        return new Page("Forgot your password?")
                .form(authorization.page(Browser.prefix(request) + "/forgotPassword"), "Send a code")
                .field("username", "Username", "text", "username", "");
    }

    private static Page resetPage(HttpRequest request, AuthorizationRequest authorization, String username) {
        return new Page("Change your password")
                .notice("A code has been sent to you, if the account exists.")
                .form(authorization.page(Browser.prefix(request) + "/confirmForgotPassword"), "Change password")
                .hidden("username", username)
                .field("code", "Code", "text", "one-time-code", "")
                .field("password", "New password", "password", "new-password", "");
    }

    HttpResponse forgotPassword(HttpRequest request, CallContext call) {
        return browser.submitted(request, (authorization, form) -> {
            try {
                service.forgotPassword(
                        ForgotPasswordRequest.builder()
                                .clientId(authorization.client().id())
                                .secretHash(Browser.secretHash(authorization.client(), form.get("username")))
                                .username(form.get("username"))
                                .build(),
                        call);
                return browser.show(request, resetPage(request, authorization, form.get("username")));
            } catch (AwsException e) {
                return browser.show(request, forgotPage(request, authorization).error(e.getMessage()));
            }
        });
    }

    HttpResponse confirmForgotPassword(HttpRequest request, CallContext call) {
        return browser.submitted(request, (authorization, form) -> {
            try {
                service.confirmForgotPassword(
                        ConfirmForgotPasswordRequest.builder()
                                .clientId(authorization.client().id())
                                .secretHash(Browser.secretHash(authorization.client(), form.get("username")))
                                .username(form.get("username"))
                                .confirmationCode(form.get("code"))
                                .password(form.get("password"))
                                .build(),
                        call);
                return browser.show(
                        request,
                        SignInPages.loginPage(request, authorization).notice("Your password has been changed."));
            } catch (AwsException e) {
                return browser.show(
                        request,
                        resetPage(request, authorization, form.get("username")).error(e.getMessage()));
            }
        });
    }
}
