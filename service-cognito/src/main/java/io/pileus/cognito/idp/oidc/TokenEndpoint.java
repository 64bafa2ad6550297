package io.pileus.cognito.idp.oidc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.cognito.idp.CognitoIdpService;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.crypto.Digests;
import io.pileus.cognito.idp.model.RevokeTokenRequest;
import io.pileus.cognito.idp.model.UnauthorizedException;
import io.pileus.cognito.idp.model.UnsupportedTokenTypeException;
import io.pileus.cognito.idp.state.AppClient;
import io.pileus.cognito.idp.state.Expiring;
import io.pileus.cognito.idp.state.TokenFamily;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.cognito.idp.tokens.AccessTokens;
import io.pileus.cognito.idp.tokens.TokenIssuer;
import io.pileus.cognito.idp.tokens.TokenRequest;
import io.pileus.cognito.idp.triggers.Triggers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.shape.JsonTrees;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code /oauth2/token}, {@code /oauth2/revoke} and {@code /oauth2/userInfo}.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html">The token issuer
 *     endpoint</a>
 */
final class TokenEndpoint {
    private final Realm realm;
    private final CognitoIdpService service;
    private final Expiring<AuthorizationCode> codes;

    TokenEndpoint(CognitoIdpService service, PagesState state) {
        this.realm = service.realm();
        this.service = service;
        this.codes = state.codes();
    }

