package io.pileus.core.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One HTTP/2 stream: one request and its answer. Runs on its connection's event loop only. */
final class Http2Stream extends ChannelInboundHandlerAdapter implements Sweeper.Swept, StreamedAnswer.Target {
    private static final Logger LOG = LoggerFactory.getLogger(Http2Stream.class);
    private static final int AT_ONCE_BYTES_MAX = 256 << 10;

    private final ServerContext server;
    private final Sweeper sweeper;
    private final boolean secure;
    private final ReceivingPace pace;
    private ChannelHandlerContext ctx;
    private @Nullable RequestHead head;
    private @Nullable BodyRules rules;
    private @Nullable RequestBody body;
    private @Nullable Exchange exchange;
    private @Nullable StreamedAnswer stream;
    private boolean toHead;
    private boolean received;
    private boolean answered;
    private int lastProgress;
    private long bytesUntilWritable;

    @SuppressWarnings("NullAway") // ctx is set when the handler joins its pipeline
    Http2Stream(ServerContext server, Sweeper sweeper, boolean secure) {
        this.server = server;
        this.sweeper = sweeper;
        this.secure = secure;
        this.pace = new ReceivingPace(sweeper);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        pace.start();
        sweeper.add(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        sweeper.remove(this);
    }

    // Receiving

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            switch (message) {
                case Http2HeadersFrame headers when !received -> receiveHeaders(headers);
                case Http2DataFrame data when !received -> receiveData(data);
                case Http2ResetFrame reset -> context.close();
                default -> LOG.trace("http.frameIgnored");
            }
        } catch (RejectedException e) {
            reject(e.rejection());
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void receiveHeaders(Http2HeadersFrame frame) throws RejectedException {
        if (head != null) {
            receiveTrailers(head, frame);
            return;
        }
        exchange = new StreamExchange();
        RequestHead arrived = RequestHead.of(frame.headers());
        head = arrived;
        toHead = arrived.method.equals("HEAD");
        if (frame.isEndStream()) {
            dispatch(arrived, Payload.EMPTY);
            return;
        }
        rules = server.config().bodies().rulesFor(arrived.method, arrived.path, arrived.headers);
        if (arrived.contentLength > rules.maxBytes() && arrived.bodyIsPlain()) {
            throw new RejectedException(Rejection.bodyTooLarge(rules.maxBytes()));
        }
        if (arrived.expect != null) {
            if (!arrived.expect.equalsIgnoreCase("100-continue")) {
                throw new RejectedException(Rejection.expectationFailed());
            }
            ctx.writeAndFlush(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("100")));
        }
    }

    private void receiveTrailers(RequestHead arrived, Http2HeadersFrame frame) throws RejectedException {
        if (!frame.isEndStream()) {
            throw new RejectedException(Rejection.badRequest("Trailing headers must end the request."));
        }
        Headers trailers = new Headers();
        for (Map.Entry<CharSequence, CharSequence> trailer : frame.headers()) {
            trailers.add(trailer.getKey().toString(), trailer.getValue().toString());
        }
        RequestBody.addTrailers(arrived.headers, trailers);
        dispatch(arrived, body == null ? Payload.EMPTY : body.complete(arrived));
    }

    private void receiveData(Http2DataFrame frame) throws RejectedException {
        RequestHead arrived = head;
        if (arrived == null || rules == null) {
            throw new RejectedException(Rejection.badRequest("A body without its headers."));
        }
        if (body == null) {
            body = new RequestBody(arrived, rules, server);
        }
        pace.received(frame.content().readableBytes());
        body.accept(frame.content());
        if (frame.isEndStream()) {
            dispatch(arrived, body.complete(arrived));
        }
    }

    private void dispatch(RequestHead arrived, Payload payload) {
        Exchange started = exchange;
        if (started == null) {
            throw new IllegalStateException("a request without its exchange");
        }
        received = true;
        releaseBody();
        InetSocketAddress remote =
                ctx.channel().parent().remoteAddress() instanceof InetSocketAddress inet ? inet : null;
        started.handle(new HttpRequest(
                arrived.method,
                arrived.path,
                arrived.query,
                secure ? "https" : "http",
                arrived.host == null ? "" : arrived.host,
                arrived.headers,
                payload,
                remote));
    }

    private void reject(Rejection rejection) {
        received = true;
        releaseBody();
        LOG.debug("http.rejected status={} reason={}", rejection.status(), rejection.message());
        Headers headers = head == null ? new Headers() : head.headers;
        if (exchange != null) {
            exchange.answer(server.config().rejections().render(rejection, headers));
        }
    }

