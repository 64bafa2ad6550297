package io.pileus.core.protocol;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.shape.Shape;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers that are streams of events: the initial response first (boto3 insists on it), then each event, and an exception
 * that ends the stream.
 *
 * @see <a href="https://smithy.io/2.0/aws/amazon-eventstream.html">Amazon Event Stream</a>
 */
final class EventStreams {
    static final String CONTENT_TYPE = "application/vnd.amazon.eventstream";

    private EventStreams() {}

    /**
     * An answer that begins with the initial response, as those of RPC protocols do.
     *
     * @param encode writes the initial response and each event's payload
     * @param payloadType the media type of what {@code encode} writes
     * @param headers the headers of the answer, whose content type is replaced
     */
    static HttpResponse response(
            ServiceApi api,
            Operation operation,
            Shape output,
            Function<Shape, byte[]> encode,
            String payloadType,
            Headers headers) {
        ByteBuffer initial = EventFrame.event("initial-response", payloadType, encode.apply(output));
        return response(api, operation, output, Optional.of(initial), encode, payloadType, headers);
    }

    /** An answer of events only: in HTTP bindings the other members are headers. */
    static HttpResponse eventsOnly(
            ServiceApi api,
            Operation operation,
            Shape output,
            Function<Shape, byte[]> encode,
            String payloadType,
            Headers headers) {
        return response(api, operation, output, Optional.empty(), encode, payloadType, headers);
    }

    private static HttpResponse response(
            ServiceApi api,
            Operation operation,
            Shape output,
            Optional<ByteBuffer> initial,
            Function<Shape, byte[]> encode,
            String payloadType,
            Headers headers) {
        Flow.Publisher<? extends Shape> events = api.outputEvents(operation, output);
        if (events == null) {
            throw new IllegalStateException(operation.name() + " answered without its event stream");
        }
        headers.set("Content-Type", CONTENT_TYPE);
        return new HttpResponse(
                200, headers, new HttpResponse.Streamed(new Frames(initial, events, encode, payloadType)));
    }

    /** The frames of an answer: the initial one, then one for each event. */
    private record Frames(
            Optional<ByteBuffer> initial,
            Flow.Publisher<? extends Shape> events,
            Function<Shape, byte[]> encode,
            String payloadType)
            implements Flow.Publisher<ByteBuffer> {
        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            events.subscribe(new Framing(this, subscriber));
        }

        private ByteBuffer frame(Shape event) {
            EventPayload payload = new EventPayload();
            event.write(payload);
            return EventFrame.event(payload.name(), payload.contentType(payloadType), payload.bytes(encode));
        }
    }

    /**
     * Turns events into frames. The client's first request is served the initial response; a stream that ends before ends
     * after it.
     */
    private static final class Framing implements Flow.Subscriber<Shape>, Flow.Subscription {
        private static final Logger log = LoggerFactory.getLogger(EventStreams.class);

        private final Frames frames;
        private final Flow.Subscriber<? super ByteBuffer> client;
        private Flow.@Nullable Subscription upstream;
        private boolean asked;
        private boolean begun;
        private @Nullable Runnable end;

        private Framing(Frames frames, Flow.Subscriber<? super ByteBuffer> client) {
            this.frames = frames;
            this.client = client;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            upstream = subscription;
            client.onSubscribe(this);
        }

        @Override
        public void request(long count) {
            long rest = begin() ? count - 1 : count;
            if (rest > 0 && upstream != null) {
                upstream.request(rest);
            }
        }

        /** Sends the initial response if nobody has; says whether it did. */
        private boolean begin() {
            synchronized (this) {
                if (asked) {
                    return false;
                }
                asked = true;
            }
            frames.initial.ifPresent(frame -> client.onNext(frame.duplicate()));
            Runnable waiting;
            synchronized (this) {
                begun = true;
                waiting = end;
            }
            if (waiting != null) {
                waiting.run();
            }
            return frames.initial.isPresent();
        }

        private void end(Runnable action) {
            synchronized (this) {
                if (!begun) {
                    end = action;
                    return;
                }
            }
            action.run();
        }

        @Override
        public void cancel() {
            if (upstream != null) {
                upstream.cancel();
            }
        }

        @Override
        public void onNext(Shape event) {
            ByteBuffer frame;
            try {
                frame = frames.frame(event);
            } catch (RuntimeException e) {
                cancel();
                onError(e);
                return;
            }
            client.onNext(frame);
        }

        @Override
        public void onError(Throwable failure) {
            ByteBuffer last = last(failure);
            end(() -> {
                client.onNext(last);
                client.onComplete();
            });
        }

        private ByteBuffer last(Throwable failure) {
            if (!(failure instanceof AwsException error)) {
                log.error("an event stream failed", failure);
                return EventFrame.error("InternalFailure", "The request processing has failed.");
            }
            if (error instanceof Shape shape) {
                return EventFrame.exception(error.code(), frames.payloadType, frames.encode.apply(shape));
            }
            return EventFrame.error(error.code(), String.valueOf(error.getMessage()));
        }

        @Override
        public void onComplete() {
            end(client::onComplete);
        }
    }
}
