package io.pileus.sns.delivery;

import io.pileus.core.http.client.OutboundHttp;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Region;
import io.pileus.core.port.Delivery;
import io.pileus.core.port.DeliveryResult;
import io.pileus.core.port.Ports;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.shape.Blob;
import io.pileus.core.state.StateSink;
import io.pileus.core.time.Activity;
import io.pileus.core.time.EmulatorClock;
import io.pileus.core.time.Timers;
import io.pileus.sns.filter.FilterPolicy;
import io.pileus.sns.state.Outbox;
import io.pileus.sns.state.Protocol;
import io.pileus.sns.state.Subscription;
import io.pileus.sns.state.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings messages to subscribers: filters, delivers, retries by the schedule of the protocol on the emulator's clock, and
 * hands what cannot be delivered to the subscription's dead-letter queue. Services in this process have received a
 * message when the stage of {@link #fanOut} completes; HTTP endpoints are served beside it.
 */
public final class Courier {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    /** What delivery in this process mostly gives. */
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final EmulatorClock clock;
    private final Timers timers;
    private final Ports ports;
    private final Envelope envelope;
    private final Couriers couriers;
    private final DeliveryLog log;
    private final Predicate<String> endpointEnabled;
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
    private final Set<Attempting> attempting = ConcurrentHashMap.newKeySet();
    private final Set<SavedConfirmation> confirmations = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    /** @param endpointEnabled whether the push endpoint of an ARN takes messages */
    public Courier(
            ServiceEnvironment environment,
            Envelope envelope,
            Outbox outbox,
            DeliveryLog log,
            Predicate<String> endpointEnabled) {
        this.clock = environment.clock();
        this.timers = environment.timers();
        this.ports = environment.ports();
        this.envelope = envelope;
        this.log = log;
        this.endpointEnabled = endpointEnabled;
        this.couriers = new Couriers(ports.deliveries(), new OutboundHttp(environment.workers()), outbox);
    }

    /** One delivery on its way. */
    private record Job(
            Message message, Topic topic, Subscription to, Notification notification, RetrySchedule schedule) {}

    /** A delivery that failed and will be tried again. */
    private record Waiting(Job job, int retry, Instant at, Deferred timer) {
        /** The timer, which is known only once it has been set. */
        private static final class Deferred {
            private volatile Timers.@Nullable Timer timer;
        }

        void cancel() {
            Timers.Timer set = timer.timer;
            if (set != null) {
                set.cancel();
            }
        }
    }

    /** An attempt that has not ended; each is equal to itself only. */
    private static final class Attempting {
        private final Job job;
        private final int retry;
        private final CompletableFuture<Void> settled = new CompletableFuture<>();

        Attempting(Job job, int retry) {
            this.job = job;
            this.retry = retry;
        }
    }

    /** Delivers a message to every subscription that wants it; a FIFO topic's caller keeps the order by the topic's lane. */
    public CompletionStage<Void> fanOut(Message message, Topic topic) {
        Filterable filterable = new Filterable(message);
        Notification shared = null;
        List<CompletableFuture<?>> underWay = List.of();
        for (Subscription subscription : topic.candidates(filterable)) {
            if (!subscription.isConfirmed()) {
                record(message, subscription, DeliveryLog.Outcome.PENDING_CONFIRMATION, "not confirmed yet", 0);
                continue;
            }
            Optional<FilterPolicy> policy = subscription.filterPolicy();
            if (policy.isPresent()) {
                Optional<String> refusal = filterable.refusal(policy.get());
                if (refusal.isPresent()) {
                    record(message, subscription, DeliveryLog.Outcome.FILTERED_OUT, refusal.get(), 0);
                    continue;
                }
            }
            String text = message.textFor(subscription.protocol());
            if (shared == null || !shared.text().equals(text)) {
                shared = notification(message, topic, text);
            }
            CompletableFuture<Void> done = attempt(
                            new Job(message, topic, subscription, shared, scheduleFor(subscription, topic)), 0)
                    .toCompletableFuture();
            if (!subscription.protocol().isHttp() && done != DONE) {
                underWay = underWay.isEmpty() ? new ArrayList<>() : underWay;
                underWay.add(done);
            }
        }
        return underWay.isEmpty() ? DONE : CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new));
    }

    private Notification notification(Message message, Topic topic, String text) {
        String version = topic.attributes().getOrDefault("SignatureVersion", "1");
        return envelope.notification(message, topic.arn().toString(), text, version);
    }

    private static RetrySchedule scheduleFor(Subscription subscription, Topic topic) {
        return subscription.protocol().isHttp()
                ? RetrySchedule.forHttp(
                        Optional.ofNullable(subscription.attributes().get("DeliveryPolicy")),
                        Optional.ofNullable(topic.attributes().get("DeliveryPolicy")))
                : RetrySchedule.AWS_MANAGED;
    }

    /** Replays an archived message to one subscription. */
    public CompletionStage<Void> replay(Message message, Topic topic, Subscription subscription) {
        Optional<String> refusal = subscription.filterPolicy().flatMap(new Filterable(message)::refusal);
        if (refusal.isPresent()) {
            record(message, subscription, DeliveryLog.Outcome.FILTERED_OUT, refusal.get(), 0);
            return DONE;
        }
        Notification notification = notification(message, topic, message.textFor(subscription.protocol()));
        return attempt(new Job(message, topic, subscription, notification, scheduleFor(subscription, topic)), 0);
    }

    private CompletionStage<Void> attempt(Job job, int retry) {
        boolean enabled = job.to().protocol() != Protocol.APPLICATION
                || endpointEnabled.test(job.to().endpoint());
        Optional<Activity> activity = job.to().protocol().isHttp() ? ports.find(Activity.class) : Optional.empty();
        activity.ifPresent(Activity::begin);
        CompletableFuture<Attempt> made = couriers.attempt(job.message(), job.to(), job.notification(), enabled)
                .toCompletableFuture();
        if (made.isDone()) {
            CompletionStage<Void> settled =
                    settle(job, retry, made.exceptionally(Courier::failed).join());
            return activity.isEmpty()
                    ? settled
                    : settled.whenComplete((done, failure) -> activity.get().end());
        }
        Attempting pending = new Attempting(job, retry);
        attempting.add(pending);
        return made.exceptionally(Courier::failed)
                .thenCompose(attempt -> attempting.remove(pending)
                        ? settle(job, retry, attempt)
                        : CompletableFuture.<Void>completedStage(null))
                .whenComplete((done, failure) -> {
                    pending.settled.complete(null);
                    activity.ifPresent(Activity::end);
                });
    }

    private static Attempt failed(Throwable failure) {
        return new Attempt.Failed("InternalError", String.valueOf(failure), true);
    }

    private CompletionStage<Void> settle(Job job, int retry, Attempt attempt) {
        switch (attempt) {
            case Attempt.Succeeded succeeded -> {
                record(job.message(), job.to(), DeliveryLog.Outcome.DELIVERED, "", retry + 1);
                return DONE;
            }
            case Attempt.Failed failed -> {
                Optional<Duration> delay =
                        failed.retryable() && !closing ? job.schedule().delayBefore(retry) : Optional.empty();
                if (delay.isEmpty()) {
                    return giveUp(job, retry, failed);
                }
                record(job.message(), job.to(), DeliveryLog.Outcome.RETRYING, reason(failed), retry + 1);
                if (delay.get().isZero()) {
                    return attempt(job, retry + 1);
                }
                // Who waits for the answer waits for the first attempt only; the lane goes on, as AWS's delivery does.
                waitFor(new Waiting(job, retry + 1, clock.instant().plus(delay.get()), new Waiting.Deferred()));
                return DONE;
            }
        }
    }

    private void waitFor(Waiting next) {
        waiting.add(next);
        start(next);
    }

    private void start(Waiting next) {
        next.timer().timer = timers.at(next.at(), () -> {
            if (waiting.remove(next)) {
                attempt(next.job(), next.retry());
            }
        });
    }

    // ---- saving and loading -------------------------------------------------------------------------------------

    /** Tells what is to be delivered yet. */
    public void save(StateSink sink) {
        for (Waiting each : waiting) {
            save(sink, each.job(), each.retry(), each.at());
        }
        for (Attempting each : attempting) {
            save(sink, each.job, each.retry, each.job.message().sentAt());
        }
        for (SavedConfirmation each : confirmations) {
            sink.put(scope(each.topic()), "confirmation", each.subscription() + "/" + each.messageId(), each);
        }
    }

    private static void save(StateSink sink, Job job, int retry, Instant at) {
        sink.put(
                scope(job.to().topicText()),
                "retry",
                job.to().arnText() + "/" + job.message().id(),
                at,
                () -> new SavedRetry(
                        SavedMessage.of(job.message()),
                        job.to().topicText(),
                        job.to().arnText(),
                        retry,
                        at));
    }

    private static Scope scope(String topicArn) {
        Arn arn = Arn.parse(topicArn).orElseThrow();
        return new Scope(new AccountId(arn.account()), new Region(arn.region()));
    }

    /** Takes what was to be delivered; it is attempted once {@link #resume} is called. */
    public void load(SavedRetry saved, Topic topic, Subscription subscription) {
        Message message = saved.message().message();
        Notification notification = notification(message, topic, message.textFor(subscription.protocol()));
        Job job = new Job(message, topic, subscription, notification, scheduleFor(subscription, topic));
        waiting.add(new Waiting(job, saved.retry(), saved.at(), new Waiting.Deferred()));
    }

    public void load(SavedConfirmation saved) {
        confirmations.add(saved);
    }

    /** Sets the timers of what was loaded. */
    public void resume(Function<SavedConfirmation, Optional<Subscription>> subscriptions) {
        for (Waiting each : waiting) {
            if (each.timer().timer == null) {
                start(each);
            }
        }
        for (SavedConfirmation each : List.copyOf(confirmations)) {
            subscriptions.apply(each).ifPresent(subscription -> start(each, subscription));
        }
    }

    /** Gives up what waits for another attempt for topics that are no more. */
    public void forget(Predicate<Arn> topics) {
        confirmations.removeIf(each -> Arn.parse(each.topic()).filter(topics).isPresent());
        waiting.removeIf(each -> {
            boolean gone = topics.test(each.job().topic().arn());
            if (gone) {
                each.cancel();
            }
            return gone;
        });
    }

    /**
     * Ends what is pending before the server goes down: attempts under way have a little time, what waited for another attempt has
     * its last one now, and what is not delivered then goes to the dead-letter queue.
     *
     * @param atMost real time
     */
    public void close(Duration atMost) {
        closing = true;
        for (Waiting each : List.copyOf(waiting)) {
            if (waiting.remove(each)) {
                each.cancel();
                attempt(each.job(), each.retry());
            }
        }
        List<Attempting> underWay = List.copyOf(attempting);
        try {
            CompletableFuture.allOf(underWay.stream().map(each -> each.settled).toArray(CompletableFuture[]::new))
                    .get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.info("sns: deliveries were under way when the server went down");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Attempting each : underWay) {
            if (attempting.remove(each)) {
                giveUp(each.job, each.retry, new Attempt.Failed("ServiceShutdown", "The server went down", false));
            }
        }
    }

    private static String reason(Attempt.Failed failed) {
        return failed.code() + ": " + failed.message();
    }

    private CompletionStage<Void> giveUp(Job job, int retry, Attempt.Failed failed) {
        Optional<Arn> deadLetterQueue =
                RedrivePolicies.deadLetterTarget(job.to().attributes().get("RedrivePolicy"));
        if (deadLetterQueue.isEmpty()) {
            LOG.info(
                    "sns: message {} could not be delivered to {}: {}",
                    job.message().id(),
                    job.to().endpoint(),
                    reason(failed));
            record(job.message(), job.to(), DeliveryLog.Outcome.FAILED, reason(failed), retry + 1);
            return CompletableFuture.completedStage(null);
        }
        Map<String, Delivery.Attribute> attributes = new LinkedHashMap<>();
        attributes.put("RequestID", text(job.message().id()));
        attributes.put("ErrorCode", text(failed.code()));
        attributes.put("ErrorMessage", text(failed.message()));
        Blob body = job.to().isRaw()
                ? job.notification().textUtf8()
                : job.notification().document(job.to().arnText(), "");
        Delivery delivery = new Delivery(
                deadLetterQueue.get(),
                job.topic().arn(),
                Caller.service(job.to().owner(), Couriers.PRINCIPAL),
                body,
                attributes,
                job.message().groupId(),
                job.message().deduplicationId(),
                Optional.empty(),
                clock.instant(),
                job.message().hops() + 1);
        return ports.deliveries().deliver(delivery).thenAccept(result -> {
            boolean delivered = result instanceof DeliveryResult.Delivered;
            record(
                    job.message(),
                    job.to(),
                    delivered ? DeliveryLog.Outcome.DEAD_LETTERED : DeliveryLog.Outcome.FAILED,
                    reason(failed) + (delivered ? "" : "; and the dead-letter queue did not take it: " + result),
                    retry + 1);
        });
    }

    private static Delivery.Attribute text(String value) {
        return new Delivery.Attribute("String", Blob.ofUtf8(value.isEmpty() ? "-" : value));
    }

    /** Asks the endpoint's owner to confirm; an HTTP endpoint is asked again by the default schedule until it takes it. */
    public void askToConfirm(
            Subscription subscription, String token, String messageId, String endpoint, String version) {
        String document = envelope.confirmation(
                "SubscriptionConfirmation", messageId, subscription, token, clock.instant(), endpoint, version);
        if (subscription.protocol().isHttp()) {
            confirmOverHttp(subscription, messageId, document, 0);
        } else if (subscription.protocol() == Protocol.SQS) {
            confirmByQueue(subscription, document);
        } else {
            couriers.mail(confirmationMail(messageId, document, endpoint), subscription);
        }
    }

    private void confirmByQueue(Subscription subscription, String document) {
        Arn queue = subscription.target().orElseThrow();
        Delivery delivery = Delivery.of(
                queue, subscription.topic(), subscription.sender(), Blob.ofUtf8(document), clock.instant(), 1);
        ports.deliveries().deliver(delivery).thenAccept(result -> {
            if (!(result instanceof DeliveryResult.Delivered)) {
                LOG.info("sns: {} could not be asked to confirm its subscription: {}", queue, result);
            }
        });
    }

    private Message confirmationMail(String messageId, String document, String endpoint) {
        return new Message(
                messageId,
                document,
                Map.of(),
                Optional.of("AWS Notification - Subscription Confirmation"),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                clock.instant(),
                endpoint,
                0,
                Optional.empty());
    }

    private void confirmOverHttp(Subscription subscription, String messageId, String document, int retry) {
        Optional<Activity> activity = ports.find(Activity.class);
        activity.ifPresent(Activity::begin);
        couriers.confirm("SubscriptionConfirmation", messageId, subscription, document)
                .whenComplete((attempt, failure) -> {
                    if (attempt instanceof Attempt.Failed failed && failed.retryable()) {
                        RetrySchedule.HTTP_DEFAULT.delayBefore(retry).ifPresent(delay -> {
                            SavedConfirmation next = new SavedConfirmation(
                                    subscription.topicText(),
                                    subscription.arnText(),
                                    messageId,
                                    document,
                                    retry + 1,
                                    clock.instant().plus(delay));
                            confirmations.add(next);
                            start(next, subscription);
                        });
                    }
                    activity.ifPresent(Activity::end);
                });
    }

    private void start(SavedConfirmation next, Subscription subscription) {
        timers.at(next.at(), () -> {
            if (confirmations.remove(next)) {
                confirmOverHttp(subscription, next.messageId(), next.document(), next.retry());
            }
        });
    }

    private void record(Message message, Subscription to, DeliveryLog.Outcome outcome, String reason, int attempt) {
        Instant now = clock.instant();
        log.add(new DeliveryLog.Entry(
                now,
                message.id(),
                to.topicText(),
                to.arnText(),
                to.protocol().wire(),
                to.endpoint(),
                outcome,
                reason,
                attempt));
    }
}
