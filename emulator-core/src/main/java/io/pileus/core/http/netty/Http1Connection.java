package io.pileus.core.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import io.pileus.core.http.Headers;
import io.pileus.core.http.Payload;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP/1.1 connection: receives requests, hands each to the handler when it is whole, and writes the answers in the
 * order of the requests, whatever the order in which they become ready.
 *
 * <p>Reading: between requests → receiving a head → receiving a body → between requests; or, after a request that broke
 * the rules, discarding until the client has read why. Runs on its event loop only.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter implements Sweeper.Swept {
    private static final Logger LOG = LoggerFactory.getLogger(Http1Connection.class);
    private static final ByteBuf CONTINUE = Unpooled.unreleasableBuffer(
            Unpooled.directBuffer().writeBytes("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));

    private final ServerContext server;
    private final Sweeper sweeper;
    private final boolean secure;
    private final ReceivingPace pace;
    private ChannelHandlerContext ctx;
    private Http1Output output;
    private @Nullable InetSocketAddress remote;

    // The request being received.
    private @Nullable RequestHead head;
    private @Nullable Http1Exchange receiving;
    private @Nullable BodyRules rules;
    private @Nullable RequestBody body;

    // The requests not yet answered, oldest first.
    private @Nullable Http1Exchange first;
    private @Nullable Http1Exchange last;
    private int unanswered;

    private boolean insideRead;
    private boolean gotMessage;
    private boolean writing;
    private boolean takesNoMore;
    private int lastProgress;
    private boolean headHalfSent;

    @SuppressWarnings("NullAway") // ctx and output are set when the handler joins its pipeline
    Http1Connection(ServerContext server, Sweeper sweeper, boolean secure) {
        this.server = server;
        this.sweeper = sweeper;
        this.secure = secure;
        this.pace = new ReceivingPace(sweeper);
    }

    EventLoop loop() {
        return ctx.channel().eventLoop();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ctx = context;
        output = new Http1Output(context, this, server, secure);
        remote = context.channel().remoteAddress() instanceof InetSocketAddress inet ? inet : null;
        lastProgress = sweeper.tick();
        sweeper.add(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        sweeper.remove(this);
    }

    // Receiving

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        insideRead = true;
        gotMessage = true;
        headHalfSent = false;
        if (takesNoMore) {
            ReferenceCountUtil.release(message);
            return;
        }
        lastProgress = sweeper.tick();
        try {
            if (message instanceof HttpRequest request) {
                startRequest(request);
            }
            if (message instanceof HttpContent content && receiving != null) {
                receiveBody(content);
            }
        } catch (RejectedException e) {
            reject(e.rejection());
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void startRequest(HttpRequest request) throws RejectedException {
        boolean http10 = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        pace.start();
        Http1Exchange exchange =
                new Http1Exchange(this, server, request.method().name(), http10);
        enqueue(exchange);
        receiving = exchange;
        if (request.decoderResult().isFailure()) {
            throw new RejectedException(whyUnreadable(request.decoderResult().cause()));
        }
        RequestHead received = RequestHead.of(request);
        head = received;
        exchange.keepAlive = http10 ? received.connectionSays("keep-alive") : !received.connectionSays("close");
        if (!received.hasBody()) {
            return;
        }
        rules = server.config().bodies().rulesFor(received.method, received.path, received.headers);
        if (received.contentLength > rules.maxBytes() && received.bodyIsPlain()) {
            throw new RejectedException(Rejection.bodyTooLarge(rules.maxBytes()));
        }
        if (received.expect != null && !http10) {
            if (!received.expect.equalsIgnoreCase("100-continue")) {
                throw new RejectedException(Rejection.expectationFailed());
            }
            exchange.wantsContinue = true;
            if (first == exchange) {
                permitBody(exchange);
            }
        }
    }

    private Rejection whyUnreadable(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException line ->
                Rejection.uriTooLong(server.config().limits().requestLineBytesMax());
            case TooLongHttpHeaderException headers ->
                Rejection.headersTooLarge(server.config().limits().headerBytesMax());
            case TooLongFrameException frame ->
                Rejection.headersTooLarge(server.config().limits().headerBytesMax());
            default -> Rejection.badRequest("The request is not valid HTTP.");
        };
    }

    private void receiveBody(HttpContent content) throws RejectedException {
        if (content.decoderResult().isFailure()) {
            throw new RejectedException(Rejection.badRequest("The body's framing is not valid HTTP."));
        }
        RequestHead received = head;
        ByteBuf piece = content.content();
        pace.received(piece.readableBytes());
        boolean ends = content instanceof LastHttpContent;
        if (received == null || rules == null) {
            if (received != null && ends) {
                dispatch(received, Payload.EMPTY);
            }
            return;
        }
        if (body == null && ends && received.bodyIsPlain()) {
            if (piece.readableBytes() > rules.maxBytes()) {
                throw new RejectedException(Rejection.bodyTooLarge(rules.maxBytes()));
            }
            addTrailers(received, (LastHttpContent) content);
            dispatch(received, Payload.of(ByteBufUtil.getBytes(piece)));
            return;
        }
        if (body == null) {
            body = new RequestBody(received, rules, server);
        }
        body.accept(piece);
        if (ends) {
            addTrailers(received, (LastHttpContent) content);
            dispatch(received, body.complete(received));
        }
    }

    private static void addTrailers(RequestHead received, LastHttpContent content) {
        if (content.trailingHeaders().isEmpty()) {
            return;
        }
        Headers trailers = new Headers();
        for (Map.Entry<String, String> trailer : content.trailingHeaders()) {
            trailers.add(trailer.getKey(), trailer.getValue());
        }
        RequestBody.addTrailers(received.headers, trailers);
    }

    private void dispatch(RequestHead received, Payload payload) {
        Http1Exchange exchange = receiving;
        if (exchange == null) {
            throw new IllegalStateException("a body without its request");
        }
        forgetRequest();
        exchange.handle(new io.pileus.core.http.HttpRequest(
                received.method,
                received.path,
                received.query,
                secure ? "https" : "http",
                received.host == null ? "" : received.host,
                received.headers,
                payload,
                remote));
    }

    /** Answers a request that broke the rules, and takes no further ones. */
    private void reject(Rejection rejection) {
        Http1Exchange exchange = receiving;
        if (exchange == null) {
            exchange = new Http1Exchange(this, server, "", false);
            enqueue(exchange);
        }
        takesNoMore = true;
        exchange.keepAlive = false;
        exchange.wantsContinue = false;
        Headers headers = head == null ? new Headers() : head.headers;
        LOG.debug("http.rejected status={} reason={}", rejection.status(), rejection.message());
        forgetRequest();
        exchange.answer(server.config().rejections().render(rejection, headers));
    }

    private void forgetRequest() {
        if (body != null) {
            body.release();
        }
        body = null;
        head = null;
        rules = null;
        receiving = null;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        insideRead = false;
        if (!gotMessage && receiving == null && !headHalfSent) {
            headHalfSent = true;
            lastProgress = sweeper.tick();
        }
        gotMessage = false;
        context.flush();
    }

    // Answering

    private void enqueue(Http1Exchange exchange) {
        if (last == null) {
            first = exchange;
        } else {
            last.next = exchange;
        }
        last = exchange;
        unanswered++;
        if (unanswered == server.config().limits().pipelinedRequestsMax()) {
            ctx.channel().config().setAutoRead(false);
        }
    }

    /** Writes the answers whose turn has come. */
    void writeAnswers() {
        if (writing) {
            return;
        }
        writing = true;
        try {
            while (first != null && !output.isStreaming()) {
                Http1Exchange exchange = first;
                if (exchange.response == null) {
                    permitBody(exchange);
                    break;
                }
                if (server.drain().begun()) {
                    exchange.keepAlive = false;
                }
                output.write(exchange, exchange.response);
            }
        } finally {
            writing = false;
        }
        if (!insideRead) {
            ctx.flush();
        }
    }

    private void permitBody(Http1Exchange exchange) {
        if (exchange.wantsContinue) {
            exchange.wantsContinue = false;
            ctx.writeAndFlush(CONTINUE.duplicate());
        }
    }

    /** An answer has been handed to the channel in full: the next one's turn. */
    void answered(Http1Exchange exchange) {
        exchange.finish();
        first = exchange.next;
        if (first == null) {
            last = null;
        }
        unanswered--;
        lastProgress = sweeper.tick();
        if (exchange.keepAlive) {
            resumeReading();
        } else {
            // Requests behind this one will get no answer.
            takesNoMore = true;
            abandonAll();
        }
        if (!writing) {
            writeAnswers();
        }
    }

    private void resumeReading() {
        var config = ctx.channel().config();
        if (!config.isAutoRead()
                && ctx.channel().isWritable()
                && unanswered < server.config().limits().pipelinedRequestsMax()) {
            config.setAutoRead(true);
        }
    }

    /** Whether bytes of a request that was refused may still be on their way. */
    boolean isDiscarding() {
        return takesNoMore;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            output.continueStream();
            resumeReading();
        } else if (unanswered > 1) {
            // A client that pipelines without reading must not fill the memory with answers.
            context.channel().config().setAutoRead(false);
        }
    }

    // The end

    /** The server is closing: an idle connection goes at once, a busy one after its last answer. */
    @Override
    public void drain() {
        if (unanswered == 0 && receiving == null) {
            ctx.close();
        }
    }

    @Override
    public void sweep(int tick) {
        int quiet = tick - lastProgress;
        if (receiving != null && unanswered == 1 && quiet > 0 && pace.stalled()) {
            lastProgress = tick;
            reject(Rejection.timedOut());
        } else if (headHalfSent && unanswered == 0 && quiet > sweeper.readTicks()) {
            // Not while the client waits for an answer: an empty line or a wake-up for nothing looks like half a head
            // too.
            ctx.close();
        } else if (unanswered == 0 && quiet > (takesNoMore ? sweeper.lingerTicks() : sweeper.idleTicks())) {
            ctx.close();
        } else if (output.isStuck(tick, sweeper.writeTicks())) {
            LOG.debug("http.clientTakesNothing remote={}", remote);
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        forgetRequest();
        output.cancelStream();
        abandonAll();
        context.fireChannelInactive();
    }

    private void abandonAll() {
        Http1Exchange exchange = first;
        first = null;
        last = null;
        unanswered = 0;
        forgetRequest();
        while (exchange != null) {
            Http1Exchange next = exchange.next;
            exchange.abandon();
            exchange = next;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("http.connectionLost remote={} reason={}", remote, cause.toString());
        } else {
            LOG.warn("http.connectionFailed remote={}", remote, cause);
        }
        context.close();
    }
}
