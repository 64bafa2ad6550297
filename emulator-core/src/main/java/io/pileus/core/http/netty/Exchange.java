package io.pileus.core.http.netty;

import io.netty.channel.EventLoop;
import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer. Lives on its connection's event loop; only the answer may come from another thread. It is
 * itself the callback of the handler's stage and the task that brings the answer home, so that a request costs neither.
 *
 * <p>received → {@link #handle} → answered ({@link #ready} is called once) → {@link #finish}; or {@link #abandon} at any
 * time, when the client goes away.
 */
abstract class Exchange implements BiConsumer<@Nullable HttpResponse, @Nullable Throwable>, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    final ServerContext server;
    private final EventLoop loop;
    private @Nullable CompletionStage<HttpResponse> pending;
    private @Nullable HttpResponse outcome;
    private @Nullable Payload body;
    private boolean abandoned;

    /** The answer, once there is one. */
    @Nullable
    HttpResponse response;

    Exchange(ServerContext server, EventLoop loop) {
        this.server = server;
        this.loop = loop;
    }

    /** The answer is there: write it when its turn comes. */
    abstract void ready();

    final void handle(HttpRequest request) {
        body = request.body();
        CompletionStage<HttpResponse> stage;
        try {
            stage = server.handler().handle(request);
        } catch (RuntimeException | Error e) {
            answer(failed(e));
            return;
        }
        // Exactly this class: a minimal stage is a CompletableFuture too, but one that does not tell its result.
        if (stage != null && stage.getClass() == CompletableFuture.class) {
            CompletableFuture<HttpResponse> future = (CompletableFuture<HttpResponse>) stage;
            if (future.state() == CompletableFuture.State.SUCCESS) {
                HttpResponse now = future.resultNow();
                answer(now == null ? failed(null) : now);
                return;
            }
        }
        if (stage == null) {
            answer(failed(null));
            return;
        }
        pending = stage;
        stage.whenComplete(this);
    }

    @Override
    public final void accept(@Nullable HttpResponse answer, @Nullable Throwable failure) {
        HttpResponse result = answer != null && failure == null ? answer : null;
        if (loop.inEventLoop()) {
            answer(result == null ? failed(failure) : result);
            return;
        }
        outcome = result == null ? failed(failure) : result;
        try {
            loop.execute(this);
        } catch (RejectedExecutionException e) {
            // The server has closed, and its connections with it.
            StreamedAnswer.discard(outcome);
        }
    }

    @Override
    public final void run() {
        HttpResponse answer = outcome;
        if (answer != null) {
            answer(answer);
        }
    }

    final void answer(HttpResponse answer) {
        pending = null;
        if (abandoned) {
            StreamedAnswer.discard(answer);
            finish();
            return;
        }
        response = answer;
        ready();
    }

    private HttpResponse failed(@Nullable Throwable failure) {
        if (!abandoned) {
            LOG.error("http.handlerFailed", failure == null ? new NullPointerException("no response") : failure);
        }
        return server.config().rejections().render(Rejection.internal(), new Headers());
    }

    /** The client has gone: whoever works on the answer may stop. */
    void abandon() {
        abandoned = true;
        if (pending != null && pending.getClass() == CompletableFuture.class) {
            ((CompletableFuture<HttpResponse>) pending).cancel(false);
        } else if (pending == null) {
            finish();
        }
    }

    /** The answer has been written, or never will be: the request's temporary file is no longer needed. */
    final void finish() {
        if (body instanceof Payload.InFile inFile) {
            SpoolDirectory.delete(inFile.file());
        }
        body = null;
    }
}
