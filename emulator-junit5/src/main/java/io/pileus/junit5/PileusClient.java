package io.pileus.junit5;

import io.pileus.client.CognitoMessage;
import io.pileus.client.Fault;
import io.pileus.client.LoggedRequest;
import io.pileus.client.QueueMessage;
import io.pileus.client.RemotePileus;
import io.pileus.client.SnsDelivery;
import io.pileus.client.TextMessage;
import io.pileus.core.dispatch.RequestLog;
import io.pileus.core.identity.AccountId;
import io.pileus.core.service.ResetScope;
import io.pileus.server.Pileus;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * One test class's view of the emulator: its account, and what happened there. Other classes' accounts are out of sight
 * and out of reach. Safe for concurrent use.
 */
public final class PileusClient {
    private final Server home;
    private final Pileus server;
    private final RemotePileus remote;
    private final AccountId account;
    private final Configuration configuration;
    private final PileusClock clock;

    /** The ids of those set here; guarded by itself. */
    private final List<String> faults = new ArrayList<>();

    /** Guarded by itself. */
    private final Map<Class<?>, AutoCloseable> clients = new LinkedHashMap<>();

    /** The number of the first request that counts. */
    private volatile long firstRequest;

    PileusClient(Server home, AccountId account, Configuration configuration) {
        this.home = home;
        this.server = home.pileus();
        this.remote = RemotePileus.at(URI.create("http://127.0.0.1:" + server.port()));
        this.account = account;
        this.configuration = configuration;
        this.clock = new PileusClock(server.time(), configuration.clock());
        this.firstRequest = server.requests().count();
    }

    /** Where the server listens, such as {@code http://127.0.0.1:40123}. */
    public URI endpoint() {
        return remote.endpoint();
    }

    /** The account's id, 12 digits; as an access key it makes any client work in this account. */
    public String account() {
        return account.id();
    }

    /** The region of the clients. */
    public String region() {
        return configuration.region();
    }

    public PileusClock clock() {
        return clock;
    }

    /**
     * The client of this account, the same one each time; it is closed after the test class.
     *
     * @param type a client interface of the AWS SDK v2, such as {@code SqsClient} or {@code SqsAsyncClient}
     * @throws IllegalArgumentException if it is no such interface
     */
    public <T> T client(Class<T> type) {
        if (!ClientType.isClient(type)) {
            throw new IllegalArgumentException(type.getName() + " is no client interface of the AWS SDK v2");
        }
        synchronized (clients) {
            return type.cast(clients.computeIfAbsent(
                    type, missing -> AwsClients.create(missing, endpoint(), region(), account())));
        }
    }

    /** Forgets the account's state in all services and regions, its requests so far, and the faults set here. */
    public void reset() {
        removeFaults();
        server.reset(new ResetScope(Optional.of(account), Optional.empty()));
        firstRequest = server.requests().count();
    }

    /**
     * The account's requests since the last reset, the oldest first. The server remembers its last 2,000 requests, those of
     * other classes included.
     */
    public List<RequestLog.Entry> requests() {
        long first = firstRequest;
        List<RequestLog.Entry> requests = new ArrayList<>();
        for (RequestLog.Entry entry : server.requests().newestFirst()) {
            if (entry.number() >= first && entry.account().equals(account.id())) {
                requests.addFirst(entry);
            }
        }
        return List.copyOf(requests);
    }

    /** Those of {@link #requests} that were answered with an error. */
    public List<RequestLog.Entry> failedRequests() {
        return requests().stream()
                .filter(entry -> entry.status() >= 400 || !entry.errorCode().isEmpty())
                .toList();
    }

    // ---- what lies inside -------------------------------------------------------------------------------------------

    /**
     * The messages in a queue, delayed ones and those in flight included, without receiving them.
     *
     * @param queue the queue's name or URL
     */
    public List<QueueMessage> messages(String queue) {
        return remote.queueMessages(queue.contains("/") ? queue : endpoint() + "/" + account() + "/" + queue);
    }

