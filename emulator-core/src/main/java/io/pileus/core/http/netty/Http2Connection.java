package io.pileus.core.http.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a connection does once it speaks HTTP/2: a channel of its own for each stream, and an end to idleness. */
final class Http2Connection extends ChannelInboundHandlerAdapter implements Sweeper.Swept {
    private static final Logger LOG = LoggerFactory.getLogger(Http2Connection.class);

    /** PutRecords carries up to 10 MiB: a window of the default 64 KiB would cost a round trip for each piece of it. */
    private static final int WINDOW_BYTES = 1 << 20;

    private final Http2FrameCodec codec;
    private final Sweeper sweeper;
    private ChannelHandlerContext ctx;
    private int lastBusy;
    private long pendingBytes;
    private int pendingSince;

    @SuppressWarnings("NullAway") // ctx is set when the handler joins its pipeline
    private Http2Connection(Http2FrameCodec codec, Sweeper sweeper) {
        this.codec = codec;
        this.sweeper = sweeper;
        this.lastBusy = sweeper.tick();
    }

    /** Makes the pipeline speak HTTP/2 from its next byte on. */
    static void install(ChannelPipeline pipeline, ServerContext server, Sweeper sweeper, boolean secure) {
        HttpLimits limits = server.config().limits();
        Http2FrameCodec codec = Http2FrameCodecBuilder.forServer()
                .initialSettings(Http2Settings.defaultSettings()
                        .maxConcurrentStreams(limits.streamsPerConnectionMax())
                        .initialWindowSize(WINDOW_BYTES)
                        .maxHeaderListSize(limits.headerBytesMax()))
                .gracefulShutdownTimeoutMillis(server.config().grace().toMillis())
                .build();
        pipeline.addLast(codec);
        pipeline.addLast(new Http2MultiplexHandler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel stream) {
                stream.pipeline().addLast(new Http2Stream(server, sweeper, secure));
            }
        }));
        pipeline.addLast(new Http2Connection(codec, sweeper));
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) throws Http2Exception {
        ctx = context;
        sweeper.add(this);
        var connection = codec.connection();
        connection.local().flowController().incrementWindowSize(connection.connectionStream(), WINDOW_BYTES);
        context.flush();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        sweeper.remove(this);
    }

    @Override
    public void sweep(int tick) {
        boolean busy = codec.connection().numActiveStreams() > 0;
        if (busy) {
            lastBusy = tick;
        } else if (tick - lastBusy > sweeper.idleTicks()) {
            ctx.close();
        }
        var unsent = ctx.channel().unsafe().outboundBuffer();
        long waiting = unsent == null ? 0 : unsent.totalPendingWriteBytes();
        if (waiting == 0 || waiting != pendingBytes) {
            pendingBytes = waiting;
            pendingSince = tick;
        } else if (tick - pendingSince > sweeper.writeTicks()) {
            ctx.channel().unsafe().closeForcibly();
        }
    }

    /** Says GOAWAY; the codec closes the connection when its streams have ended, or when the time for that is over. */
    @Override
    public void drain() {
        ctx.channel().close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException || cause instanceof Http2Exception) {
            LOG.debug(
                    "http.connectionLost remote={} reason={}", context.channel().remoteAddress(), cause.toString());
        } else {
            LOG.warn("http.connectionFailed remote={}", context.channel().remoteAddress(), cause);
        }
        context.close();
    }
}
