package io.pileus.it.sns;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A real HTTP endpoint that answers with the statuses it was given, then with 200. */
final class HttpReceiver implements AutoCloseable {
    private final HttpServer server;
    private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
    final List<Request> received = new CopyOnWriteArrayList<>();

    record Request(Headers headers, String body) {}

    HttpReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            received.add(new Request(
                    exchange.getRequestHeaders(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            Integer status = statuses.poll();
            exchange.sendResponseHeaders(status == null ? 200 : status, -1);
            exchange.close();
        });
        server.start();
    }

    void answerNext(Integer... next) {
        statuses.addAll(List.of(next));
    }

    String url(String rest) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + rest;
    }

    Request last() {
        return received.getLast();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
