package io.pileus.core.dispatch;

import static io.pileus.core.dispatch.Requests.form;
import static io.pileus.core.dispatch.Requests.get;
import static io.pileus.core.dispatch.Requests.json;
import static io.pileus.core.dispatch.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.port.Ports;
import io.pileus.core.service.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
    private final Guard guard = new Guard(Settings.DEFAULTS, new Ports());

    private static Guard with(String name, String value) {
        return new Guard(new Settings(Map.of(name, value)), new Ports());
    }

    private static HttpRequest from(String origin) {
        return json("AmazonSQS.ListQueues", "{}", "Origin", origin);
    }

    @Test
    void programsSendNoOriginAndPass() {
        assertThat(guard.check(json("AmazonSQS.ListQueues", "{}"))).isNull();
        assertThat(guard.check(form("/", "Action=ListQueues"))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:4566",
                "https://localhost:4566",
                "http://localhost",
                "https://localhost.localstack.cloud:4566",
                "https://app.localstack.cloud",
                "file://"
            })
    void theServersOwnPagesAndKnownFrontEndsPass(String origin) {
        assertThat(guard.check(from(origin))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://localhost.evil.example",
                "http://evil.localhost.localstack.cloud.example",
                "http://localhost:3000",
                "http://evil.example:4566",
                "null",
                "garbage://%%%"
            })
    void foreignPagesAreRefused(String origin) {
        HttpResponse answer = guard.check(from(origin));

        assertThat(answer).isNotNull();
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.headers().contains("Access-Control-Allow-Origin")).isFalse();
        assertThat(guard.decorate(from(origin), answer).headers().contains("Access-Control-Allow-Origin"))
                .as("a refused page may not even read the refusal")
                .isFalse();
    }

    @Test
    void aRefererTellsWhereNoOriginDoes() {
        assertThat(guard.check(get("/?Action=ListQueues", "Referer", "https://evil.example/page?x=http://localhost")))
                .isNotNull();
        assertThat(guard.check(get("/?Action=ListQueues", "Referer", "http://localhost:4566/_console")))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/oauth2/authorize?client_id=x",
                "/_aws/cognito-idp/oauth2/authorize?client_id=x",
                "/login?client_id=x",
                "/passkeys/add?client_id=x",
                "/error?error=redirect_mismatch",
                "/logout?client_id=x",
                "/oauth2/idpresponse?code=x&state=y"
            })
    void peopleComeToCognitosPagesFromAnySite(String page) {
        assertThat(guard.check(get(page, "Referer", "https://shop.example/"))).isNull();
        assertThat(guard.decorate(get(page, "Origin", "https://shop.example"), HttpResponse.empty(200))
                        .headers()
                        .contains("Access-Control-Allow-Origin"))
                .as("its scripts see nothing")
                .isFalse();
    }

    @Test
    void aProviderSendsPeopleBackByAFormAndNobodyElseDoes() {
        assertThat(guard.check(form("/saml2/idpresponse", "SAMLResponse=x", "Origin", "https://idp.example")))
                .isNull();
        assertThat(guard.check(form("/login", "username=x", "Origin", "https://idp.example")))
                .isNotNull();
        assertThat(guard.check(form("/oauth2/token", "grant_type=x", "Origin", "https://idp.example")))
                .isNotNull();
    }

    @Test
    void frontEndsUnderDevelopmentMayCallCognitoAndNothingElse() {
        String origin = "http://localhost:3000";

        assertThat(guard.check(json("AWSCognitoIdentityProviderService.SignUp", "{}", "Origin", origin)))
                .isNull();
        assertThat(guard.check(get("/us-east-1_abc/.well-known/jwks.json", "Origin", origin)))
                .isNull();
        assertThat(guard.check(form("/oauth2/token", "grant_type=x", "Origin", origin)))
                .isNull();
        assertThat(guard.check(from(origin))).isNotNull();
    }

    @Test
    void aPreflightIsAnsweredWithWhatIsAllowed() {
        HttpResponse answer = guard.check(request(
                "OPTIONS",
                "/",
                Headers.of(
                        "Origin",
                        "http://localhost:3000",
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "x-amz-target"),
                ""));

        assertThat(answer).isNotNull();
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.headers().get("Access-Control-Allow-Origin")).isEqualTo("http://localhost:3000");
        assertThat(answer.headers().get("Access-Control-Allow-Headers")).contains("x-amz-target");
    }

    @Test
    void aForeignPreflightIsRefused() {
        HttpResponse answer = guard.check(request(
                "OPTIONS",
                "/",
                Headers.of("Origin", "https://evil.example", "Access-Control-Request-Method", "POST"),
                ""));

        assertThat(answer).isNotNull();
        assertThat(answer.status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:4566",
                "127.0.0.1:32768",
                "[::1]:4566",
                "pileus:4566",
                "sqs.eu-west-1.localhost.localstack.cloud:4566",
                "sqs.us-east-1.amazonaws.com",
                "host.docker.internal:4566",
                "pileus.ci.svc.cluster.local",
                "bucket.s3.localhost:4566"
            })
    void hostNamesThatNobodyCanPointAtUsAreGood(String host) {
        assertThat(guard.check(get("/_pileus/requests", "Host", host))).isNull();
    }

    @Test
    void aNameThatWasPointedAtThisMachineIsRefused() {
        assertThat(guard.check(get("/_pileus/requests", "Host", "evil.example:4566")))
                .isNotNull();
        assertThat(guard.check(get("/?Action=ListQueues", "Host", "evil.example:4566")))
                .isNotNull();
        assertThat(guard.check(json("AmazonSQS.A", "{}", "Host", "evil.example", "Origin", "http://evil.example")))
                .isNotNull();
        assertThat(guard.check(json("AmazonSQS.A", "{}", "Host", "emulator.company.example")))
                .isNull();
    }

    @Test
    void theUserNamesFurtherOriginsAndHosts() {
        assertThat(with("EXTRA_CORS_ALLOWED_ORIGINS", "https://a.example, https://B.example")
                        .check(from("https://b.example")))
                .isNull();
        assertThat(with("EXTRA_ALLOWED_HOSTS", "a.example").check(get("/", "Host", "x.a.example:80")))
                .isNull();
        assertThat(with("LOCALSTACK_HOST", "a.example:4566").check(get("/", "Host", "a.example")))
                .isNull();
        assertThat(with("DISABLE_CORS_CHECKS", "1").check(from("https://evil.example")))
                .isNull();
    }

    @Test
    void anAnswerToAPageCarriesItsOrigin() {
        HttpResponse answer = guard.decorate(from("http://localhost:4566"), HttpResponse.empty(200));

        assertThat(answer.headers().get("access-control-allow-origin")).isEqualTo("http://localhost:4566");
        assertThat(guard.decorate(get("/"), HttpResponse.empty(200)).headers().size())
                .isZero();
        assertThat(with("DISABLE_CORS_HEADERS", "1")
                        .decorate(from("http://localhost:4566"), HttpResponse.empty(200))
                        .headers()
                        .size())
                .isZero();
    }
}
