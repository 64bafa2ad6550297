package io.pileus.sts;

import static io.pileus.sts.Identity.ACCOUNT;
import static io.pileus.sts.Identity.refused;
import static io.pileus.sts.Identity.trusting;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import io.pileus.core.service.HttpRoute;
import io.pileus.iam.model.CreateOpenIDConnectProviderRequest;
import io.pileus.sts.model.AssumeRoleWithWebIdentityRequest;
import io.pileus.sts.model.GetDelegatedAccessTokenRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeveloperEndpointsTest {
    private final Identity identity = new Identity();

    private HttpResponse send(String method, String path, String query, String body) {
        HttpRoute route = identity.service.routes().stream()
                .filter(r -> r.template().equals(path))
                .findFirst()
                .orElseThrow();
        Payload payload = Payload.of(body.getBytes(StandardCharsets.UTF_8));
        return route.endpoint()
                .handle(
                        new HttpRequest(method, path, query, "http", "localhost", new Headers(), payload, null),
                        Map.of(),
                        identity.root())
                .toCompletableFuture()
                .join();
    }

    private static JsonNode json(HttpResponse response) throws IOException {
        return new ObjectMapper()
                .readTree(((HttpResponse.Complete) response.body()).payload().open());
    }

    @Test
    void keysOfAnIssuerOutOfReachCanBeSupplied() throws Exception {
        String issuer = "https://token.actions.example";
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("k").generate();
        String provider = identity.iam
                .createOpenIDConnectProvider(
                        CreateOpenIDConnectProviderRequest.builder()
                                .url(issuer)
                                .clientIDList(List.of("sts.amazonaws.com"))
                                .build(),
                        identity.root())
                .openIDConnectProviderArn();
        String role = identity.aRole(
                ACCOUNT, "ci", trusting("{\"Federated\":\"" + provider + "\"}", "sts:AssumeRoleWithWebIdentity", ""));
        String keys = new JWKSet(key.toPublicJWK()).toString();

        assertThat(send("PUT", "/_pileus/iam/oidc-keys", "issuer=" + issuer, "no keys")
                        .status())
                .isEqualTo(400);
        assertThat(send("PUT", "/_pileus/iam/oidc-keys", "issuer=" + issuer, keys)
                        .status())
                .isEqualTo(200);

        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k").build(),
                new JWTClaimsSet.Builder()
                        .issuer(issuer)
                        .subject("repo:a/b")
                        .audience("sts.amazonaws.com")
                        .expirationTime(Date.from(identity.env.now().plusSeconds(60)))
                        .build());
        token.sign(new ECDSASigner(key));
        var answer = identity.sts
                .assumeRoleWithWebIdentity(
                        AssumeRoleWithWebIdentityRequest.builder()
                                .roleArn(role)
                                .roleSessionName("run")
                                .webIdentityToken(token.serialize())
                                .build(),
                        identity.root())
                .toCompletableFuture()
                .join();
        assertThat(answer.subjectFromWebIdentityToken()).isEqualTo("repo:a/b");
        assertThat(answer.provider()).isEqualTo(provider);
    }

    @Test
    void aTradeInTokenIsTradedInUntilItExpires() throws Exception {
        String role = "arn:aws:iam::" + ACCOUNT + ":role/partner";
        String token = json(send("POST", "/_pileus/sts/trade-in-tokens", "role=" + role, ""))
                .path("tradeInToken")
                .asText();
        GetDelegatedAccessTokenRequest request =
                GetDelegatedAccessTokenRequest.builder().tradeInToken(token).build();

        var answer = identity.sts.getDelegatedAccessToken(request, identity.root());
        assertThat(identity.as(answer.credentials()).caller().principalArn()).isEqualTo(answer.assumedPrincipal());
        identity.env.advance(Duration.ofMinutes(15));
        refused(() -> identity.sts.getDelegatedAccessToken(request, identity.root()))
                .satisfies(e -> assertThat(e.queryCode()).startsWith("ExpiredTradeInToken"));
        refused(() -> identity.sts.getDelegatedAccessToken(
                        GetDelegatedAccessTokenRequest.builder()
                                .tradeInToken("x")
                                .build(),
                        identity.root()))
                .satisfies(e -> assertThat(e.queryCode()).isEqualTo("AccessDenied"));
    }
}
