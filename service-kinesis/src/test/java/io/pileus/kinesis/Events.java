package io.pileus.kinesis;

import io.pileus.kinesis.model.SubscribeToShardEvent;
import io.pileus.kinesis.model.SubscribeToShardEventStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes the events of a subscription, when asked to. */
final class Events implements Flow.Subscriber<SubscribeToShardEventStream> {
    final List<SubscribeToShardEvent> received = new ArrayList<>();
    private Flow.@Nullable Subscription subscription;

    @Nullable
    Throwable failure;

    boolean complete;

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
    }

    Events request(long count) {
        java.util.Objects.requireNonNull(subscription).request(count);
        return this;
    }

    void cancel() {
        java.util.Objects.requireNonNull(subscription).cancel();
    }

    @Override
    public void onNext(SubscribeToShardEventStream event) {
        if (event instanceof SubscribeToShardEventStream.SubscribeToShardEventMember member) {
            received.add(member.value());
        }
    }

    @Override
    public void onError(Throwable newFailure) {
        failure = newFailure;
    }

    @Override
    public void onComplete() {
        complete = true;
    }

    List<String> data() {
        return received.stream()
                .flatMap(event -> event.records().stream())
                .map(record -> record.data().utf8())
                .toList();
    }
}
