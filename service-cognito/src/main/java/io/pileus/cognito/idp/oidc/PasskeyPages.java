package io.pileus.cognito.idp.oidc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.cognito.idp.CognitoIdpService;
import io.pileus.cognito.idp.auth.Passkeys;
import io.pileus.cognito.idp.state.User;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.shape.JsonTrees;
import java.util.Optional;

/**
 * {@code /passkeys/add}: somebody who is signed in registers a passkey and goes back to the application.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-userpools-server-contract-reference.html">User
 *     pool endpoints and managed login reference</a>
 */
final class PasskeyPages {
    private final Passkeys passkeys;
    private final Browser browser;

    PasskeyPages(CognitoIdpService service, Browser browser) {
        this.passkeys = service.flows().passkeys();
        this.browser = browser;
    }

    HttpResponse addForm(HttpRequest request, CallContext call) {
        return browser.withAuthorization(
                request,
                Form.ofQuery(request),
                authorization -> browser.signedIn(request, authorization, call)
                        .map(signedIn -> registration(request, authorization, signedIn.user(), "", call))
                        .orElseGet(() -> signInFirst(request, authorization)));
    }

    private static HttpResponse signInFirst(HttpRequest request, AuthorizationRequest authorization) {
        return Browser.redirect(authorization.page(Browser.prefix(request) + "/login"));
    }

    private HttpResponse registration(
            HttpRequest request, AuthorizationRequest authorization, User user, String error, CallContext call) {
        try {
            String options = passkeys.startRegistration(authorization.pool(), authorization.client(), user, call)
                    .toString();
            return browser.show(
                    request,
                    new Page("Add a passkey")
                            .error(error)
                            .notice("Sign in with your fingerprint, face or screen lock from now on.")
                            .form(authorization.page(Browser.prefix(request) + "/passkeys/add"), "Create a passkey")
                            .hidden("options", options)
                            .hidden("answer", "")
                            .script(PageScript.passkey()));
        } catch (AwsException e) {
            return new Page("Add a passkey").error(e.getMessage()).response(400);
        }
    }

    HttpResponse add(HttpRequest request, CallContext call) {
        return browser.submitted(request, (authorization, form) -> {
            Optional<Browser.SignedIn> signedIn = browser.signedIn(request, authorization, call);
            if (signedIn.isEmpty()) {
                return signInFirst(request, authorization);
            }
            User user = signedIn.get().user();
            try {
                JsonNode credential = JsonTrees.mapper().readTree(form.get("answer"));
                passkeys.completeRegistration(authorization.pool(), authorization.client(), user, credential, call);
                return browser.finish(authorization, signedIn.get(), call);
            } catch (AwsException e) {
                return registration(request, authorization, user, e.getMessage(), call);
            } catch (JsonProcessingException e) {
                return registration(request, authorization, user, "The credential cannot be read.", call);
            }
        });
    }
}
