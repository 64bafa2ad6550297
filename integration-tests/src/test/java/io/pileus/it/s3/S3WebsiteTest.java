package io.pileus.it.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Protocol;
import software.amazon.awssdk.services.s3.model.RoutingRule;
import software.amazon.awssdk.services.s3.model.WebsiteConfiguration;

/** What browsers see of a bucket that is a website. */
class S3WebsiteTest {
    private static final String HOST = "www.example.com.s3-website.localhost.localstack.cloud:4566";
    private final S3Server server = S3Server.byHand();
    private final S3Client s3 = server.client();

    @BeforeEach
    void publish() {
        s3.createBucket(b -> b.bucket("www.example.com"));
        put("index.html", "<h1>home</h1>");
        put("docs/index.html", "<h1>docs</h1>");
        put("error.html", "<h1>oops</h1>");
        configure(WebsiteConfiguration.builder().build());
    }

    @AfterEach
    void stop() {
        s3.close();
        server.close();
    }

    private void put(String key, String text) {
        s3.putObject(b -> b.bucket("www.example.com").key(key).contentType("text/html"), RequestBody.fromString(text));
    }

    /** An index document, and what else there is. */
    private void configure(WebsiteConfiguration more) {
        s3.putBucketWebsite(b -> b.bucket("www.example.com")
                .websiteConfiguration(more.toBuilder()
                        .indexDocument(i -> i.suffix("index.html"))
                        .build()));
    }

    /** An answer: its first line and headers in one text, and its body. */
    private record Answer(String head, String body) {
        boolean is(int status) {
            return head.startsWith("HTTP/1.1 " + status + " ");
        }

