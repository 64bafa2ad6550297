package io.pileus.core.protocol;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.shape.Shape;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
        Flow.Publisher<? extends Shape> events = api.outputEvents(operation, output);
        if (events == null) {
            throw new IllegalStateException(operation.name() + " answered without its event stream");
        }
        headers.set("Content-Type", CONTENT_TYPE);
        ByteBuffer initial = EventFrame.event("initial-response", payloadType, encode.apply(output));
        return new HttpResponse(
                200, headers, new HttpResponse.Streamed(new Frames(initial, events, encode, payloadType)));
    }

    /** The frames of an answer: the initial one, then one for each event. */
    private record Frames(
            ByteBuffer initial,
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

    /** Turns events into frames; the client's first request is served the initial one. */
    private static final class Framing implements Flow.Subscriber<Shape>, Flow.Subscription {
        private final Frames frames;
        private final Flow.Subscriber<? super ByteBuffer> client;
        private Flow.@Nullable Subscription upstream;
        private boolean begun;

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
            boolean first;
            synchronized (frames) {
                first = !begun;
                begun = true;
            }
            if (first) {
                client.onNext(frames.initial.duplicate());
            }
            long rest = first ? count - 1 : count;
            if (rest > 0 && upstream != null) {
                upstream.request(rest);
            }
        }

        @Override
        public void cancel() {
            if (upstream != null) {
                upstream.cancel();
            }
        }

        @Override
        public void onNext(Shape event) {
            client.onNext(frames.frame(event));
        }

        @Override
        public void onError(Throwable failure) {
            if (failure instanceof AwsException error) {
                client.onNext(EventFrame.exception(
                        error.code(),
                        frames.payloadType,
                        error instanceof Shape shape ? frames.encode.apply(shape) : new byte[] {'{', '}'}));
                client.onComplete();
            } else {
                client.onNext(EventFrame.error("InternalFailure", "The request processing has failed."));
                client.onComplete();
            }
        }

        @Override
        public void onComplete() {
            client.onComplete();
        }
    }
}
