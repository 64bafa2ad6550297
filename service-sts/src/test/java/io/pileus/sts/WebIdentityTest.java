package io.pileus.sts;

import static io.pileus.sts.Identity.ACCOUNT;
import static io.pileus.sts.Identity.OTHER_ACCOUNT;
import static io.pileus.sts.Identity.trusting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.pileus.core.port.TokenIssuers;
import io.pileus.core.service.AwsException;
import io.pileus.iam.model.CreateOpenIDConnectProviderRequest;
import io.pileus.iam.model.EnableOutboundWebIdentityFederationRequest;
import io.pileus.sts.model.*;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WebIdentityTest {
    private static final String POOL = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_abc";
    private static RSAKey key;
    private static RSAKey otherKey;

    private final Identity identity = new Identity();

    @BeforeAll
    static void makeKeys() throws Exception {
        key = new RSAKeyGenerator(2048).keyID("1").generate();
        otherKey = new RSAKeyGenerator(2048).keyID("1").generate();
    }

    private String aRoleForThePool() {
        TokenIssuers pools = issuer ->
                issuer.equals(POOL) ? Optional.of(new JWKSet(key.toPublicJWK()).toString()) : Optional.empty();
        identity.env.ports().provide(TokenIssuers.class, pools);
        String provider = identity.iam
                .createOpenIDConnectProvider(
                        CreateOpenIDConnectProviderRequest.builder()
                                .url(POOL)
                                .clientIDList(List.of("app"))
                                .build(),
                        identity.root())
                .openIDConnectProviderArn();
        return identity.aRole(
                ACCOUNT,
                "web",
                trusting(
                        "{\"Federated\":\"" + provider + "\"}",
                        "sts:AssumeRoleWithWebIdentity",
                        ",\"Condition\":{\"StringEquals\":{\"cognito-idp.us-east-1.amazonaws.com/us-east-1_abc:sub\":\"alice\"}}"));
    }

    private JWTClaimsSet.Builder claims(String subject) {
        return new JWTClaimsSet.Builder()
                .issuer(POOL)
                .subject(subject)
                .audience("app")
                .issueTime(Date.from(identity.env.now()))
                .expirationTime(Date.from(identity.env.now().plus(Duration.ofHours(1))));
    }

    private static String signed(JWTClaimsSet claims, RSAKey with) throws Exception {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("1").build(), claims);
        jwt.sign(new RSASSASigner(with));
        return jwt.serialize();
    }

    private AssumeRoleWithWebIdentityResponse assume(String role, String token) {
        try {
            return identity.sts
                    .assumeRoleWithWebIdentity(
                            AssumeRoleWithWebIdentityRequest.builder()
                                    .roleArn(role)
                                    .roleSessionName("web")
                                    .webIdentityToken(token)
                                    .build(),
                            identity.rootOf("000000000000"))
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw (AwsException) e.getCause();
        }
    }

    private String codeOf(String role, String token) {
        return catchThrowableOfType(AwsException.class, () -> assume(role, token))
                .queryCode();
    }

    @Test
    void aTokenOfARegisteredProviderTakesOnTheRole() throws Exception {
        String role = aRoleForThePool();

        AssumeRoleWithWebIdentityResponse answer =
                assume(role, signed(claims("alice").build(), key));

        assertThat(answer.subjectFromWebIdentityToken()).isEqualTo("alice");
        assertThat(answer.audience()).isEqualTo("app");
        assertThat(identity.as(answer.credentials()).caller().principalArn())
                .isEqualTo("arn:aws:sts::" + ACCOUNT + ":assumed-role/web/web");
    }

    @Test
    void whatDoesNotHoldIsRefusedWithTheDocumentedCode() throws Exception {
        String role = aRoleForThePool();

        assertThat(codeOf(role, signed(claims("eve").build(), key))).isEqualTo("AccessDenied");
        assertThat(codeOf(role, signed(claims("alice").build(), otherKey))).isEqualTo("InvalidIdentityToken");
        assertThat(codeOf(role, signed(claims("alice").audience("x").build(), key)))
                .isEqualTo("InvalidIdentityToken");
        assertThat(codeOf(role, "not.a.jwt")).isEqualTo("InvalidIdentityToken");
        assertThat(codeOf(
                        role,
                        signed(
                                claims("alice")
                                        .issuer("https://elsewhere.example")
                                        .build(),
                                key)))
                .isEqualTo("InvalidIdentityToken");
        String token = signed(claims("alice").build(), key);
        identity.env.advance(Duration.ofHours(1));
        assertThat(codeOf(role, token)).isEqualTo("ExpiredTokenException");
    }

    @Test
    void ourOwnTokensAreVerifiableAndTakeOnRolesElsewhere() throws Exception {
        GetWebIdentityTokenRequest request = GetWebIdentityTokenRequest.builder()
                .audience(List.of("partner"))
                .signingAlgorithm("ES384")
                .build();
        Identity.refused(() -> identity.sts.getWebIdentityToken(request, identity.root()))
                .satisfies(e -> assertThat(e.queryCode()).startsWith("OutboundWebIdentityFederationDisabled"));
        String issuer = identity.iam
                .enableOutboundWebIdentityFederation(
                        EnableOutboundWebIdentityFederationRequest.builder().build(), identity.root())
                .issuerIdentifier();
        String provider = identity.iam
                .createOpenIDConnectProvider(
                        CreateOpenIDConnectProviderRequest.builder()
                                .url(issuer)
                                .clientIDList(List.of("partner"))
                                .build(),
                        identity.rootOf(OTHER_ACCOUNT))
                .openIDConnectProviderArn();
        String role = identity.aRole(
                OTHER_ACCOUNT,
                "partner",
                trusting("{\"Federated\":\"" + provider + "\"}", "sts:AssumeRoleWithWebIdentity", ""));

        GetWebIdentityTokenResponse token = identity.sts.getWebIdentityToken(request, identity.root());

        JWTClaimsSet claims = SignedJWT.parse(token.webIdentityToken()).getJWTClaimsSet();
        assertThat(claims.getSubject()).isEqualTo("arn:aws:iam::" + ACCOUNT + ":root");
        assertThat(claims.getIssuer()).isEqualTo(issuer);
        assertThat(token.expiration()).isEqualTo(identity.env.now().plusSeconds(300));
        assertThat(assume(role, token.webIdentityToken()).credentials()).isNotNull();
    }

    @Test
    void anIssuerOutOfReachIsACommunicationError() throws Exception {
        identity.iam.createOpenIDConnectProvider(
                CreateOpenIDConnectProviderRequest.builder()
                        .url("http://127.0.0.1:1/none")
                        .clientIDList(List.of("app"))
                        .build(),
                identity.root());
        String role = "arn:aws:iam::" + ACCOUNT + ":role/web";

        assertThat(codeOf(
                        role,
                        signed(claims("alice").issuer("http://127.0.0.1:1/none").build(), key)))
                .isEqualTo("IDPCommunicationError");
    }

    @Test
    void theKeysOfARegisteredProviderAreFetchedFromIt() throws Exception {
        HttpServer provider = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        String issuer = "http://127.0.0.1:" + provider.getAddress().getPort() + "/realm";
        serve(
                provider,
                "/realm/.well-known/openid-configuration",
                "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + issuer + "/keys\"}");
        serve(provider, "/realm/keys", new JWKSet(key.toPublicJWK()).toString());
        provider.start();
        try {
            String arn = identity.iam
                    .createOpenIDConnectProvider(
                            CreateOpenIDConnectProviderRequest.builder()
                                    .url(issuer)
                                    .clientIDList(List.of("app"))
                                    .build(),
                            identity.root())
                    .openIDConnectProviderArn();
            String role = identity.aRole(
                    ACCOUNT, "web", trusting("{\"Federated\":\"" + arn + "\"}", "sts:AssumeRoleWithWebIdentity", ""));

            AssumeRoleWithWebIdentityResponse answer =
                    assume(role, signed(claims("alice").issuer(issuer).build(), key));

            assertThat(answer.provider()).isEqualTo(arn);
            assertThat(answer.subjectFromWebIdentityToken()).isEqualTo("alice");
            assertThat(codeOf(role, signed(claims("alice").issuer(issuer).build(), otherKey)))
                    .isEqualTo("InvalidIdentityToken");
        } finally {
            provider.stop(0);
        }
    }

    private static void serve(HttpServer server, String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }
}
