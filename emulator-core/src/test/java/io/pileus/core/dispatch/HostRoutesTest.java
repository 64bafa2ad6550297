package io.pileus.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import io.pileus.core.service.HostRoute;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HostRoutesTest {
    private final HostRoutes routes = new HostRoutes(List.of(new HostRoute(
            "lambda-url", (request, labels, call) -> CompletableFuture.completedStage(HttpResponse.empty(200)))));

    private @Nullable String id(String host) {
        HttpRoutes.Match match =
                routes.match(new HttpRequest("GET", "/", "", "http", host, new Headers(), Payload.EMPTY, null));
        return match == null ? null : match.labels().get("id");
    }

    @Test
    void aHostIsItsEndpointsWhenItsSecondPartSaysSo() {
        assertThat(id("abc123.lambda-url.us-east-1.localhost.localstack.cloud:4566"))
                .isEqualTo("abc123");
        assertThat(id("ABC.LAMBDA-URL.us-east-1.on.aws")).isEqualTo("abc");
    }

    @Test
    void anIdMayHaveDotsAndALabelItsRegion() {
        assertThat(id("www.example.com.lambda-url.localhost:4566")).isEqualTo("www.example.com");
        assertThat(id("abc.lambda-url-us-east-1.amazonaws.com")).isEqualTo("abc");
    }

    @Test
    void otherHostsAreNot() {
        assertThat(id("localhost:4566")).isNull();
        assertThat(id("lambda.us-east-1.amazonaws.com")).isNull();
        assertThat(id("abc.lambda-urls.us-east-1.localhost")).isNull();
        assertThat(id("abc.lambda-url")).isNull();
        assertThat(id(".lambda-url.us-east-1.localhost")).isNull();
        assertThat(id("127.0.0.1:4566")).isNull();
        assertThat(id("")).isNull();
    }
}
