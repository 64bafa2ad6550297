package io.pileus.core.dispatch;

import io.pileus.core.http.HttpRequest;
import io.pileus.core.service.Client;
import io.pileus.core.service.NotImplemented;
import io.pileus.core.shape.Shape;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request on its way through the dispatcher: what is known of it so far, for its answer and for the log. */
final class Exchange implements Client, Consumer<String> {
    final HttpRequest request;
    final String requestId;
    final Instant receivedAt;
    final long startNanos;
    private final BooleanSupplier strict;
    Route.@Nullable ToOperation route;

    @Nullable
    Shape input;

    @Nullable
    Shape output;

    /** When it was served: later than it was received when a fault held it back. */
    Instant servedAt;

    String service = "";
    String operation = "";
    String account = "";
    String region = "";
    String errorCode = "";
    String errorMessage = "";

    /** Whether a fault decided what became of it. */
    boolean fault;

    /** Whether it stays out of the log: health checks would drown what matters. */
    boolean quiet;

    /** Whether the endpoint says itself which pages may call. */
    boolean ownOrigins;

    private volatile String notEmulated = "";

    Exchange(HttpRequest request, String requestId, Instant receivedAt, long startNanos, BooleanSupplier strict) {
        this.request = request;
        this.requestId = requestId;
        this.receivedAt = receivedAt;
        this.servedAt = receivedAt;
        this.startNanos = startNanos;
        this.strict = strict;
    }

    @Override
    public String address() {
        InetSocketAddress remote = request.remote();
        if (remote == null || remote.getAddress() == null) {
            return "";
        }
        // An IPv6 address may name its network interface after a percent sign.
        return remote.getAddress().getHostAddress().split("%", 2)[0];
    }

    @Override
    public String userAgent() {
        return header("user-agent");
    }

    @Override
    public String referer() {
        return header("referer");
    }

    @Override
    public String header(String name) {
        String value = request.header(name);
        return value == null ? "" : value;
    }

    /** Takes what an operation was asked for and does not do. */
    @Override
    public void accept(String what) {
        notEmulated = notEmulated.isEmpty() ? what : notEmulated + "; " + what;
        Dispatcher.log.warn("not emulated: {}: {} (request {})", name(), what, requestId);
        if (strict.getAsBoolean()) {
            throw NotImplemented.feature(what);
        }
    }

    /** The operation's name, or method and path where none was found. */
    String operation() {
        return operation.isEmpty() ? request.method() + " " + request.path() : operation;
    }

    /** Such as {@code sqs.SendMessage}. */
    String name() {
        return service.isEmpty() ? operation() : service + "." + operation();
    }

    String notEmulated() {
        return notEmulated;
    }
}