    private static final class OAuthError extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OAuthError(String code) {
            super(code, null, false, false);
        }
    }

    private record Client(UserPool pool, AppClient client) {
        boolean allows(String flow) {
            return Boolean.TRUE.equals(client.settings().allowedOAuthFlowsUserPoolClient())
                    && client.settings().allowedOAuthFlows().contains(flow);
        }
    }

    HttpResponse token(HttpRequest request, CallContext call) {
        try {
            Form form = Form.ofBody(request);
            Client client = client(request, form);
            TokenIssuer.Issued issued = switch (form.get("grant_type")) {
                case "authorization_code" -> authorizationCode(form, client, call);
                case "refresh_token" -> refreshToken(form, client, call);
                case "client_credentials" -> clientCredentials(form, client, call);
                case "" -> throw new OAuthError("invalid_request");
                default -> throw new OAuthError("unsupported_grant_type");
            };
            return answer(issued);
        } catch (OAuthError e) {
            return error(400, e.getMessage());
        } catch (AwsException e) {
            ObjectNode body = JsonTrees.mapper().createObjectNode();
            body.put("error", "invalid_grant").put("error_description", e.getMessage());
            return HttpResponse.json(400, body.toString());
        }
    }

    private static HttpResponse error(int status, String code) {
        return HttpResponse.json(status, "{\"error\":\"" + code + "\"}").with("Cache-Control", "no-store");
    }

    private static HttpResponse answer(TokenIssuer.Issued issued) {
        ObjectNode body = JsonTrees.mapper().createObjectNode();
        issued.idToken().ifPresent(token -> body.put("id_token", token));
        body.put("access_token", issued.accessToken());
        issued.refreshToken().ifPresent(token -> body.put("refresh_token", token));
        body.put("expires_in", issued.accessValidity().toSeconds());
        body.put("token_type", "Bearer");
        return HttpResponse.json(200, body.toString()).with("Cache-Control", "no-store");
    }

    /** The client of a request: from the Basic header or the form; a client with a secret must show it. */
    private Client client(HttpRequest request, Form form) {
        String id = form.get("client_id");
        String secret = form.get("client_secret");
        String header = request.header("authorization");
        if (header != null && header.regionMatches(true, 0, "Basic ", 0, 6)) {
            String[] parts = basic(header.substring(6).trim());
            if (!id.isEmpty() && !id.equals(parts[0])) {
                throw new OAuthError("invalid_client");
            }
            id = parts[0];
            secret = parts[1];
        }
        if (id.isEmpty()) {
            throw new OAuthError("invalid_request");
        }
        Optional<UserPool> pool = realm.pools().ofClient(id);
        AppClient client = pool.isPresent() ? pool.get().clients().get(id) : null;
        boolean wrongSecret = client != null && client.hasSecret() && !client.secretIs(secret);
        boolean needlessSecret = client != null && !client.hasSecret() && !secret.isEmpty();
        if (client == null || wrongSecret || needlessSecret) {
            throw new OAuthError("invalid_client");
        }
        return new Client(pool.get(), client);
    }

    private static String[] basic(String encoded) {
        try {
            String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            if (colon > 0) {
                return new String[] {text.substring(0, colon), text.substring(colon + 1)};
            }
        } catch (IllegalArgumentException e) {
            throw new OAuthError("invalid_client");
        }
        throw new OAuthError("invalid_client");
    }

    private TokenIssuer.Issued authorizationCode(Form form, Client client, CallContext call) {
        if (!client.allows("code")) {
            throw new OAuthError("unauthorized_client");
        }
        String redirectUri = form.value("redirect_uri").orElseThrow(() -> new OAuthError("invalid_request"));
        String name = form.value("code").orElseThrow(() -> new OAuthError("invalid_request"));
        // Seen at AWS: https://stackoverflow.com/questions/50264679
        if (!client.client().settings().callbackURLs().contains(redirectUri)) {
            throw new OAuthError("unauthorized_client");
        }
        AuthorizationCode code = codes.take(name, call.receivedAt())
                .filter(c -> c.clientId().equals(client.client().id()))
                .orElseThrow(() -> new OAuthError("invalid_grant"));
        if (!code.redirectUri().equals(redirectUri)) {
            throw new OAuthError("invalid_grant");
        }
        boolean proved = code.codeChallenge()
                .map(challenge -> Digests.equal(challenge, challenge(form.get("code_verifier"))))
                .orElse(form.value("code_verifier").isEmpty());
        if (!proved) {
            throw new OAuthError("invalid_grant");
        }
        User user = client.pool()
                .users()
                .withSub(code.sub())
                .filter(User::enabled)
                .orElseThrow(() -> new OAuthError("invalid_grant"));
        return service.issuer()
                .issue(new TokenRequest(
                        client.pool(),
                        client.client(),
                        user,
                        code.authTime(),
                        "HostedAuth",
                        code.scopes(),
                        true,
                        code.nonce(),
                        code.resource(),
                        code.deviceKey(),
                        Map.of(),
                        call));
    }

    private static String challenge(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Digests.sha256(Digests.utf8(verifier)));
    }

    private TokenIssuer.Issued refreshToken(Form form, Client client, CallContext call) {
        String token = form.value("refresh_token").orElseThrow(() -> new OAuthError("invalid_request"));
        if (!client.client().allows("ALLOW_REFRESH_TOKEN_AUTH")
                && !client.client().rotatesRefreshTokens()) {
            throw new OAuthError("unauthorized_client");
        }
        TokenFamily family;
        try {
            family = service.flows().refreshAuth().family(client.pool(), client.client(), token, call);
        } catch (AwsException e) {
            throw new OAuthError("invalid_grant");
        }
        return service.flows().refreshAuth().refresh(client.pool(), client.client(), token, family, Map.of(), call);
    }

    private TokenIssuer.Issued clientCredentials(Form form, Client client, CallContext call) {
        if (!client.allows("client_credentials") || !client.client().hasSecret()) {
            throw new OAuthError("unauthorized_client");
        }
        // The scopes of users mean nothing to a client on its own: only those of resource servers count.
        List<String> granted = client.client().settings().allowedOAuthScopes().stream()
                .filter(scope -> scope.indexOf('/') >= 0)
                .toList();
        List<String> scopes = form.value("scope")
                .map(text ->
                        Arrays.stream(text.trim().split("[ +]+")).distinct().toList())
                .orElse(granted);
        if (!granted.containsAll(scopes)) {
            throw new OAuthError("invalid_scope");
        }
        return service.issuer().clientCredentials(client.pool(), client.client(), scopes, metadata(form), call);
    }

    /** What {@code aws_client_metadata}, a JSON object of strings, carries for the pre token generation trigger. */
    private static Map<String, String> metadata(Form form) {
        Map<String, String> metadata = new TreeMap<>();
        try {
            JsonNode given = JsonTrees.mapper()
                    .readTree(form.value("aws_client_metadata").orElse("{}"));
            if (given == null || !given.isObject()) {
                throw new OAuthError("invalid_request");
            }
            given.properties()
                    .forEach(entry ->
                            metadata.put(entry.getKey(), entry.getValue().asText()));
        } catch (JsonProcessingException e) {
            throw new OAuthError("invalid_request");
        }
        return metadata;
    }

    HttpResponse revoke(HttpRequest request, CallContext call) {
        try {
            Form form = Form.ofBody(request);
            Client client = client(request, form);
            String token = form.value("token").orElseThrow(() -> new OAuthError("invalid_request"));
            service.revokeToken(
                    RevokeTokenRequest.builder()
                            .clientId(client.client().id())
                            .clientSecret(
                                    client.client().hasSecret()
                                            ? client.client()
                                                    .secrets()
                                                    .getFirst()
                                                    .clientSecretValue()
                                            : null)
                            .token(token)
                            .build(),
                    call);
            return HttpResponse.empty(200);
        } catch (OAuthError e) {
            return e.getMessage().equals("invalid_client") ? error(401, "invalid_client") : error(400, e.getMessage());
        } catch (UnsupportedTokenTypeException e) {
            return error(400, "unsupported_token_type");
        } catch (UnauthorizedException e) {
            return error(400, "unauthorized_client");
        } catch (AwsException e) {
            return error(400, "invalid_request");
        }
    }

    HttpResponse userInfo(HttpRequest request, CallContext call) {
        String header = request.header("authorization");
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return refused(400, "invalid_request", "Bad OAuth2 request at UserInfo Endpoint");
        }
        AccessTokens.Bearer bearer;
        try {
            bearer = service.accessTokens().bearer(header.substring(7).trim(), call);
        } catch (AwsException e) {
            return refused(
                    401,
                    "invalid_token",
                    "Access token is expired, disabled, or deleted, or the user has globally signed out.");
        }
        List<String> scopes =
                List.of(String.valueOf(bearer.claims().getClaim("scope")).split(" "));
        if (!scopes.contains("openid")) {
            return refused(401, "invalid_token", "Access token does not contain openid scope");
        }
        ObjectNode body = JsonTrees.mapper().createObjectNode();
        body.put("sub", bearer.user().sub());
        TokenIssuer.readableAttributes(new TokenRequest(
                        bearer.pool(),
                        bearer.client(),
                        bearer.user(),
                        call.receivedAt(),
                        "HostedAuth",
                        scopes,
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        call))
                .forEach((name, value) -> body.put(
                        name,
                        name.equals("identities") ? Triggers.identitiesJson(bearer.user()) : String.valueOf(value)));
        body.put("username", bearer.user().username());
        return HttpResponse.json(200, body.toString());
    }

    private static HttpResponse refused(int status, String error, String description) {
        return HttpResponse.json(status, "{\"error\":\"" + error + "\",\"error_description\":\"" + description + "\"}")
                .with("WWW-Authenticate", "error=\"" + error + "\", error_description=\"" + description + "\"");
    }
}
