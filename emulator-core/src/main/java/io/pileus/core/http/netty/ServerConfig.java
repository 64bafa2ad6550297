package io.pileus.core.http.netty;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How a {@link NettyServer} listens.
 *
 * @param addresses where to listen, at least one; port 0 takes a free port
 * @param loops how many event loops (threads) serve the connections
 * @param grace how long {@code close()} waits for what is in flight
 * @param blockedAfter an event loop that does not come round within this time is reported; zero switches the watch off
 * @param checksChunks whether the signatures of chunks are written down for the handler, which costs a hash of the body
 */
public record ServerConfig(
        List<InetSocketAddress> addresses,
        int loops,
        HttpLimits limits,
        BodyRules.Policy bodies,
        Rejection.Renderer rejections,
        TlsSettings tls,
        Duration grace,
        Duration blockedAfter,
        boolean checksChunks) {

    public ServerConfig {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty() || loops < 1) {
            throw new IllegalArgumentException("an address and an event loop are needed");
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects a configuration; everything has a default: 127.0.0.1, a free port. */
    public static final class Builder {
        private final List<InetSocketAddress> addresses = new ArrayList<>();
        private int loops = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8);
        private HttpLimits limits = HttpLimits.DEFAULT;
        private BodyRules.Policy bodies = BodyRules::byMethod;
        private Rejection.Renderer rejections = Rejection::asText;
        private TlsSettings tls = new TlsSettings.SelfSigned(List.of());
        private Duration grace = Duration.ofSeconds(5);
        private Duration blockedAfter = Duration.ZERO;
        private boolean checksChunks;

        private Builder() {}

        /** Adds an address to listen on. */
        public Builder listen(String host, int port) {
            addresses.add(new InetSocketAddress(host, port));
            return this;
        }

        public Builder loops(int value) {
            loops = value;
            return this;
        }

        public Builder limits(HttpLimits value) {
            limits = value;
            return this;
        }

        public Builder bodies(BodyRules.Policy value) {
            bodies = value;
            return this;
        }

        public Builder rejections(Rejection.Renderer value) {
            rejections = value;
            return this;
        }

        public Builder tls(TlsSettings value) {
            tls = value;
            return this;
        }

        public Builder grace(Duration value) {
            grace = value;
            return this;
        }

        public Builder blockedAfter(Duration value) {
            blockedAfter = value;
            return this;
        }

        /** The handler checks the signatures of chunks. */
        public Builder checksChunks(boolean value) {
            checksChunks = value;
            return this;
        }

        public ServerConfig build() {
            List<InetSocketAddress> where =
                    addresses.isEmpty() ? List.of(new InetSocketAddress("127.0.0.1", 0)) : addresses;
            return new ServerConfig(where, loops, limits, bodies, rejections, tls, grace, blockedAfter, checksChunks);
        }
    }
}
