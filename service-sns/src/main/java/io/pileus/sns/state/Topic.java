package io.pileus.sns.state;

import io.pileus.core.identity.Arn;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.state.StateSink;
import io.pileus.sns.delivery.Filterable;
import io.pileus.sns.delivery.Lane;
import io.pileus.sns.delivery.Message;
import io.pileus.sns.delivery.SavedMessage;
import io.pileus.sns.filter.FilterIndex;
import io.pileus.sns.filter.FilterPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A topic: its attributes, its subscriptions, and for a FIFO topic its deduplication window, sequence and archive. All
 * of it is guarded by one lock; use {@link #locked}.
 */
public final class Topic {
    /** How long a FIFO topic remembers a deduplication id. */
    public static final Duration DEDUPLICATION_WINDOW = Duration.ofMinutes(5);

    /** Below this number of subscriptions each is asked, so that the delivery log can say why it was passed over. */
    private static final int INDEX_WORTHWHILE = 64;

    /** Kinds of what is saved. */
    public static final String TOPIC = "topic";

    public static final String SUBSCRIPTION = "subscription";
    public static final String SENT = "sent";
    public static final String ARCHIVED = "archived";

    private final ReentrantLock lock = new ReentrantLock();
    private final Arn arn;
    private final boolean fifo;
    private final Map<String, String> attributes = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, String> tags = new LinkedHashMap<>();
    private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    private final FilterIndex<Subscription> index = new FilterIndex<>();

    /** All subscriptions while they are few; when they are many, more than {@link #INDEX_WORTHWHILE} of them. */
    private volatile List<Subscription> all = List.of();

    private final Map<String, Sent> window = new LinkedHashMap<>();
    private final Lane lane = new Lane();
    private final Deque<Message> archive = new ArrayDeque<>();
    private String dataProtectionPolicy = "";
    private int deletedSubscriptions;
    private long sequence;
    private long subscriptionsMade;

    /** Grows whenever something may have changed. */
    private long changes;

    private record Sent(Message message, Instant forgottenAt) {}

    public Topic(Arn arn, boolean fifo) {
        this.arn = arn;
        this.fifo = fifo;
    }

    public Arn arn() {
        return arn;
    }

    /** Keeps a FIFO topic's messages in the order in which they were accepted. */
    public Lane lane() {
        return lane;
    }

    public boolean isFifo() {
        return fifo;
    }

    public <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            changes++;
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** The attributes as they were set; an absent one has its default. */
    public Map<String, String> attributes() {
        return attributes;
    }

    public boolean flag(String attribute) {
        return Boolean.parseBoolean(attributes.get(attribute));
    }

    public Map<String, String> tags() {
        return tags;
    }

    public String dataProtectionPolicy() {
        return dataProtectionPolicy;
    }

    public void dataProtectionPolicy(String policy) {
        dataProtectionPolicy = policy;
    }

    // ---- subscriptions ------------------------------------------------------------------------------------------

    public List<Subscription> subscriptions() {
        return List.copyOf(subscriptions.values());
    }

    /** Keeps the list of the first subscriptions that publishing reads without the lock. */
    private void changed() {
        all = subscriptions.values().stream().limit(INDEX_WORTHWHILE + 1L).toList();
    }

    public Optional<Subscription> subscription(String subscriptionArn) {
        return Optional.ofNullable(subscriptions.get(subscriptionArn));
    }

    public Optional<Subscription> subscriptionOf(Protocol protocol, String endpoint) {
        return subscriptions.values().stream()
                .filter(s -> s.protocol() == protocol && s.endpoint().equals(endpoint))
                .findFirst();
    }

    public void add(Subscription subscription) {
        subscription.place(++subscriptionsMade);
        subscriptions.put(subscription.arn().toString(), subscription);
        index.add(subscription, subscription.filterPolicy());
        if (all.size() <= INDEX_WORTHWHILE) {
            changed();
        }
    }

    public void remove(Subscription subscription) {
        if (subscriptions.remove(subscription.arn().toString()) != null) {
            index.remove(subscription, subscription.filterPolicy());
            deletedSubscriptions++;
            if (subscriptions.size() <= INDEX_WORTHWHILE) {
                changed();
            }
        }
    }

    public void confirm(Subscription subscription, boolean authenticated, String token) {
        subscription.confirm(authenticated, token);
    }

    /** Gives a subscription (which may not have been added yet) another filter policy. */
    public void filter(Subscription subscription, Optional<FilterPolicy> policy) {
        boolean added = subscriptions.containsKey(subscription.arn().toString());
        if (added) {
            index.remove(subscription, subscription.filterPolicy());
        }
        subscription.filterPolicy(policy);
        if (added) {
            index.add(subscription, policy);
        }
    }

    // ---- saving and loading -------------------------------------------------------------------------------------

    /** Equal while the very same thing has not changed. */
    private record Stamp(Object thing, long changes) {}

    /** Tells all of it. */
    public void save(Scope scope, StateSink sink) {
        Stamp stamp;
        lock.lock();
        try {
            stamp = new Stamp(this, changes);
        } finally {
            lock.unlock();
        }
        sink.part(scope, arn.toString(), stamp, part -> saveParts(scope, part));
    }

    private void saveParts(Scope scope, StateSink sink) {
        List<Subscription> everySubscription;
        Map<String, Sent> everySent;
        List<Message> everyArchived;
        SavedTopic saved;
        lock.lock();
        try {
            saved = new SavedTopic(
                    arn.toString(),
                    fifo,
                    new LinkedHashMap<>(attributes),
                    new LinkedHashMap<>(tags),
                    dataProtectionPolicy,
                    deletedSubscriptions,
                    sequence,
                    subscriptionsMade);
            everySubscription = subscriptions();
            everySent = new LinkedHashMap<>(window);
            everyArchived = List.copyOf(archive);
        } finally {
            lock.unlock();
        }
        sink.put(scope, TOPIC, saved.arn(), saved);
        for (Subscription each : everySubscription) {
            sink.put(scope, SUBSCRIPTION, each.arnText(), new Stamp(each, each.changes()), each::saved);
        }
        everySent.forEach((key, sent) -> sink.put(
                scope,
                SENT,
                saved.arn() + "/" + key,
                sent,
                () -> new SavedSent(saved.arn(), key, SavedMessage.of(sent.message()), sent.forgottenAt())));
        for (Message each : everyArchived) {
            sink.put(
                    scope,
                    ARCHIVED,
                    saved.arn() + "/" + each.sequenceNumber().orElse("") + "/" + each.id(),
                    each,
                    () -> new SavedArchived(saved.arn(), SavedMessage.of(each)));
        }
    }

    /** The topic that was saved, without what is in it. */
    public static Topic of(SavedTopic saved) {
        Topic topic = new Topic(Arn.parse(saved.arn()).orElseThrow(), saved.fifo());
        topic.attributes.putAll(saved.attributes());
        topic.tags.putAll(saved.tags());
        topic.dataProtectionPolicy = saved.dataProtectionPolicy();
        topic.deletedSubscriptions = saved.deletedSubscriptions();
        topic.sequence = saved.sequence();
        topic.subscriptionsMade = saved.subscriptionsMade();
        return topic;
    }

    /** Takes subscriptions that were saved, in whichever order. */
    public void load(List<SavedSubscription> saved, Function<Map<String, String>, Optional<FilterPolicy>> compiled) {
        long made = subscriptionsMade;
        for (SavedSubscription each : saved.stream()
                .sorted(Comparator.comparingLong(SavedSubscription::place))
                .toList()) {
            Subscription subscription = Subscription.of(each);
            subscription.filterPolicy(compiled.apply(each.attributes()));
            add(subscription);
            subscription.place(each.place());
        }
        subscriptionsMade = made;
    }

    /** Takes what it shall remember of what was sent, in whichever order. */
    public void loadWindow(List<SavedSent> saved) {
        saved.stream()
                .sorted(Comparator.comparing(SavedSent::forgottenAt))
                .forEach(each -> window.put(each.key(), new Sent(each.message().message(), each.forgottenAt())));
    }

    /** Archived messages come in the order of their sequence numbers. */
    public void load(SavedArchived saved) {
        archive.add(saved.message().message());
    }

    /** How many subscriptions have a filter policy. */
    public long filterPolicies() {
        return subscriptions.values().stream()
                .filter(s -> s.filterPolicy().isPresent())
                .count();
    }

    public long confirmedCount() {
        return subscriptions.values().stream().filter(Subscription::isConfirmed).count();
    }

    public long pendingCount() {
        return subscriptions.size() - confirmedCount();
    }

    public int deletedCount() {
        return deletedSubscriptions;
    }

    /** The subscriptions that may want the message, in the order they were made. */
    public List<Subscription> candidates(Filterable message) {
        List<Subscription> few = all;
        if (few.size() <= INDEX_WORTHWHILE) {
            return few;
        }
        return locked(() -> index.candidates(message.attributes()));
    }

    // ---- FIFO ---------------------------------------------------------------------------------------------------

    /** What became of a message that a FIFO topic took in. */
    public record Accepted(Message message, boolean duplicate) {}

    /**
     * Takes a message in: numbers it and remembers its deduplication key for five minutes, or answers with the message
     * that had the same key.
     */
    public Accepted accept(String deduplicationKey, Instant now, Function<String, Message> numbered) {
        Iterator<Sent> oldestFirst = window.values().iterator();
        while (oldestFirst.hasNext() && !oldestFirst.next().forgottenAt().isAfter(now)) {
            oldestFirst.remove();
        }
        Sent earlier = window.get(deduplicationKey);
        if (earlier != null) {
            return new Accepted(earlier.message(), true);
        }
        Message message = numbered.apply(nextSequenceNumber());
        window.put(deduplicationKey, new Sent(message, now.plus(DEDUPLICATION_WINDOW)));
        retention().ifPresent(retention -> {
            archive.add(message);
            trimArchive(now, retention);
        });
        return new Accepted(message, false);
    }

    /** 20 digits, increasing. */
    private String nextSequenceNumber() {
        sequence += 1000;
        return "1" + String.format("%019d", sequence);
    }

    // ---- archive ------------------------------------------------------------------------------------------------

    /** How long the archive keeps messages; empty when the topic has none. */
    public Optional<Duration> retention() {
        return ArchivePolicy.retention(attributes.getOrDefault("ArchivePolicy", ""));
    }

    private void trimArchive(Instant now, Duration retention) {
        while (!archive.isEmpty() && archive.peek().sentAt().plus(retention).isBefore(now)) {
            archive.remove();
        }
    }

    /** The archived messages sent in the interval, oldest first. */
    public List<Message> archived(Instant from, Instant to, Instant now) {
        retention().ifPresentOrElse(retention -> trimArchive(now, retention), archive::clear);
        return archive.stream()
                .filter(m -> !m.sentAt().isBefore(from) && !m.sentAt().isAfter(to))
                .toList();
    }

    /** When the oldest archived message was sent. */
    public Optional<Instant> archiveBegins() {
        return Optional.ofNullable(archive.peek()).map(Message::sentAt);
    }
}