    /** What Cognito sent to a user of a pool, the oldest first. */
    public List<CognitoMessage> cognitoMessages(String userPoolId, String username) {
        return remote.cognitoMessages(userPoolId, username);
    }

    /**
     * The code in Cognito's last message to a user of a pool.
     *
     * @throws IllegalStateException if there is none
     */
    public String lastCode(String userPoolId, String username) {
        return remote.lastCognitoCode(userPoolId, username)
                .orElseThrow(() -> new IllegalStateException("Cognito sent no code to " + username));
    }

    /** What became of an SNS topic's messages, subscription by subscription, the oldest first. */
    public List<SnsDelivery> deliveries(String topicArn) {
        return remote.snsDeliveries(topicArn);
    }

    /** The text messages that SNS would have sent for this account, in the region of the clients. */
    public List<TextMessage> textMessages() {
        return remote.textMessages(account(), region());
    }

    // ---- what shall happen ------------------------------------------------------------------------------------------

    /** Makes something go wrong in this account, until the next reset. */
    public void add(Fault fault) {
        String id = remote.add(fault.account(account()));
        synchronized (faults) {
            faults.add(id);
        }
    }

    /** Takes back the faults that were set here. */
    public void removeFaults() {
        synchronized (faults) {
            faults.forEach(id -> server.conditions().faults().remove(id));
            faults.clear();
        }
    }

    /**
     * Makes a Lambda function whose code runs in this JVM. The code belongs to the function's name in all classes that share
     * the server, so take names of your own.
     *
     * @param code takes the event and gives the result, both JSON; an exception is the function's error
     */
    public void function(String name, UnaryOperator<String> code) {
        server.registerFunction(
                name,
                event -> code.apply(new String(event, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
        remote.createFunction(account(), region(), name);
    }

    /**
     * Makes a Lambda function that answers from a list, one result after the other; the last one goes on.
     *
     * @param resultsJson a JSON list of {@code {"payload": …}}, {@code {"error": …}} or {@code {"throttle": true}}
     */
    public void functionAnswers(String name, String resultsJson) {
        remote.scriptFunction(name, resultsJson);
        remote.createFunction(account(), region(), name);
    }

    /** The events that such a function was called with, the oldest first, each as JSON. */
    public List<String> functionEvents(String name) {
        return remote.functionEvents(name);
    }

    /**
     * Lets Step Functions answer for services by themselves, in executions started with {@code stateMachineArn#testCase}.
     * Mocks belong to state machines by name, in all classes that share the server.
     *
     * @param json a mock configuration as Step Functions Local reads it
     */
    public void stepFunctionsMocks(String json) {
        home.mock(json);
    }

    /** The whole server's control API, other accounts included. */
    public RemotePileus control() {
        return remote;
    }

    // ---- for the extension ------------------------------------------------------------------------------------------

    /** The requests as text, the oldest first, each with a command line that repeats it. */
    String requestsText() {
        return remote.requestsAfter(firstRequest - 1).reversed().stream()
                .filter(request -> request.account().equals(account()))
                .map(PileusClient::lines)
                .collect(Collectors.joining("\n"));
    }

    private static String lines(LoggedRequest request) {
        String service = request.service().isEmpty() ? "" : request.service() + ".";
        String error = request.errorCode().isEmpty() ? "" : " " + request.errorCode() + ": " + request.errorMessage();
        String notEmulated = request.notEmulated().isEmpty() ? "" : " (not emulated: " + request.notEmulated() + ")";
        return request.time() + " " + request.region() + " " + service + request.operation() + " " + request.status()
                + error + notEmulated + (request.fault() ? " (a fault)" : "")
                + (request.command().isEmpty() ? "" : "\n    " + request.command());
    }

    void closeClients() throws Exception {
        synchronized (clients) {
            for (AutoCloseable client : clients.values()) {
                client.close();
            }
            clients.clear();
        }
    }
}
