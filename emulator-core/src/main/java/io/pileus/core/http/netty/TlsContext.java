package io.pileus.core.http.netty;

import io.netty.channel.EventLoop;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.pileus.core.time.EmulatorClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of TLS, made when the first client speaks it and on a thread of its own: a server that is only spoken to
 * in cleartext never loads a class of it, and no event loop waits for a key.
 */
final class TlsContext {
    private final TlsSettings settings;
    private final EmulatorClock clock;
    private @Nullable CompletableFuture<SslContext> context;

    TlsContext(TlsSettings settings, EmulatorClock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** Calls back on the event loop, with one of the two arguments. */
    void whenReady(EventLoop loop, BiConsumer<? super @Nullable SslContext, ? super @Nullable Throwable> then) {
        context().whenCompleteAsync(then, loop);
    }

    private synchronized CompletableFuture<SslContext> context() {
        if (context == null) {
            CompletableFuture<SslContext> making = new CompletableFuture<>();
            context = making;
            Thread maker = new Thread(() -> make(making), "pileus-tls");
            maker.setDaemon(true);
            maker.start();
        }
        return context;
    }

    private void make(CompletableFuture<SslContext> making) {
        try {
            making.complete(builder()
                    .sslProvider(SslProvider.JDK)
                    .applicationProtocolConfig(new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            ApplicationProtocolNames.HTTP_2,
                            ApplicationProtocolNames.HTTP_1_1))
                    .build());
        } catch (IOException | GeneralSecurityException | RuntimeException | Error e) {
            making.completeExceptionally(e);
        }
    }

    private SslContextBuilder builder() throws IOException, GeneralSecurityException {
        return switch (settings) {
            case TlsSettings.SelfSigned selfSigned -> {
                SelfSignedCertificate made = SelfSignedCertificate.make(selfSigned.hosts(), clock.instant());
                yield SslContextBuilder.forServer(made.key(), made.certificate());
            }
            case TlsSettings.Pem pem -> {
                // One file holds both; each reader takes the sections that concern it.
                try (InputStream chain = Files.newInputStream(pem.file());
                        InputStream key = Files.newInputStream(pem.file())) {
                    yield SslContextBuilder.forServer(chain, key);
                }
            }
        };
    }
}
