package io.pileus.junit5;

import io.pileus.core.dispatch.RequestLog;
import io.pileus.core.identity.AccountId;
import io.pileus.core.service.ResetScope;
import io.pileus.server.Pileus;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One test class's view of the emulator: its account, and what happened there. Other classes' accounts are out of sight
 * and out of reach. Safe for concurrent use.
 */
public final class PileusClient {
    private final Pileus server;
    private final AccountId account;
    private final Configuration configuration;
    private final PileusClock clock;

    /** Guarded by itself. */
    private final Map<Class<?>, AutoCloseable> clients = new LinkedHashMap<>();

    /** The number of the first request that counts. */
    private volatile long firstRequest;

    PileusClient(Pileus server, AccountId account, Configuration configuration) {
        this.server = server;
        this.account = account;
        this.configuration = configuration;
        this.clock = new PileusClock(server.time(), configuration.clock());
        this.firstRequest = server.requests().count();
    }

    /** Where the server listens, such as {@code http://127.0.0.1:40123}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.port());
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

    /** Forgets the account's state in all services and regions, and its requests so far. */
    public void reset() {
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

    /** The requests as text, one a line. */
    String requestsText() {
        return requests().stream().map(PileusClient::line).collect(Collectors.joining("\n"));
    }

    private static String line(RequestLog.Entry entry) {
        String service = entry.service().isEmpty() ? "" : entry.service() + ".";
        String error = entry.errorCode().isEmpty() ? "" : " " + entry.errorCode() + ": " + entry.errorMessage();
        String notEmulated = entry.notEmulated().isEmpty() ? "" : " (not emulated: " + entry.notEmulated() + ")";
        return entry.time() + " " + entry.region() + " " + service + entry.operation() + " " + entry.status() + error
                + notEmulated;
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
