package io.pileus.cognito.idp;

import io.pileus.cognito.identity.CognitoIdentityService;
import io.pileus.cognito.idp.oidc.CognitoRoutes;
import io.pileus.cognito.idp.oidc.PagesState;
import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import io.pileus.core.service.HttpRoute;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser on the OAuth2 pages: keeps cookies, follows redirects within the pages, fills in the form that it sees. */
final class HostedBrowser {
    private static final Pattern FORM = Pattern.compile("<form method=\"post\" action=\"([^\"]*)\">");
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");

    private final Cognito cognito;
    private final CognitoRoutes routes;
    private final Map<String, String> cookies;

    /** The page that is shown. */
    String page = "";

    /** Where the pages have sent the browser away to; empty while it is on them. */
    String left = "";

    HostedBrowser(Cognito cognito) {
        this(cognito, new PagesState(cognito.service.realm()), Map.of());
    }

    /** A browser that has cookies already, as after a restart of the emulator. */
    HostedBrowser(Cognito cognito, PagesState state, Map<String, String> cookies) {
        this.cognito = cognito;
        this.cookies = new TreeMap<>(cookies);
        this.routes = new CognitoRoutes(
                cognito.service,
                new CognitoIdentityService(cognito.service.realm(), cognito.service.accessTokens()),
                state);
    }

    Map<String, String> cookies() {
        return Map.copyOf(cookies);
    }

    void open(String target) {
        left = "";
        take(send("GET", target, ""));
    }

    /** Sends the form that is shown, with its hidden fields as they are unless they are given too. */
    void submit(Map<String, String> fields) {
        Map<String, String> values = new LinkedHashMap<>();
        Matcher hidden = HIDDEN.matcher(page);
        while (hidden.find()) {
            values.put(unescape(hidden.group(1)), unescape(hidden.group(2)));
        }
        values.putAll(fields);
        StringBuilder body = new StringBuilder();
        values.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        Matcher form = FORM.matcher(page);
        if (!form.find()) {
            throw new AssertionError("no form on " + page);
        }
        take(send("POST", unescape(form.group(1)), body.toString()));
    }

    /** Sends a form of another site's, as an identity provider makes the browser do. */
    void post(String target, Map<String, String> fields) {
        left = "";
        StringBuilder body = new StringBuilder();
        fields.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        take(send("POST", target, body.toString()));
    }

    private void take(HttpResponse response) {
        for (String cookie : response.headers().all("Set-Cookie")) {
            String[] pair = cookie.substring(0, cookie.indexOf(';')).split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        String location = response.headers().get("Location");
        if (location == null) {
            page = new String(
                    ((HttpResponse.Complete) response.body()).payload().bytes(), StandardCharsets.UTF_8);
        } else if (location.startsWith("/")) {
            take(send("GET", location, ""));
        } else {
            page = "";
            left = location;
        }
    }

    private HttpResponse send(String method, String target, String body) {
        StringBuilder cookie = new StringBuilder();
        cookies.forEach((name, value) -> cookie.append(cookie.isEmpty() ? "" : "; ")
                .append(name)
                .append('=')
                .append(value));
        return send(method, target, Headers.of("Cookie", cookie.toString()), body);
    }

    /** A request as a program makes it: with its own headers and no cookies. */
    HttpResponse send(String method, String target, Headers headers, String body) {
        URI uri = URI.create("http://localhost:4566" + target);
        HttpRequest request = new HttpRequest(
                method,
                uri.getRawPath(),
                uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                "http",
                "localhost:4566",
                headers,
                Payload.ofUtf8(body),
                null);
        for (HttpRoute route : routes.all()) {
            if (route.methods().contains(method) && route.template().equals(uri.getRawPath())) {
                return route.endpoint()
                        .handle(request, Map.of(), cognito.call())
                        .toCompletableFuture()
                        .join();
            }
        }
        throw new AssertionError("no route for " + target);
    }

    private static String unescape(String text) {
        return text.replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
