package io.pileus.it.cognito;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody at the OAuth2 pages: keeps cookies, and follows redirects until one leads to the application. */
final class PagesBrowser {
    private static final Pattern ACTION = Pattern.compile("action=\"([^\"]*)\"");
    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]*)\"");

    private final URI base;
    private final String application;
    private final HttpClient http =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    /** @param application how the addresses of the application begin */
    PagesBrowser(URI base, String application) {
        this.base = base;
        this.application = application;
    }

    HttpResponse<String> open(String url) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(base.resolve(url)).build());
    }

    HttpResponse<String> post(String url, Map<String, String> form) throws IOException, InterruptedException {
        StringBuilder body = new StringBuilder();
        form.forEach((name, value) -> body.append(body.isEmpty() ? "" : "&")
                .append(encode(name))
                .append('=')
                .append(encode(value)));
        return send(HttpRequest.newBuilder(base.resolve(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        String location = location(response);
        return location.isEmpty() || location.startsWith(application) ? response : open(location);
    }

    /** Where a response leads; empty where it is a page. */
    static String location(HttpResponse<String> response) {
        return response.headers().firstValue("location").orElse("");
    }

    /** Fills in the page for signing in; answers where it leads. */
    String signIn(HttpResponse<String> page, String username, String password)
            throws IOException, InterruptedException {
        Matcher action = ACTION.matcher(page.body());
        Matcher csrf = CSRF.matcher(page.body());
        assertThat(action.find() && csrf.find()).as(page.body()).isTrue();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("_csrf", csrf.group(1));
        form.put("username", username);
        form.put("password", password);
        return location(post(action.group(1).replace("&amp;", "&"), form));
    }
}
