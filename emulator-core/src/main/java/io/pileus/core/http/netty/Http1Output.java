package io.pileus.core.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.socket.DuplexChannel;
import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers to one HTTP/1.1 connection: a small one in one buffer, a file without copying, a stream in chunks. */
final class Http1Output {
    private static final Logger LOG = LoggerFactory.getLogger(Http1Output.class);

    /** A larger body in memory is sent in pieces as the client takes them. */
    private static final int AT_ONCE_BYTES_MAX = 256 << 10;

    private static final ByteBuf LAST_CHUNK = Unpooled.unreleasableBuffer(
            Unpooled.directBuffer().writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
    private static final int CRLF = '\r' << 8 | '\n';

    private final ChannelHandlerContext ctx;
    private final Http1Connection connection;
    private final ServerContext server;
    private final boolean secure;
    private @Nullable StreamedAnswer stream;
    private long pendingBytes;
    private int pendingSince;

    Http1Output(ChannelHandlerContext ctx, Http1Connection connection, ServerContext server, boolean secure) {
        this.ctx = ctx;
        this.connection = connection;
        this.server = server;
        this.secure = secure;
    }

    boolean isStreaming() {
        return stream != null;
    }

    /** Writes an answer; tells the connection when it is done, which for a stream is later. */
    void write(Http1Exchange exchange, HttpResponse response) {
        HttpResponse answer = response;
        if (exchange.keepAlive && saysClose(answer.headers())) {
            exchange.keepAlive = false;
        }
        ByteBuf buffer = null;
        try {
            buffer = writeHead(exchange, answer);
        } catch (RuntimeException e) {
            LOG.error("http.responseInvalid", e);
            StreamedAnswer.discard(answer);
            answer = server.config().rejections().render(Rejection.internal(), new Headers());
            buffer = writeHead(exchange, answer);
        }
        if (exchange.toHead || !ResponseHeaders.statusHasBody(answer.status())) {
            StreamedAnswer.discard(answer);
            finish(exchange, ctx.write(buffer));
            return;
        }
        if (answer.body() instanceof HttpResponse.Complete(Payload payload)) {
            writeWhole(exchange, buffer, payload);
        } else if (answer.body() instanceof HttpResponse.Streamed(var chunks)) {
            startStream(exchange, buffer, chunks, ResponseHeaders.lengthOf(answer, false));
        }
    }

    private void writeWhole(Http1Exchange exchange, ByteBuf buffer, Payload payload) {
        if (payload instanceof Payload.InMemory(byte[] bytes) && bytes.length <= AT_ONCE_BYTES_MAX) {
            finish(exchange, ctx.write(buffer.writeBytes(bytes)));
        } else if (payload instanceof Payload.InFile file && !secure) {
            writeFile(exchange, buffer, file);
        } else {
            startStream(exchange, buffer, new PayloadPieces(payload), payload.size());
        }
    }

    private ByteBuf writeHead(Http1Exchange exchange, HttpResponse response) {
        long length = ResponseHeaders.lengthOf(response, exchange.toHead);
        Http1Head.Framing framing = Http1Head.Framing.LENGTH;
        if (!ResponseHeaders.statusHasBody(response.status())) {
            framing = Http1Head.Framing.NONE;
        } else if (length < 0 && exchange.http10) {
            framing = Http1Head.Framing.NONE;
            exchange.keepAlive = exchange.toHead && exchange.keepAlive;
        } else if (length < 0) {
            framing = Http1Head.Framing.CHUNKED;
        }
        Http1Head.Persistence persistence = exchange.keepAlive
                ? exchange.http10 ? Http1Head.Persistence.KEEP_AND_SAY : Http1Head.Persistence.KEEP
                : Http1Head.Persistence.CLOSE;
        int inBuffer = length > 0 && length <= AT_ONCE_BYTES_MAX ? (int) length : 0;
        ByteBuf buffer = ctx.alloc().ioBuffer(Http1Head.sizeOf(response.headers()) + inBuffer);
        try {
            Http1Head.write(
                    buffer,
                    response,
                    framing,
                    length,
                    persistence,
                    server.date().now());
            return buffer;
        } catch (RuntimeException e) {
            buffer.release();
            throw e;
        }
    }

    private static boolean saysClose(Headers headers) {
        String value = headers.get("connection");
        return value != null && value.equalsIgnoreCase("close");
    }

    private void writeFile(Http1Exchange exchange, ByteBuf headBuffer, Payload.InFile file) {
        FileChannel channel;
        try {
            channel = file.channel();
        } catch (IOException e) {
            LOG.error("http.fileGone file={}", file.file(), e);
            headBuffer.release();
            exchange.keepAlive = false;
            HttpResponse failed = server.config().rejections().render(Rejection.internal(), new Headers());
            write(exchange, failed);
            return;
        }
        ctx.write(headBuffer);
        // The region closes the file when it has been sent or dropped; a file that shrank meanwhile fails the write.
        ChannelFuture written = ctx.write(new DefaultFileRegion(channel, file.position(), file.size()));
        written.addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        finish(exchange, written);
    }

    /** The whole answer is with the channel. */
    private void finish(Http1Exchange exchange, ChannelFuture written) {
        if (!exchange.keepAlive) {
            closeAfter(written);
        }
        connection.answered(exchange);
    }

    /**
     * Closes when the answer is out. Bytes of a refused request may still be coming, and closing on them would reset the
     * connection before the client has read why; so only this side ends then, and the sweeper ends the other.
     */
    private void closeAfter(ChannelFuture written) {
        boolean linger = connection.isDiscarding() && !secure && ctx.channel() instanceof DuplexChannel;
        written.addListener((ChannelFuture future) -> {
            Channel channel = future.channel();
            if (linger && future.isSuccess() && channel instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
            } else {
                channel.close();
            }
        });
    }

    private void startStream(
            Http1Exchange exchange, ByteBuf headBuffer, Flow.Publisher<ByteBuffer> chunks, long length) {
        ctx.writeAndFlush(headBuffer);
        boolean chunked = length < 0 && !exchange.http10;
        StreamedAnswer started = new StreamedAnswer(ctx.channel(), new StreamTarget(exchange, chunked, length));
        stream = started;
        started.subscribeTo(chunks);
    }

    void continueStream() {
        if (stream != null) {
            stream.askForMore();
        }
    }

    void cancelStream() {
        if (stream != null) {
            stream.cancel();
            stream = null;
        }
    }

    /** Whether the client has taken nothing of what waits for it during so many ticks. */
    boolean isStuck(int tick, int ticksMax) {
        var unsent = ctx.channel().unsafe().outboundBuffer();
        long waiting = unsent == null ? 0 : unsent.totalPendingWriteBytes() - unsent.currentProgress();
        if (waiting == 0 || waiting != pendingBytes) {
            pendingBytes = waiting;
            pendingSince = tick;
            return false;
        }
        return tick - pendingSince > ticksMax;
    }

    /** Frames the pieces of a stream. */
    private final class StreamTarget implements StreamedAnswer.Target {
        private final Http1Exchange exchange;
        private final boolean chunked;
        private long left;

        StreamTarget(Http1Exchange exchange, boolean chunked, long length) {
            this.exchange = exchange;
            this.chunked = chunked;
            this.left = length < 0 ? Long.MAX_VALUE : length;
        }

        @Override
        public void piece(ByteBuf piece) {
            int size = piece.readableBytes();
            left -= size;
            if (left < 0) {
                LOG.error("http.streamLongerThanAnnounced");
                piece.release();
                cancelStream();
                ctx.close();
                return;
            }
            if (!chunked) {
                ctx.writeAndFlush(piece);
                return;
            }
            ByteBuf size16 = ctx.alloc().ioBuffer(10);
            ByteBufUtil.writeAscii(size16, Integer.toHexString(size));
            ByteBufUtil.writeShortBE(size16, CRLF);
            ctx.write(size16);
            ctx.write(piece);
            ctx.writeAndFlush(ByteBufUtil.writeShortBE(ctx.alloc().ioBuffer(2), CRLF));
        }

        @Override
        public void end() {
            stream = null;
            if (left > 0 && left < Long.MAX_VALUE / 2) {
                LOG.error("http.streamShorterThanAnnounced missing={}", left);
                ctx.close();
                return;
            }
            finish(exchange, ctx.writeAndFlush(chunked ? LAST_CHUNK.duplicate() : Unpooled.EMPTY_BUFFER));
        }

        @Override
        public void abort() {
            stream = null;
            ctx.close();
        }
    }
}
