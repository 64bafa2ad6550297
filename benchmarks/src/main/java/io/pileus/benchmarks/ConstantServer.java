package io.pileus.benchmarks;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.netty.NettyServer;
import io.pileus.core.http.netty.ServerConfig;
import io.pileus.core.time.EmulatorClock;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Our HTTP front end with a handler that answers the same constant as {@link BareNettyServer}. */
public final class ConstantServer {
    private ConstantServer() {}

    /** Arguments: the port, the number of event loops. */
    public static void main(String[] args) throws IOException {
        byte[] body = ConstantAnswer.bytes();
        ServerConfig config = ServerConfig.builder()
                .listen("127.0.0.1", Integer.parseInt(args[0]))
                .loops(Integer.parseInt(args[1]))
                .build();
        NettyServer server = new NettyServer(
                        config,
                        new MachineClock(),
                        request -> CompletableFuture.completedFuture(
                                HttpResponse.of(200, Headers.of("Content-Type", "application/x-amz-json-1.0"), body)))
                .start();
        System.out.println("Listening on " + server.port());
    }

    private static final class MachineClock implements EmulatorClock {
        @Override
        public Instant instant() {
            return Instant.now();
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }
    }
}
