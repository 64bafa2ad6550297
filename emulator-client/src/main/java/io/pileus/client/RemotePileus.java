package io.pileus.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Pileus that runs somewhere, and what can be done to it beside the AWS API: move its clock, reset it, set faults, and look at
 * what is in it. Every method asks the server and throws {@link PileusException} when it refuses or does not answer. Safe for
 * concurrent use.
 */
public final class RemotePileus {
    private static final int CONNECT_MILLIS = 10_000;

    /** An advance of the clock runs all that falls due. */
    private static final int READ_MILLIS = 120_000;

    /** A zip archive with nothing but an empty script named bootstrap. */
    private static final String EMPTY_PACKAGE =
            "UEsDBBQAAAAAAAAAIVwdnfsECgAAAAoAAAAJAAAAYm9vdHN0cmFwIyEvYmluL3NoClBLAQIUAxQAAAAAAAAAIVwdnf"
                    + "sECgAAAAoAAAAJAAAAAAAAAAAAAADtAQAAAABib290c3RyYXBQSwUGAAAAAAEAAQA3AAAAMQAAAAAA";

    private final URI endpoint;

    private RemotePileus(URI endpoint) {
        this.endpoint = endpoint;
    }

    /** @param endpoint such as {@code http://localhost:4566} */
    public static RemotePileus at(URI endpoint) {
        return new RemotePileus(endpoint);
    }

    public URI endpoint() {
        return endpoint;
    }

    // ---- time -------------------------------------------------------------------------------------------------------

    public ClockState clock() {
        return ClockState.of(object(get("/_pileus/clock")));
    }

    /** Moves time forward; what falls due on the way has happened when this returns. */
    public ClockState advance(Duration by) {
        return clock(Map.of("advance", by.toString()));
    }

    /** Moves time forward to the next thing that falls due. */
    public ClockState advanceToNext() {
        return clock(Map.of("advance", "next"));
    }

    public ClockState setTo(Instant instant) {
        return clock(Map.of("set", instant.toString()));
    }

    /** Time stands still from now on. */
    public ClockState freeze() {
        return clock(Map.of("mode", "manual"));
    }

    /** Time goes on as the machine's. */
    public ClockState run() {
        return clock(Map.of("mode", "real"));
    }

    /** Time goes so many times as fast. */
    public ClockState scale(double factor) {
        return clock(Map.of("scale", factor));
    }

    private ClockState clock(Map<String, Object> change) {
        return ClockState.of(object(post("/_pileus/clock", Json.write(change))));
    }

    // ---- state ------------------------------------------------------------------------------------------------------

    /** Forgets all state of all services; faults and the clock stay. */
    public void reset() {
        post("/_pileus/reset", "{}");
    }

    /** Forgets one service's state. */
    public void reset(String service) {
        post("/_pileus/reset", Json.write(Map.of("service", service)));
    }

    /** Forgets the state of one account in all services and regions. */
    public void resetAccount(String account) {
        post("/_pileus/reset", Json.write(Map.of("account", account)));
    }

    /** What there is, by service, account and region, as JSON. */
    public String state() {
        return get("/_pileus/state");
    }

    /** What there is of one service, as JSON. */
    public String state(String service) {
        return get("/_pileus/state/" + encoded(service));
    }

    /** Keeps all state under a name, in the server's memory; one that had the name before is forgotten. */
    public void saveSnapshot(String name) {
        post("/_pileus/snapshots/" + encoded(name), "");
    }

    /** Forgets all state and puts a snapshot's in its place; the clock, faults and settings stay as they are. */
    public void loadSnapshot(String name) {
        post("/_pileus/snapshots/" + encoded(name) + "/load", "");
    }

    /** The names of the snapshots, in their order. */
    public List<String> snapshots() {
        return object(get("/_pileus/snapshots")).nodes("snapshots").stream()
                .map(snapshot -> snapshot.text("name"))
                .toList();
    }

    public void deleteSnapshot(String name) {
        send("DELETE", "/_pileus/snapshots/" + encoded(name), "", "");
    }

