package io.pileus.protocoltests;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.WireProtocol;
import io.pileus.protocoltests.kinesis.KinesisApi;
import io.pileus.protocoltests.kinesis.KinesisOperations;
import io.pileus.protocoltests.kinesis.ResourceNotFoundException;
import io.pileus.protocoltests.kinesis.SubscribeToShardEvent;
import io.pileus.protocoltests.kinesis.SubscribeToShardEventStream;
import io.pileus.protocoltests.kinesis.SubscribeToShardOutput;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Event streams, as SubscribeToShard answers. */
class EventStreamTest {
    private final Wire kinesis = new Wire(new KinesisApi(new KinesisOperations() {}), WireProtocol.AWS_JSON_1_1);

    /** One frame, its checksums verified. */
    record Frame(Map<String, String> headers, String payload) {
        static Frame parse(ByteBuffer bytes) {
            byte[] all = new byte[bytes.remaining()];
            bytes.duplicate().get(all);
            ByteBuffer in = ByteBuffer.wrap(all);
            assertThat(in.getInt()).isEqualTo(all.length);
            int headersLength = in.getInt();
            assertThat(in.getInt()).isEqualTo(crc(all, 8));
            assertThat(ByteBuffer.wrap(all, all.length - 4, 4).getInt()).isEqualTo(crc(all, all.length - 4));
            Map<String, String> headers = new LinkedHashMap<>();
            while (in.position() < 12 + headersLength) {
                String name = text(in, in.get());
                assertThat(in.get()).isEqualTo((byte) 7);
                headers.put(name, text(in, in.getShort()));
            }
            return new Frame(headers, text(in, all.length - 4 - in.position()));
        }

        private static int crc(byte[] bytes, int length) {
            CRC32 crc = new CRC32();
            crc.update(bytes, 0, length);
            return (int) crc.getValue();
        }

        private static String text(ByteBuffer in, int length) {
            byte[] bytes = new byte[length];
            in.get(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Takes what comes when it is asked for. */
    private static final class Client implements Flow.Subscriber<ByteBuffer> {
        private final List<Frame> frames = new ArrayList<>();
        private Flow.Subscription subscription;
        private boolean complete;

        @Override
        public void onSubscribe(Flow.Subscription s) {
            subscription = s;
        }

        @Override
        public void onNext(ByteBuffer frame) {
            frames.add(Frame.parse(frame));
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onComplete() {
            complete = true;
        }
    }

    private static final class Source implements Flow.Publisher<SubscribeToShardEventStream> {
        private Flow.Subscriber<? super SubscribeToShardEventStream> subscriber;
        private long requested;
        private boolean cancelled;

        @Override
        public void subscribe(Flow.Subscriber<? super SubscribeToShardEventStream> s) {
            subscriber = s;
            s.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long n) {
                    requested += n;
                }

                @Override
                public void cancel() {
                    cancelled = true;
                }
            });
        }
    }

    private final Source source = new Source();
    private final Client client = new Client();

    private void subscribe() {
        HttpResponse response = kinesis.write(
                "SubscribeToShard",
                SubscribeToShardOutput.builder().eventStream(source).build());
        assertThat(response.headers().get("Content-Type")).isEqualTo("application/vnd.amazon.eventstream");
        assertThat(response.headers().get("x-amzn-RequestId")).isEqualTo(Wire.REQUEST_ID);
        ((HttpResponse.Streamed) response.body()).chunks().subscribe(client);
    }

    private static SubscribeToShardEventStream event(String sequenceNumber) {
        return new SubscribeToShardEventStream.SubscribeToShardEventMember(SubscribeToShardEvent.builder()
                .continuationSequenceNumber(sequenceNumber)
                .millisBehindLatest(0L)
                .records(List.of())
                .build());
    }

    @Test
    void theInitialResponseComesFirstAndThenTheEvents() {
        subscribe();
        client.subscription.request(2);
        source.subscriber.onNext(event("7"));

        assertThat(client.frames)
                .containsExactly(
                        new Frame(
                                Map.of(
                                        ":message-type", "event",
                                        ":event-type", "initial-response",
                                        ":content-type", "application/x-amz-json-1.1"),
                                "{}"),
                        new Frame(
                                Map.of(
                                        ":message-type", "event",
                                        ":event-type", "SubscribeToShardEvent",
                                        ":content-type", "application/x-amz-json-1.1"),
                                "{\"Records\":[],\"ContinuationSequenceNumber\":\"7\",\"MillisBehindLatest\":0}"));
    }

    @Test
    void onlyWhatTheClientAskedForIsAskedOfTheSource() {
        subscribe();
        client.subscription.request(1);
        assertThat(source.requested).isZero();

        client.subscription.request(5);
        assertThat(source.requested).isEqualTo(5);
    }

    @Test
    void aStreamThatEndsAtOnceEndsAfterTheInitialResponse() {
        subscribe();
        source.subscriber.onComplete();
        assertThat(client.complete).isFalse();

        client.subscription.request(1);
        assertThat(client.frames).hasSize(1);
        assertThat(client.complete).isTrue();
    }

    @Test
    void aModelledErrorIsTheLastFrame() {
        subscribe();
        client.subscription.request(10);
        source.subscriber.onError(ResourceNotFoundException.of("gone"));

        assertThat(client.frames.getLast())
                .isEqualTo(new Frame(
                        Map.of(
                                ":message-type", "exception",
                                ":exception-type", "ResourceNotFoundException",
                                ":content-type", "application/x-amz-json-1.1"),
                        "{\"message\":\"gone\"}"));
        assertThat(client.complete).isTrue();
    }

    @Test
    void anotherErrorIsTheLastFrameToo() {
        subscribe();
        client.subscription.request(10);
        source.subscriber.onError(new AwsException("InternalFailure", 500, "broken"));

        assertThat(client.frames.getLast().headers())
                .containsEntry(":message-type", "error")
                .containsEntry(":error-code", "InternalFailure")
                .containsEntry(":error-message", "broken");
    }

    @Test
    void aClientThatGoesAwayCancelsTheSource() {
        subscribe();
        client.subscription.cancel();

        assertThat(source.cancelled).isTrue();
    }
}