    private void releaseBody() {
        if (body != null) {
            body.release();
            body = null;
        }
    }

    // Answering

    private final class StreamExchange extends Exchange {
        StreamExchange() {
            super(Http2Stream.this.server, ctx.channel().eventLoop());
        }

        @Override
        void ready() {
            if (response != null) {
                write(response);
            }
        }
    }

    private void write(HttpResponse response) {
        HttpResponse answer = response;
        lastProgress = sweeper.tick();
        Http2Headers headers;
        try {
            headers = headersOf(answer);
        } catch (RuntimeException e) {
            LOG.error("http.responseInvalid", e);
            StreamedAnswer.discard(answer);
            answer = server.config().rejections().render(Rejection.internal(), new Headers());
            headers = headersOf(answer);
        }
        boolean empty = answer.body() instanceof HttpResponse.Complete(Payload payload) && payload.size() == 0;
        if (toHead || empty || !ResponseHeaders.statusHasBody(answer.status())) {
            StreamedAnswer.discard(answer);
            ctx.writeAndFlush(new DefaultHttp2HeadersFrame(headers, true));
            finish();
            return;
        }
        ctx.write(new DefaultHttp2HeadersFrame(headers, false));
        switch (answer.body()) {
            case HttpResponse.Complete(Payload.InMemory(byte[] bytes))
            when bytes.length <= AT_ONCE_BYTES_MAX -> {
                ctx.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(bytes), true));
                finish();
            }
            case HttpResponse.Complete(Payload payload) -> startStream(new PayloadPieces(payload));
            case HttpResponse.Streamed(var chunks) -> startStream(chunks);
        }
    }

    private Http2Headers headersOf(HttpResponse response) {
        Headers given = response.headers();
        Http2Headers headers = new DefaultHttp2Headers(false, given.size() + 4);
        headers.status(Integer.toString(response.status()));
        boolean dated = false;
        for (int i = 0; i < given.size(); i++) {
            String name = given.nameAt(i);
            if (ResponseHeaders.isFraming(name)) {
                continue;
            }
            ResponseHeaders.requireSafe(name, given.valueAt(i));
            dated |= name.equalsIgnoreCase("date");
            headers.add(name.toLowerCase(Locale.ROOT), given.valueAt(i));
        }
        if (!dated) {
            headers.add("date", server.date().now());
        }
        long length = ResponseHeaders.lengthOf(response, toHead);
        if (length >= 0 && ResponseHeaders.statusHasBody(response.status())) {
            headers.addLong("content-length", length);
        }
        return headers;
    }

    private void startStream(Flow.Publisher<ByteBuffer> chunks) {
        ctx.flush();
        StreamedAnswer started = new StreamedAnswer(ctx.channel(), this);
        stream = started;
        started.subscribeTo(chunks);
    }

    @Override
    public void piece(ByteBuf piece) {
        ctx.writeAndFlush(new DefaultHttp2DataFrame(piece, false));
    }

    @Override
    public void end() {
        stream = null;
        ctx.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.EMPTY_BUFFER, true));
        finish();
    }

    @Override
    public void abort() {
        stream = null;
        ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
        finish();
    }

    private void finish() {
        answered = true;
        if (exchange != null) {
            exchange.finish();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (stream != null) {
            stream.askForMore();
        }
        context.fireChannelWritabilityChanged();
    }

    // The end

    @Override
    public void sweep(int tick) {
        if (!received) {
            if (pace.stalled()) {
                reject(Rejection.timedOut());
            }
            return;
        }
        long blocked = ctx.channel().bytesBeforeWritable();
        if (blocked == 0 || blocked != bytesUntilWritable) {
            bytesUntilWritable = blocked;
            lastProgress = tick;
        } else if (tick - lastProgress > sweeper.writeTicks()) {
            ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.CANCEL));
        }
    }

    /** The connection finishes its streams by itself when it is told to close. */
    @Override
    public void drain() {}

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        releaseBody();
        received = true;
        if (stream != null) {
            stream.cancel();
            stream = null;
        }
        if (exchange != null && !answered) {
            exchange.abandon();
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        boolean clients = cause instanceof IOException
                || cause instanceof Http2FrameStreamException
                || cause instanceof Http2Exception;
        if (clients) {
            LOG.debug("http.streamLost reason={}", cause.toString());
        } else {
            LOG.warn("http.streamFailed", cause);
        }
        context.close();
    }
}
