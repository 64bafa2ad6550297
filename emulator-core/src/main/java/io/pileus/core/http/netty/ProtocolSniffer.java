package io.pileus.core.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out from a connection's first bytes what it speaks: TLS, HTTP/2 with prior knowledge, or HTTP/1.1. Inside TLS a
 * second one does the same, because some SDKs send the preface of HTTP/2 without having negotiated it.
 */
final class ProtocolSniffer extends ByteToMessageDecoder implements Sweeper.Swept {
    private static final Logger LOG = LoggerFactory.getLogger(ProtocolSniffer.class);
    private static final byte[] HTTP2_PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** The type of a TLS record that carries a handshake; no request begins with this byte. */
    private static final byte TLS_HANDSHAKE = 22;

    private static final int BODY_PIECE_BYTES = 64 << 10;

    private final ServerContext server;
    private final Sweeper sweeper;
    private final boolean secure;
    private final int since;
    private @Nullable ChannelHandlerContext ctx;
    private boolean waitsForTls;

    private ProtocolSniffer(ServerContext server, Sweeper sweeper, boolean secure) {
        this.server = server;
        this.sweeper = sweeper;
        this.secure = secure;
        this.since = sweeper.tick();
    }

    static ProtocolSniffer forSocket(ServerContext server, Sweeper sweeper) {
        return new ProtocolSniffer(server, sweeper, false);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        sweeper.add(this);
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        sweeper.remove(this);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (waitsForTls) {
            return;
        }
        if (!secure && in.getByte(in.readerIndex()) == TLS_HANDSHAKE) {
            startTls(context);
            return;
        }
        int compared = Math.min(in.readableBytes(), HTTP2_PREFACE.length);
        for (int i = 0; i < compared; i++) {
            if (in.getByte(in.readerIndex() + i) != HTTP2_PREFACE[i]) {
                speakHttp1(context.pipeline());
                return;
            }
        }
        if (compared == HTTP2_PREFACE.length) {
            speakHttp2(context.pipeline());
        }
    }

    private void speakHttp1(ChannelPipeline pipeline) {
        HttpLimits limits = server.config().limits();
        pipeline.addLast(new HttpRequestDecoder(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.requestLineBytesMax())
                .setMaxHeaderSize(limits.headerBytesMax())
                .setMaxChunkSize(BODY_PIECE_BYTES)));
        pipeline.addLast(new Http1Connection(server, sweeper, secure));
        pipeline.remove(this);
    }

    private void speakHttp2(ChannelPipeline pipeline) {
        Http2Connection.install(pipeline, server, sweeper, secure);
        pipeline.remove(this);
    }

    /** The certificate may have to be made first, on another thread: reading pauses until then. */
    private void startTls(ChannelHandlerContext context) {
        waitsForTls = true;
        context.channel().config().setAutoRead(false);
        server.tls().whenReady(context.channel().eventLoop(), (tls, failure) -> {
            if (context.isRemoved()) {
                return;
            }
            if (tls == null) {
                LOG.error("http.tlsUnavailable", failure);
                context.close();
                return;
            }
            continueWithTls(context, tls);
        });
    }

    private void continueWithTls(ChannelHandlerContext context, SslContext tls) {
        ChannelPipeline pipeline = context.pipeline();
        SslHandler handler = tls.newHandler(context.alloc());
        handler.setHandshakeTimeoutMillis(server.config().limits().readTimeout().toMillis());
        pipeline.addLast(handler);
        pipeline.addLast(new ProtocolSniffer(server, sweeper, true));
        pipeline.remove(this);
        context.channel().config().setAutoRead(true);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (secure && event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
            SslHandler handler = context.pipeline().get(SslHandler.class);
            if (handler != null && ApplicationProtocolNames.HTTP_2.equals(handler.applicationProtocol())) {
                speakHttp2(context.pipeline());
                return;
            }
        }
        super.userEventTriggered(context, event);
    }

    @Override
    public void sweep(int tick) {
        if (ctx != null && tick - since > sweeper.readTicks()) {
            ctx.close();
        }
    }

    @Override
    public void drain() {
        if (ctx != null) {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        boolean clients = cause instanceof IOException
                || cause instanceof DecoderException && cause.getCause() instanceof SSLException;
        if (clients) {
            LOG.debug(
                    "http.connectionLost remote={} reason={}", context.channel().remoteAddress(), cause.toString());
        } else {
            LOG.warn("http.connectionFailed remote={}", context.channel().remoteAddress(), cause);
        }
        context.close();
    }
}
