package io.pileus.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests to Cognito: signing in, and what services and browsers ask about tokens. */
final class CognitoRequests {
    private static final String PASSWORD = "Passw0rd!";
    private static final String CALLBACK = "https://app.example.com/callback";

    private CognitoRequests() {}

    /** A pool with a client and a user. */
    record Pool(int port, String id, String client) {}

    static Pool newPool(int port) throws IOException {
        String pool = Requests.member(
                "Id", Requests.awaitAnswer(port, request(port, "CreateUserPool", "{\"PoolName\":\"load\"}")));
        String client = Requests.member(
                "ClientId",
                Requests.awaitAnswer(
                        port,
                        request(
                                port,
                                "CreateUserPoolClient",
                                "{\"UserPoolId\":\"" + pool + "\",\"ClientName\":\"load\","
                                        + "\"ExplicitAuthFlows\":[\"ALLOW_USER_PASSWORD_AUTH\",\"ALLOW_USER_SRP_AUTH\"],"
                                        + "\"AllowedOAuthFlowsUserPoolClient\":true,\"AllowedOAuthFlows\":[\"implicit\"],"
                                        + "\"AllowedOAuthScopes\":[\"openid\",\"email\"],\"CallbackURLs\":[\""
                                        + CALLBACK
                                        + "\"],\"SupportedIdentityProviders\":[\"COGNITO\"]}")));
        Requests.awaitAnswer(
                port,
                request(
                        port,
                        "AdminCreateUser",
                        "{\"UserPoolId\":\"" + pool + "\",\"Username\":\"alice\",\"MessageAction\":\"SUPPRESS\","
                                + "\"UserAttributes\":[{\"Name\":\"email\",\"Value\":\"alice@example.com\"}]}"));
        Requests.awaitAnswer(
                port,
                request(
                        port,
                        "AdminSetUserPassword",
                        "{\"UserPoolId\":\"" + pool + "\",\"Username\":\"alice\",\"Password\":\"" + PASSWORD
                                + "\",\"Permanent\":true}"));
        return new Pool(port, pool, client);
    }

    static byte[] initiateAuth(Pool pool) {
        return request(
                pool.port(),
                "InitiateAuth",
                "{\"ClientId\":\"" + pool.client() + "\",\"AuthFlow\":\"USER_PASSWORD_AUTH\","
                        + "\"AuthParameters\":{\"USERNAME\":\"alice\",\"PASSWORD\":\"" + PASSWORD + "\"}}");
    }

    static byte[] getUser(Pool pool) throws IOException {
        String token = Requests.member("AccessToken", Requests.awaitAnswer(pool.port(), initiateAuth(pool)));
        return request(pool.port(), "GetUser", "{\"AccessToken\":\"" + token + "\"}");
    }

    static byte[] adminGetUser(Pool pool) {
        return request(pool.port(), "AdminGetUser", "{\"UserPoolId\":\"" + pool.id() + "\",\"Username\":\"alice\"}");
    }

    static byte[] keySet(Pool pool) {
        return get(pool.port(), "/" + pool.id() + "/.well-known/jwks.json", "");
    }

    /** Signs in on the hosted page, which gives a token that has the scope {@code openid}. */
    static byte[] userInfo(Pool pool) throws IOException {
        String page = "http://localhost:" + pool.port() + "/login?response_type=token&scope=openid+email&client_id="
                + pool.client() + "&redirect_uri=" + URLEncoder.encode(CALLBACK, StandardCharsets.UTF_8);
        try (HttpClient browser = HttpClient.newHttpClient()) {
            HttpResponse<String> form = browser.send(
                    HttpRequest.newBuilder(URI.create(page)).build(), HttpResponse.BodyHandlers.ofString());
            String cookie =
                    form.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
            String csrf = found("name=\"_csrf\" value=\"([^\"]+)\"", form.body());
            HttpResponse<String> signedIn = browser.send(
                    HttpRequest.newBuilder(URI.create(page))
                            .header("Cookie", cookie)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString("username=alice&password="
                                    + URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8) + "&_csrf=" + csrf))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            String token = found(
                    "access_token=([^&]+)",
                    signedIn.headers().firstValue("location").orElseThrow());
            return get(pool.port(), "/oauth2/userInfo", "Authorization: Bearer " + token + "\r\n");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String found(String pattern, String text) throws IOException {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new IOException("no " + pattern + " in " + text);
        }
        return matcher.group(1);
    }

    private static byte[] get(int port, String path, String headers) {
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nAccept: */*\r\n" + headers
                        + "User-Agent: load\r\nConnection: Keep-Alive\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] request(int port, String operation, String body) {
        return Requests.request(
                port,
                "cognito-idp",
                "application/x-amz-json-1.1",
                "AWSCognitoIdentityProviderService." + operation,
                body);
    }
}