        String header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ": "))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElse("");
        }
    }

    /** Over a socket, for the JDK's client does not let the Host header be said. */
    private Answer ask(String method, String host, String path, String... headers) throws IOException {
        try (Socket socket = new Socket("localhost", server.pileus.endpoint().getPort())) {
            String request = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n"
                    + String.join("", headers) + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String[] parts = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\r\n\r\n", 2);
            return new Answer(parts[0], parts[1]);
        }
    }

    private Answer get(String path, String... headers) throws IOException {
        return ask("GET", HOST, path, headers);
    }

    @Test
    void foldersShowTheirIndexDocuments() throws IOException {
        Answer home = get("/");
        assertThat(home.is(200)).as(home.head()).isTrue();
        assertThat(home.body()).isEqualTo("<h1>home</h1>");
        assertThat(home.header("content-type")).isEqualTo("text/html");
        assertThat(get("/docs/").body()).isEqualTo("<h1>docs</h1>");
        assertThat(get("/docs/index.html").body()).isEqualTo("<h1>docs</h1>");

        Answer folder = get("/docs");
        assertThat(folder.is(302)).as(folder.head()).isTrue();
        assertThat(folder.header("location")).isEqualTo("/docs/");
        assertThat(folder.header("x-amz-error-code")).isEqualTo("Found");
    }

    @Test
    void pagesAreReadAsObjectsAre() throws IOException {
        String tag = get("/").header("etag");
        assertThat(get("/", "If-None-Match: " + tag + "\r\n").is(304)).isTrue();
        Answer part = get("/", "Range: bytes=4-7\r\n");
        assertThat(part.is(206)).isTrue();
        assertThat(part.body()).isEqualTo("home");
        Answer head = ask("HEAD", HOST, "/");
        assertThat(head.header("content-length")).isEqualTo("13");
        assertThat(head.body()).isEmpty();
    }

    /** Word for word an answer of S3, but for its ids. */
    @Test
    void whatIsMissingIsShownAsAPage() throws IOException {
        Answer missing = get("/reset%20password?x=1");
        assertThat(missing.is(404)).as(missing.head()).isTrue();
        assertThat(missing.header("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(missing.header("x-amz-error-code")).isEqualTo("NoSuchKey");
        assertThat(missing.header("x-amz-error-message")).isEqualTo("The specified key does not exist.");
        assertThat(missing.header("x-amz-error-detail-key")).isEqualTo("reset password");
        assertThat(missing.body())
                .isEqualTo("""
                        <html>
                        <head><title>404 Not Found</title></head>
                        <body>
                        <h1>404 Not Found</h1>
                        <ul>
                        <li>Code: NoSuchKey</li>
                        <li>Message: The specified key does not exist.</li>
                        <li>Key: reset password</li>
                        <li>RequestId: %s</li>
                        <li>HostId: %s</li>
                        </ul>
                        <hr/>
                        </body>
                        </html>
                        """.formatted(missing.header("x-amz-request-id"), missing.header("x-amz-id-2")));
        assertThat(get("/none/").header("x-amz-error-detail-key")).isEqualTo("none/index.html");
        assertThat(get("/%3Cscript%3E%0D%0A").body()).contains("<li>Key: &lt;script&gt;\r\n</li>");
    }

    @Test
    void anErrorDocumentTakesThePagesPlace() throws IOException {
        configure(WebsiteConfiguration.builder()
                .errorDocument(e -> e.key("error.html"))
                .build());
        Answer missing = get("/none", "Range: bytes=0-1\r\n");
        assertThat(missing.is(404)).as(missing.head()).isTrue();
        assertThat(missing.body()).isEqualTo("<h1>oops</h1>");
        assertThat(missing.header("x-amz-error-code")).isEqualTo("NoSuchKey");

        s3.deleteObject(b -> b.bucket("www.example.com").key("error.html"));
        assertThat(get("/none").body()).contains("""
                        </ul>
                        <h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>
                        <ul>
                        <li>Code: NoSuchKey</li>
                        <li>Message: The specified key does not exist.</li>
                        <li>Key: error.html</li>
                        </ul>
                        <hr/>
                        """);
    }

    @Test
    void objectsAndRulesRedirect() throws IOException {
        s3.putObject(
                b -> b.bucket("www.example.com").key("old.html").websiteRedirectLocation("/new.html"),
                RequestBody.empty());
        assertThat(get("/old.html").is(301)).isTrue();
        assertThat(get("/old.html").header("location")).isEqualTo("/new.html");

        configure(WebsiteConfiguration.builder()
                .routingRules(
                        RoutingRule.builder()
                                .condition(c -> c.keyPrefixEquals("docs/"))
                                .redirect(r -> r.replaceKeyPrefixWith("documents/"))
                                .build(),
                        RoutingRule.builder()
                                .condition(c -> c.httpErrorCodeReturnedEquals("404"))
                                .redirect(r -> r.hostName("example.org")
                                        .protocol(Protocol.HTTPS)
                                        .replaceKeyWith("search me.html")
                                        .httpRedirectCode("307"))
                                .build())
                .build());
        Answer renamed = get("/docs/a%20b.html");
        assertThat(renamed.is(301)).isTrue();
        assertThat(renamed.header("location")).isEqualTo("http://" + HOST + "/documents/a%20b.html");
        Answer missing = get("/none");
        assertThat(missing.is(307)).isTrue();
        assertThat(missing.header("location")).isEqualTo("https://example.org/search%20me.html");
        assertThat(get("/").is(200)).isTrue();
    }

    @Test
    void aBucketMayRedirectEverything() throws IOException {
        s3.putBucketWebsite(b -> b.bucket("www.example.com")
                .websiteConfiguration(w -> w.redirectAllRequestsTo(r -> r.hostName("example.com"))));
        Answer answer = get("/docs/?q=1");
        assertThat(answer.is(301)).isTrue();
        assertThat(answer.header("location")).isEqualTo("http://example.com/docs/?q=1");
    }

    @Test
    void whatIsNoWebsiteSaysSo() throws IOException {
        assertThat(ask("GET", "none.s3-website-us-east-1.amazonaws.com", "/").body())
                .contains("<li>Code: NoSuchBucket</li>", "<li>BucketName: none</li>");
        s3.createBucket(b -> b.bucket("plain"));
        assertThat(ask("GET", "plain.s3-website-us-east-1.amazonaws.com", "/").body())
                .contains("<li>Code: NoSuchWebsiteConfiguration</li>", "<li>BucketName: plain</li>");
        Answer elsewhere = ask("GET", "www.example.com.s3-website.eu-west-1.amazonaws.com", "/");
        assertThat(elsewhere.is(400)).isTrue();
        assertThat(elsewhere.body())
                .contains(
                        "<li>Code: IncorrectEndpoint</li>",
                        "<li>Endpoint: www.example.com.s3-website-us-east-1.amazonaws.com</li>");
        Answer post = ask("POST", HOST, "/");
        assertThat(post.is(405)).isTrue();
        assertThat(post.body()).contains("<li>Method: POST</li>", "<li>ResourceType: OBJECT</li>");
    }
}
