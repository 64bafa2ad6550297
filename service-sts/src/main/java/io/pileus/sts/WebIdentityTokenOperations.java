package io.pileus.sts;

import com.nimbusds.jwt.JWTClaimsSet;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.identity.Ids;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.HttpRoute;
import io.pileus.iam.IamAccounts;
import io.pileus.iam.OutboundIssuer;
import io.pileus.iam.state.IamAccount;
import io.pileus.sts.model.*;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * GetWebIdentityToken, and the documents by which others verify its tokens.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_outbound.html">Outbound identity federation</a>
 */
final class WebIdentityTokenOperations {
    private static final Duration DURATION_DEFAULT = Duration.ofMinutes(5);
    private static final int PAYLOAD_BYTES_MAX = 8_192;

    private final IamAccounts accounts;
    private final Sessions sessions;
    private final CallerPolicies callerPolicies;
    private final OutboundTokens tokens;
    private final Ids ids;
    private final Executor workers;

    WebIdentityTokenOperations(
            IamAccounts accounts,
            Sessions sessions,
            CallerPolicies callerPolicies,
            OutboundTokens tokens,
            Ids ids,
            Executor workers) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.callerPolicies = callerPolicies;
        this.tokens = tokens;
        this.ids = ids;
        this.workers = workers;
    }

    GetWebIdentityTokenResponse getWebIdentityToken(GetWebIdentityTokenRequest input, CallContext call) {
        String algorithm = Objects.requireNonNull(input.signingAlgorithm());
        if (!algorithm.equals("RS256") && !algorithm.equals("ES384")) {
            throw StsErrors.validation("1 validation error detected: Value '" + algorithm
                    + "' at 'signingAlgorithm' failed to satisfy constraint: Member must be one of RS256, ES384");
        }
        IamAccount account = accounts.of(call.caller().account());
        String issuer = account.locked(() -> {
            if (!account.outboundFederation()) {
                throw OutboundWebIdentityFederationDisabledException.of(
                        "Outbound web identity federation is disabled for this account.");
            }
            return OutboundIssuer.url(account, call);
        });
        Instant now = call.receivedAt();
        Duration duration =
                input.durationSeconds() == null ? DURATION_DEFAULT : Duration.ofSeconds(input.durationSeconds());
        Instant expiration = Instant.ofEpochSecond(now.plus(duration).getEpochSecond());
        sessions.find(call.caller().accessKeyId())
                .filter(s -> expiration.isAfter(s.expiration()))
                .ifPresent(s -> {
                    throw SessionDurationEscalationException.of(
                            "The requested token duration would extend the session beyond its original expiration time.");
                });
        JWTClaimsSet claims = claims(input, call, issuer, now, expiration);
        if (claims.toString().length() > PAYLOAD_BYTES_MAX) {
            throw JWTPayloadSizeExceededException.of(
                    "The requested token payload size exceeds the maximum allowed size.");
        }
        return GetWebIdentityTokenResponse.builder()
                .webIdentityToken(tokens.sign(algorithm, claims))
                .expiration(expiration)
                .build();
    }

    private JWTClaimsSet claims(
            GetWebIdentityTokenRequest input, CallContext call, String issuer, Instant now, Instant expiration) {
        String principal = callerPolicies.subject(call.caller()).issuerArn();
        Map<String, Object> aws = new LinkedHashMap<>();
        aws.put("aws_account", call.caller().account().id());
        aws.put("source_region", call.region().id());
        aws.put("principal_id", principal);
        if (!call.caller().sessionTags().isEmpty()) {
            aws.put("principal_tags", call.caller().sessionTags());
        }
        Map<String, String> tags = SessionTags.of(input.tags());
        if (!tags.isEmpty()) {
            aws.put("request_tags", tags);
        }
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject(principal)
                .audience(input.audience())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(expiration))
                .jwtID(ids.uuid())
                .claim("https://sts.amazonaws.com/", aws)
                .build();
    }

    // ---- the issuer's documents ---------------------------------------------------------------------------------

    List<HttpRoute> routes() {
        return List.of(
                HttpRoute.get(OutboundIssuer.PATH + "{issuer}/.well-known/openid-configuration", this::configuration),
                HttpRoute.get(OutboundIssuer.PATH + "{issuer}/.well-known/jwks.json", this::jwks));
    }

    private CompletionStage<HttpResponse> configuration(
            HttpRequest request, Map<String, String> labels, CallContext call) {
        String id = labels.getOrDefault("issuer", "");
        if (!isIssuer(id)) {
            return CompletableFuture.completedFuture(HttpResponse.json(404, "{\"message\":\"no such issuer\"}"));
        }
        String issuer = call.endpoint() + OutboundIssuer.PATH + id;
        return CompletableFuture.completedFuture(HttpResponse.json(
                200,
                "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + issuer + "/.well-known/jwks.json\","
                        + "\"response_types_supported\":[\"id_token\"],\"subject_types_supported\":[\"public\"],"
                        + "\"id_token_signing_alg_values_supported\":[\"RS256\",\"ES384\"]}"));
    }

    private CompletionStage<HttpResponse> jwks(HttpRequest request, Map<String, String> labels, CallContext call) {
        if (!isIssuer(labels.getOrDefault("issuer", ""))) {
            return CompletableFuture.completedFuture(HttpResponse.json(404, "{\"message\":\"no such issuer\"}"));
        }
        return CompletableFuture.supplyAsync(() -> HttpResponse.json(200, tokens.allKeys()), workers);
    }

    /** The keys of an issuer that is one of ours, found by the end of its URL. */
    java.util.Optional<String> keysOf(String issuer) {
        int at = issuer.indexOf(OutboundIssuer.PATH);
        return at >= 0 && isIssuer(issuer.substring(at + OutboundIssuer.PATH.length()))
                ? java.util.Optional.of(tokens.keysInUse())
                : java.util.Optional.empty();
    }

    private boolean isIssuer(String id) {
        return accounts.all().stream()
                .anyMatch(a -> a.locked(
                        () -> a.outboundFederation() && a.outboundIssuer().equals(id)));
    }
}