    /** Writes a snapshot into a file, to be carried to another server. */
    public void downloadSnapshot(String name, Path file) {
        try {
            HttpURLConnection connection = connection("GET", "/_pileus/snapshots/" + encoded(name));
            if (connection.getResponseCode() >= 400) {
                answer(connection);
            }
            try (InputStream in = connection.getInputStream()) {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (FileSystemException e) {
            throw new PileusException("the file cannot be written: " + words(e), e);
        } catch (IOException e) {
            throw new PileusException("no snapshot from " + endpoint + ": " + e.getMessage(), e);
        }
    }

    /** Gives the server a snapshot from a file; {@link #loadSnapshot} puts it in the place of all state. */
    public void uploadSnapshot(String name, Path file) {
        try {
            HttpURLConnection connection = connection("PUT", "/_pileus/snapshots/" + encoded(name));
            connection.setRequestProperty("Content-Type", "application/zip");
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(Files.size(file));
            try (OutputStream out = connection.getOutputStream()) {
                Files.copy(file, out);
            }
            answer(connection);
        } catch (FileSystemException e) {
            throw new PileusException("the file cannot be read: " + words(e), e);
        } catch (IOException e) {
            throw new PileusException("the snapshot does not reach " + endpoint + ": " + e.getMessage(), e);
        }
    }

    /** The JDK's message is the file's name alone for the commonest reasons. */
    private static String words(FileSystemException e) {
        String reason = switch (e) {
            case NoSuchFileException missing -> "no such file or folder";
            case AccessDeniedException denied -> "permission denied";
            default -> e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
        };
        return e.getFile() + ": " + reason;
    }

    /** Has the server write what changed into its directory now, where it keeps state in one. */
    public void saveState() {
        post("/_pileus/state/save", "");
    }

    // ---- what shall go wrong, and how strictly ----

    /** Sets a fault and answers with its id. */
    public String add(Fault fault) {
        return object(post("/_pileus/faults", fault.json())).text("id");
    }

    /** How many calls a fault has hit. */
    public long hits(String faultId) {
        return object(get("/_pileus/faults/" + encoded(faultId))).number("hits");
    }

    public void removeFault(String faultId) {
        send("DELETE", "/_pileus/faults/" + encoded(faultId), "", "");
    }

    public void removeFaults() {
        send("DELETE", "/_pileus/faults", "", "");
    }

    /** Whether what is not emulated is refused rather than logged. */
    public void strict(boolean on) {
        post("/_pileus/settings", Json.write(Map.of("strict", on)));
    }

    /** Whether the quotas of a service ({@code sqs}, {@code kms}, {@code kinesis}, {@code cognito-idp}) are enforced. */
    public void quotas(String service, boolean on) {
        post("/_pileus/settings", Json.write(Map.of("quotas", Map.of(service, on))));
    }

    // ---- what happened ----------------------------------------------------------------------------------------------

    /** The last requests, the newest first, with bodies. */
    public List<LoggedRequest> requests() {
        return requestsAfter(-1);
    }

    /** The requests with a greater number, the newest first, with bodies. */
    public List<LoggedRequest> requestsAfter(long number) {
        return object(get("/_pileus/requests?bodies=true&limit=2000&after=" + number)).nodes("requests").stream()
                .map(LoggedRequest::of)
                .toList();
    }

    public void forgetRequests() {
        send("DELETE", "/_pileus/requests", "", "");
    }

    /** The messages in a queue, delayed ones and those in flight included, without receiving them. */
    public List<QueueMessage> queueMessages(String queueUrl) {
        String answer = send(
                "GET",
                "/_aws/sqs/messages?ShowInvisible=true&ShowDelayed=true&QueueUrl=" + encoded(queueUrl),
                "",
                "application/x-amz-json-1.0");
        return object(answer).nodes("Messages").stream().map(QueueMessage::of).toList();
    }

    /** What Cognito sent to a user of a pool, the oldest first. */
    public List<CognitoMessage> cognitoMessages(String userPoolId, String username) {
        return object(get("/_pileus/cognito/messages?userPoolId=" + encoded(userPoolId) + "&username="
                        + encoded(username)))
                .nodes("messages")
                .stream()
                .map(CognitoMessage::of)
                .toList();
    }

    /** The last code that Cognito sent to a user of a pool. */
    public Optional<String> lastCognitoCode(String userPoolId, String username) {
        return cognitoMessages(userPoolId, username).reversed().stream()
                .map(CognitoMessage::code)
                .filter(code -> !code.isEmpty())
                .findFirst();
    }

    /** What became of the messages of an SNS topic, the oldest first. */
    public List<SnsDelivery> snsDeliveries(String topicArn) {
        return object(get("/_pileus/sns/deliveries?topicArn=" + encoded(topicArn))).nodes("deliveries").stream()
                .map(SnsDelivery::of)
                .toList();
    }

    /** The text messages that SNS would have sent for an account in a region, by number. */
    public List<TextMessage> textMessages(String account, String region) {
        Node byNumber = object(
                        get("/_aws/sns/sms-messages?accountId=" + encoded(account) + "&region=" + encoded(region)))
                .node("sms_messages");
        List<TextMessage> messages = new ArrayList<>();
        byNumber.fields()
                .keySet()
                .forEach(number -> byNumber.nodes(number.toString()).stream()
                        .map(TextMessage::of)
                        .forEach(messages::add));
        return List.copyOf(messages);
    }

    /**
     * Makes a Lambda function that has no code of its own: what it answers is {@link #scriptFunction scripted}, or computed in
     * this process. Does nothing when there is one of this name.
     */
    public void createFunction(String account, String region, String name) {
        String body = Json.write(Map.of(
                "FunctionName",
                name,
                "Role",
                "arn:aws:iam::" + account + ":role/pileus",
                "Runtime",
                "provided.al2023",
                "Handler",
                "none",
                "Code",
                Map.of("ZipFile", EMPTY_PACKAGE)));
        try {
            send("POST", "/2015-03-31/functions", body, "application/json", credential(account, region, "lambda"));
        } catch (PileusException e) {
            if (e.status() != 409) {
                throw e;
            }
        }
    }

    /** As a signature names its account and region; whether it is right is asked only where signatures are verified. */
    private static String credential(String account, String region, String service) {
        return "AWS4-HMAC-SHA256 Credential=" + account + "/20260101/" + region + "/" + service
                + "/aws4_request, SignedHeaders=host, Signature=00";
    }

    /**
     * Tells a Lambda function what to answer to its next calls, one after the other.
     *
     * @param function the function's name
     * @param resultsJson a JSON list of results; docs/services/lambda.md says what a result can be
     */
    public void scriptFunction(String function, String resultsJson) {
        post("/_pileus/lambda/" + encoded(function) + "/script", resultsJson);
    }

    /** The events that a scripted function was called with, the oldest first, each as JSON. */
    public List<String> functionEvents(String function) {
        Object events = object(get("/_pileus/lambda/" + encoded(function) + "/events"))
                .fields()
                .get("events");
        return events instanceof List<?> list ? list.stream().map(Json::write).toList() : List.of();
    }

    // ---- the way there ----------------------------------------------------------------------------------------------

    /** The services and whether they are {@code available}, {@code running} or {@code disabled}. */
    public Map<String, String> services() {
        return object(get("/_localstack/health")).texts("services");
    }

    /** What a path answers, as text. */
    public String get(String path) {
        return send("GET", path, "", "");
    }

    /** What a path answers to a JSON document. */
    public String post(String path, String json) {
        return send("POST", path, json, "application/json");
    }

    private static Node object(String json) {
        return Node.of(Json.read(json));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String send(String method, String path, String body, String contentType) {
        return send(method, path, body, contentType, "");
    }

    private String send(String method, String path, String body, String contentType, String authorization) {
        try {
            HttpURLConnection connection = connection(method, path);
            if (!contentType.isEmpty()) {
                connection.setRequestProperty("Content-Type", contentType);
            }
            if (!authorization.isEmpty()) {
                connection.setRequestProperty("Authorization", authorization);
            }
            if (!body.isEmpty()) {
                connection.setDoOutput(true);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(body.getBytes(StandardCharsets.UTF_8));
                }
            }
            return answer(connection);
        } catch (IOException e) {
            throw new PileusException("no answer from " + endpoint + ": " + e.getMessage(), e);
        }
    }

    private HttpURLConnection connection(String method, String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) endpoint.resolve(path).toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setRequestMethod(method);
        return connection;
    }

    private static String answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        String text = "";
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (status >= 400) {
            throw new PileusException(status, reason(status, text));
        }
        return text;
    }

    /** The server's words, as far as they can be found. */
    private static String reason(int status, String text) {
        try {
            Map<String, String> fields = new LinkedHashMap<>();
            object(text).fields().forEach((name, value) -> fields.put(name.toString(), String.valueOf(value)));
            String error = fields.getOrDefault("error", fields.getOrDefault("message", ""));
            return error.isEmpty() ? "HTTP " + status + ": " + text : error;
        } catch (IllegalArgumentException e) {
            return "HTTP " + status + ": " + text;
        }
    }
}
