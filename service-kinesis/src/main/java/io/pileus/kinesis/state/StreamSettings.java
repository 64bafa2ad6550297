package io.pileus.kinesis.state;

import io.pileus.kinesis.model.StreamMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What users set on a stream. Guarded by the stream's lock: reach it through {@link Stream#settings} only. What every write
 * asks for can be read without.
 */
public final class StreamSettings {
    private StreamMode mode = StreamMode.PROVISIONED;
    private Duration retention = Duration.ofHours(24);
    private final Set<String> shardLevelMetrics = new TreeSet<>();
    private volatile @Nullable String encryptionKeyId;
    private final Map<String, String> tags = new TreeMap<>();
    private @Nullable String policy;
    private volatile int maxRecordSizeKib = 1024;
    private int warmThroughputMibps;
    private final List<Instant> modeChanges = new ArrayList<>();
    private final List<Instant> shardCountChanges = new ArrayList<>();
    private final List<Instant> encryptionStarts = new ArrayList<>();
    private final List<Instant> encryptionStops = new ArrayList<>();

    StreamSettings() {}

    void restore(SavedStream.Settings saved) {
        mode = saved.mode();
        retention = saved.retention();
        shardLevelMetrics.addAll(saved.shardLevelMetrics());
        encryptionKeyId = saved.encryptionKeyId();
        tags.putAll(saved.tags());
        policy = saved.policy();
        maxRecordSizeKib = saved.maxRecordSizeKib();
        warmThroughputMibps = saved.warmThroughputMibps();
        modeChanges.addAll(saved.modeChanges());
        shardCountChanges.addAll(saved.shardCountChanges());
        encryptionStarts.addAll(saved.encryptionStarts());
        encryptionStops.addAll(saved.encryptionStops());
    }

    SavedStream.Settings saved() {
        return new SavedStream.Settings(
                mode,
                retention,
                new TreeSet<>(shardLevelMetrics),
                encryptionKeyId,
                new TreeMap<>(tags),
                policy,
                maxRecordSizeKib,
                warmThroughputMibps,
                List.copyOf(modeChanges),
                List.copyOf(shardCountChanges),
                List.copyOf(encryptionStarts),
                List.copyOf(encryptionStops));
    }

    public StreamMode mode() {
        return mode;
    }

    public void mode(StreamMode newMode) {
        this.mode = newMode;
    }

    public Duration retention() {
        return retention;
    }

    public void retention(Duration newRetention) {
        this.retention = newRetention;
    }

    /** The names of the metrics of each shard; {@code ALL} is never among them. */
    public Set<String> shardLevelMetrics() {
        return shardLevelMetrics;
    }

    /** The key as the user named it; empty while the stream is not encrypted. */
    public Optional<String> encryptionKeyId() {
        return Optional.ofNullable(encryptionKeyId);
    }

    public void encryptUnder(String keyId) {
        this.encryptionKeyId = keyId;
    }

    public void stopEncryption() {
        this.encryptionKeyId = null;
    }

    public Map<String, String> tags() {
        return tags;
    }

    public Optional<String> policy() {
        return Optional.ofNullable(policy);
    }

    public void policy(@Nullable String newPolicy) {
        this.policy = newPolicy;
    }

    public int maxRecordSizeKib() {
        return maxRecordSizeKib;
    }

    public void maxRecordSizeKib(int kib) {
        this.maxRecordSizeKib = kib;
    }

    public int warmThroughputMibps() {
        return warmThroughputMibps;
    }

    public void warmThroughputMibps(int mibps) {
        this.warmThroughputMibps = mibps;
    }

    /** When its mode was changed within the last day. */
    public List<Instant> modeChanges() {
        return modeChanges;
    }

    /** When UpdateShardCount was called within the last day. */
    public List<Instant> shardCountChanges() {
        return shardCountChanges;
    }

    /** When a key was applied within the last day. */
    public List<Instant> encryptionStarts() {
        return encryptionStarts;
    }

    /** When encryption was stopped within the last day. */
    public List<Instant> encryptionStops() {
        return encryptionStops;
    }
}
