package io.pileus.cognito.idp.oidc;

import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.state.AppClient;
import io.pileus.cognito.idp.state.UserPool;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An authorization request whose client and redirect URI are known to be right, so that errors may be sent there.
 *
 * @param parameters the parameters as they came, for the pages to carry along
 */
record AuthorizationRequest(
        UserPool pool,
        AppClient client,
        String responseType,
        String redirectUri,
        List<String> scopes,
        String state,
        Optional<String> nonce,
        Optional<String> codeChallenge,
        Map<String, String> parameters) {
    private static final List<String> CARRIED = List.of(
            "client_id",
            "response_type",
            "redirect_uri",
            "scope",
            "state",
            "nonce",
            "code_challenge",
            "code_challenge_method",
            "identity_provider",
            "idp_identifier",
            "prompt",
            "login_hint");

    /** What is wrong with a request. */
    static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;
        private final String error;
        private final Optional<String> redirect;

        Invalid(String error, String description, Optional<String> redirect) {
            super(description, null, false, false);
            this.error = error;
            this.redirect = redirect;
        }

        String error() {
            return error;
        }

        /** Where the error may be sent; empty when the client or its redirect URI is in doubt. */
        Optional<String> redirect() {
            return redirect;
        }
    }

    static AuthorizationRequest of(Form form, Realm realm) throws Invalid {
        String clientId = form.get("client_id");
        Optional<UserPool> pool = realm.pools().ofClient(clientId);
        if (pool.isEmpty()) {
            throw new Invalid("invalid_request", "The client does not exist.", Optional.empty());
        }
        AppClient client = realm.client(pool.get(), clientId);
        String redirect = form.value("redirect_uri")
                .or(() -> Optional.ofNullable(client.settings().defaultRedirectURI()))
                .orElse("");
        if (!client.settings().callbackURLs().contains(redirect)) {
            throw new Invalid(
                    "redirect_mismatch", "An error was encountered with the requested page.", Optional.empty());
        }
        String state = form.get("state");
        String type = form.get("response_type");
        if (!type.equals("code") && !type.equals("token")) {
            throw invalid("invalid_request", "Response type is not supported", redirect, state, type);
        }
        boolean allowed = Boolean.TRUE.equals(client.settings().allowedOAuthFlowsUserPoolClient())
                && client.settings().allowedOAuthFlows().contains(type.equals("code") ? "code" : "implicit");
        if (!allowed) {
            throw invalid("unauthorized_client", "", redirect, state, type);
        }
        List<String> scopes = scopes(form, client);
        if (scopes.stream()
                .anyMatch(s -> !client.settings().allowedOAuthScopes().contains(s))) {
            throw invalid("invalid_scope", "", redirect, state, type);
        }
        Optional<String> challenge = form.value("code_challenge");
        if (challenge.isPresent() && !form.get("code_challenge_method").equals("S256")) {
            throw invalid("invalid_request", "Transform algorithm not supported", redirect, state, type);
        }
        Map<String, String> carried = new LinkedHashMap<>();
        CARRIED.forEach(name -> form.value(name).ifPresent(value -> carried.put(name, value)));
        return new AuthorizationRequest(
                pool.get(), client, type, redirect, scopes, state, form.value("nonce"), challenge, carried);
    }

    private static List<String> scopes(Form form, AppClient client) {
        return form.value("scope")
                .map(text ->
                        Arrays.stream(text.trim().split("[ +]+")).distinct().toList())
                .orElse(client.settings().allowedOAuthScopes());
    }

    private static Invalid invalid(String error, String description, String redirect, String state, String type) {
        return new Invalid(error, description, Optional.of(errorUrl(redirect, error, description, state, type)));
    }

    /** The redirect URI with an error, after a question mark for codes and after a number sign for tokens. */
    static String errorUrl(String redirect, String error, String description, String state, String type) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("error", error);
        if (!description.isEmpty()) {
            values.put("error_description", description);
        }
        if (!state.isEmpty()) {
            values.put("state", state);
        }
        return with(redirect, values, type.equals("token"));
    }

    static String with(String url, Map<String, String> values, boolean fragment) {
        String separator = fragment ? "#" : url.indexOf('?') < 0 ? "?" : "&";
        return url + separator + Form.encode(values);
    }

    /** The address of a page with the request's parameters. */
    String page(String path) {
        return path + "?" + Form.encode(parameters);
    }
}
