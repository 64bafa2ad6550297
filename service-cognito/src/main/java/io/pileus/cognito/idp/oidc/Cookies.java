package io.pileus.cognito.idp.oidc;

import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** The cookies of the pages: who is signed in, which device the browser is, and the token against forged forms. */
final class Cookies {
    static final String CSRF = "XSRF-TOKEN";

    private Cookies() {}

    /** The session's cookie: in AWS each pool has a host of its own, here they share one. */
    static String session(UserPool pool) {
        return "cognito-" + pool.id();
    }

    /** The cookie of a browser that is a device of a user's. */
    static String device(User user) {
        return "cognito-device-" + user.sub();
    }

    static Optional<String> get(HttpRequest request, String name) {
        String header = request.header("cookie");
        if (header == null) {
            return Optional.empty();
        }
        for (String pair : header.split(";")) {
            String trimmed = pair.trim();
            if (trimmed.startsWith(name + "=")) {
                return Optional.of(trimmed.substring(name.length() + 1)).filter(v -> !v.isEmpty());
            }
        }
        return Optional.empty();
    }

    /** Sets a cookie until the browser is closed. */
    static HttpResponse set(HttpResponse response, String name, String value, HttpRequest request) {
        return set(response, name + "=" + value + "; Path=/", request);
    }

    static HttpResponse set(HttpResponse response, String name, String value, Duration validity, HttpRequest request) {
        return set(response, name + "=" + value + "; Path=/; Max-Age=" + validity.toSeconds(), request);
    }

    private static HttpResponse set(HttpResponse response, String cookie, HttpRequest request) {
        String secure = request.scheme().equals("https") ? "; Secure" : "";
        response.headers().add("Set-Cookie", cookie + "; HttpOnly; SameSite=Lax" + secure);
        return response;
    }

    static HttpResponse clear(HttpResponse response, String name) {
        response.headers().add("Set-Cookie", name + "=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
        return response;
    }
}
