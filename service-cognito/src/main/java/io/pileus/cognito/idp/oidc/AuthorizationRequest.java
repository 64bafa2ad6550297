package io.pileus.cognito.idp.oidc;

import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.state.AppClient;
import io.pileus.cognito.idp.state.UserPool;
import java.net.URI;
import java.net.URISyntaxException;
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
        Optional<String> resource,
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
            "login_hint",
            "lang",
            "resource");

    /** What is wrong with a request. */
    static final class Invalid extends Exception {
        private static final long serialVersionUID = 1L;
        private final String error;
        private final Optional<String> redirect;

        Invalid(String error, Optional<String> redirect) {
            super(error, null, false, false);
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
        String clientId = required(form, "client_id");
        Optional<UserPool> pool = realm.pools().ofClient(clientId);
        if (pool.isEmpty()) {
            throw new Invalid("Client does not exist", Optional.empty());
        }
        AppClient client = realm.client(pool.get(), clientId);
        String standard = client.settings().defaultRedirectURI();
        String redirect =
                standard == null || form.value("redirect_uri").isPresent() ? required(form, "redirect_uri") : standard;
        if (!client.settings().callbackURLs().contains(redirect)) {
            throw new Invalid("redirect_mismatch", Optional.empty());
        }
        String state = form.get("state");
        String type = form.get("response_type");
        if (!type.equals("code") && !type.equals("token")) {
            throw invalid("", redirect, state, type);
        }
        boolean allowed = Boolean.TRUE.equals(client.settings().allowedOAuthFlowsUserPoolClient())
                && client.settings().allowedOAuthFlows().contains(type.equals("code") ? "code" : "implicit");
        if (!allowed) {
            throw invalid("unauthorized_client", redirect, state, type);
        }
        List<String> scopes = scopes(form, client);
        if (scopes.stream()
                .anyMatch(s -> !client.settings().allowedOAuthScopes().contains(s))) {
            throw invalid("invalid_scope", redirect, state, type);
        }
        Optional<String> challenge = form.value("code_challenge");
        Optional<String> method = form.value("code_challenge_method");
        if (challenge.isPresent() != method.isPresent()
                || method.filter(m -> !m.equals("S256")).isPresent()) {
            throw invalid("", redirect, state, type);
        }
        Optional<String> resource = form.value("resource");
        if (resource.filter(r -> !isResource(r)).isPresent()) {
            throw invalid("invalid_resource", redirect, state, type);
        }
        Map<String, String> carried = new LinkedHashMap<>();
        CARRIED.forEach(name -> form.value(name).ifPresent(value -> carried.put(name, value)));
        return new AuthorizationRequest(
                pool.get(), client, type, redirect, scopes, state, form.value("nonce"), challenge, resource, carried);
    }

    private static String required(Form form, String name) throws Invalid {
        Optional<String> value = form.value(name);
        if (value.isEmpty()) {
            throw new Invalid("Required String parameter '" + name + "' is not present", Optional.empty());
        }
        return value.get();
    }

    /** A resource is an absolute URL: https, http for localhost only, or of a scheme of one's own. */
    private static boolean isResource(String text) {
        try {
            URI uri = new URI(text);
            boolean absolute = uri.getScheme() != null && uri.getHost() != null && uri.getFragment() == null;
            return absolute && (!uri.getScheme().equals("http") || uri.getHost().equals("localhost"));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static List<String> scopes(Form form, AppClient client) {
        return form.value("scope")
                .map(text ->
                        Arrays.stream(text.trim().split("[ +]+")).distinct().toList())
                .orElse(client.settings().allowedOAuthScopes());
    }

    /**
     * Cognito says {@code invalid_request} for all and what it means in the description, other than its documentation:
     * {@code ?error_description=invalid_scope&state=…&error=invalid_request}.
     *
     * @see <a href="https://github.com/mlops-club/awscdk-minecraft/issues/40">An answer of Cognito's</a>
     */
    private static Invalid invalid(String description, String redirect, String state, String type) {
        return new Invalid(
                "invalid_request", Optional.of(errorUrl(redirect, "invalid_request", description, state, type)));
    }

    /** The redirect URI with an error, after a question mark for codes and after a number sign for tokens. */
    static String errorUrl(String redirect, String error, String description, String state, String type) {
        Map<String, String> values = new LinkedHashMap<>();
        if (!description.isEmpty()) {
            values.put("error_description", description);
        }
        if (!state.isEmpty()) {
            values.put("state", state);
        }
        values.put("error", error);
        return with(redirect, values, type.equals("token"));
    }

    /** Whether the application wants this of {@code prompt}, a list of words. */
    boolean prompts(String word) {
        return List.of(parameters.getOrDefault("prompt", "").split(" ")).contains(word);
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
