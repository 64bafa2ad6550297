package io.pileus.sqs;

import io.pileus.core.identity.Region;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.Settings;
import io.pileus.sqs.state.Queue;
import io.pileus.sqs.state.QueueIdentity;
import java.net.URI;

/**
 * Which host the queue URLs in answers have: the one the caller used, unless SQS_ENDPOINT_STRATEGY names another way. Only a
 * URL with the caller's own host is sure to work for that caller, through whatever port mapping it came.
 */
enum QueueUrlStrategy {
    /** {@code <host as called>/<account>/<name>}: our default. */
    DYNAMIC,
    /** {@code sqs.<region>.<LOCALSTACK_HOST>/<account>/<name>}. */
    STANDARD,
    /** {@code [<region>.]queue.<LOCALSTACK_HOST>/<account>/<name>}, without the region for us-east-1. */
    DOMAIN,
    /** {@code <LOCALSTACK_HOST>/queue/<region>/<account>/<name>}. */
    PATH,
    /** {@code <LOCALSTACK_HOST or localhost>/<account>/<name>}. */
    OFF;

    static QueueUrlStrategy of(Settings settings) {
        return switch (settings.get("SQS_ENDPOINT_STRATEGY", "dynamic").trim()) {
            case "standard" -> STANDARD;
            case "domain" -> DOMAIN;
            case "path" -> PATH;
            case "dynamic" -> DYNAMIC;
            default -> OFF;
        };
    }

    String url(Queue queue, CallContext call, Settings settings) {
        QueueIdentity identity = queue.identity();
        String region = identity.region().id();
        String path = "/" + identity.account() + "/" + identity.name();
        return switch (this) {
            case DYNAMIC -> call.endpoint() + path;
            case STANDARD -> scheme(call) + "sqs." + region + "." + host(call, settings) + path;
            case DOMAIN ->
                scheme(call)
                        + (identity.region().equals(Region.US_EAST_1) ? "" : region + ".")
                        + "queue."
                        + host(call, settings)
                        + path;
            case PATH -> scheme(call) + host(call, settings) + "/queue/" + region + path;
            case OFF -> scheme(call) + settings.get("LOCALSTACK_HOST", "localhost" + port(call)) + path;
        };
    }

    private static String scheme(CallContext call) {
        return call.endpoint().startsWith("https:") ? "https://" : "http://";
    }

    private static String host(CallContext call, Settings settings) {
        return settings.get("LOCALSTACK_HOST", "localhost.localstack.cloud" + port(call));
    }

    private static String port(CallContext call) {
        int port = URI.create(call.endpoint()).getPort();
        return port < 0 ? "" : ":" + port;
    }
}
