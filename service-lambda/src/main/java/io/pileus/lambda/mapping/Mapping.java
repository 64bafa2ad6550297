package io.pileus.lambda.mapping;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Region;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.lambda.filter.RecordFilter;
import io.pileus.lambda.model.EventSourceMappingConfiguration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One event source mapping: its configuration, its tags and its loop. The loop runs while the mapping is enabled, and keeps
 * its place while it is not.
 */
final class Mapping {
    static final String ENABLED = "Enabled";
    static final String DISABLED = "Disabled";

    private final AccountId account;
    private final Region region;
    private final Arn source;
    private final Map<String, String> tags = new ConcurrentHashMap<>();
    private final Surroundings surroundings;
    private volatile Settings settings;
    private volatile @Nullable Loop loop;

    /** How far a mapping had come that was loaded and has not gone on yet. */
    private volatile Optional<SavedMapping.Progress> loaded = Optional.empty();

    /** What pulls from a source; goes on from where it stopped. */
    interface Loop {
        /** Begins, or looks at the mapping's configuration again. */
        void start();

        void stop();

        /** How far it has come; empty where the source itself knows. */
        Optional<SavedMapping.Progress> progress();

        /** How the last batch went; sources whose mappings do not tell have none. */
        Optional<String> lastProcessingResult();
    }

    /** The configuration with what was made of it. */
    private record Settings(EventSourceMappingConfiguration configuration, RecordFilter filter) {
        static Settings of(EventSourceMappingConfiguration configuration, Arn source) {
            return new Settings(configuration, RecordFilter.of(configuration.filterCriteria(), kind(source)));
        }
    }

    Mapping(
            Surroundings surroundings,
            AccountId account,
            Region region,
            Arn source,
            EventSourceMappingConfiguration configuration) {
        this.surroundings = surroundings;
        this.account = account;
        this.region = region;
        this.source = source;
        this.settings = Settings.of(configuration, source);
    }

    static Mapping restore(Surroundings surroundings, Scope scope, SavedMapping saved) {
        Mapping mapping =
                new Mapping(surroundings, scope.account(), scope.region(), saved.source(), saved.configuration());
        mapping.tags.putAll(saved.tags());
        mapping.loaded = saved.progress();
        return mapping;
    }

    SavedMapping saved() {
        Loop running = loop;
        return new SavedMapping(
                source, configuration(), new TreeMap<>(tags), running == null ? loaded : running.progress());
    }

    /** Goes on after it was loaded. */
    void resume() {
        if (ENABLED.equals(configuration().state())) {
            start();
        }
    }

    static RecordFilter.Source kind(Arn source) {
        return source.service().equals("sqs") ? RecordFilter.Source.QUEUE : RecordFilter.Source.STREAM;
    }

    AccountId account() {
        return account;
    }

    Region region() {
        return region;
    }

    /** The queue, the stream or the stream's consumer. */
    Arn source() {
        return source;
    }

    Map<String, String> tags() {
        return tags;
    }

    /** The configuration as a client sees it. */
    EventSourceMappingConfiguration description() {
        Loop running = loop;
        Optional<String> result = running == null ? Optional.empty() : running.lastProcessingResult();
        if (running == null) {
            result = loaded.map(SavedMapping.Progress::lastProcessingResult);
        }
        return result.map(text ->
                        configuration().toBuilder().lastProcessingResult(text).build())
                .orElseGet(this::configuration);
    }

    EventSourceMappingConfiguration configuration() {
        return settings.configuration();
    }

    RecordFilter filter() {
        return settings.filter();
    }

    int batchSize() {
        Integer size = configuration().batchSize();
        return size == null ? 1 : size;
    }

    int batchingWindowSeconds() {
        Integer seconds = configuration().maximumBatchingWindowInSeconds();
        return seconds == null ? 0 : seconds;
    }

    boolean reportsBatchItemFailures() {
        return configuration().functionResponseTypes().contains("ReportBatchItemFailures");
    }

    String functionArn() {
        return String.valueOf(configuration().functionArn());
    }

    synchronized void start() {
        Loop running = loop;
        if (running == null) {
            running = switch (kind(source)) {
                case QUEUE -> new QueueLoop(surroundings, this);
                case STREAM -> new StreamLoop(surroundings, this, loaded);
            };
            loop = running;
        }
        running.start();
    }

    synchronized void stop() {
        Loop running = loop;
        if (running != null) {
            running.stop();
        }
    }

    /** Goes on with another configuration; batches under way end as they would have. */
    synchronized void change(EventSourceMappingConfiguration changed) {
        settings = Settings.of(changed, source);
        if (ENABLED.equals(changed.state())) {
            start();
        } else {
            stop();
        }
    }
}
