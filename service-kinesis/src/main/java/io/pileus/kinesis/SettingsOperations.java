package io.pileus.kinesis;

import io.pileus.core.service.CallContext;
import io.pileus.kinesis.model.*;
import io.pileus.kinesis.state.KinesisErrors;
import io.pileus.kinesis.state.KinesisState;
import io.pileus.kinesis.state.Stream;
import io.pileus.kinesis.state.StreamSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Changes a stream's settings: retention, encryption, metrics, mode, record size, warm throughput; and the account's. */
final class SettingsOperations {
    private static final Duration COMMITMENT = Duration.ofHours(24);

    private final Streams streams;
    private final StreamOperations limitsOfAccount;
    private final KinesisLimits limits;
    private final StreamKeys keys;

    SettingsOperations(Streams streams, StreamOperations limitsOfAccount, KinesisLimits limits, StreamKeys keys) {
        this.streams = streams;
        this.limitsOfAccount = limitsOfAccount;
        this.limits = limits;
        this.keys = keys;
    }

    // Retention

    IncreaseStreamRetentionPeriodResponse increaseStreamRetentionPeriod(
            IncreaseStreamRetentionPeriodInput input, CallContext call) {
        Stream stream = streams.get(input.streamName(), input.streamARN(), input.streamId(), call);
        int hours = checkHours(input.retentionPeriodHours());
        stream.requireActive(call.receivedAt());
        stream.settings(settings -> {
            long present = settings.retention().toHours();
            if (hours < present) {
                throw KinesisErrors.invalid("Requested retention period (" + hours + " hours) for stream "
                        + stream.name() + " can not be shorter than existing retention period (" + present
                        + " hours). Use DecreaseRetentionPeriod API.");
            }
            settings.retention(Duration.ofHours(hours));
            return settings;
        });
        update(stream, call);
        return IncreaseStreamRetentionPeriodResponse.builder().build();
    }

    DecreaseStreamRetentionPeriodResponse decreaseStreamRetentionPeriod(
            DecreaseStreamRetentionPeriodInput input, CallContext call) {
        Stream stream = streams.get(input.streamName(), input.streamARN(), input.streamId(), call);
        int hours = checkHours(input.retentionPeriodHours());
        stream.requireActive(call.receivedAt());
        stream.settings(settings -> {
            long present = settings.retention().toHours();
            if (hours > present) {
                throw KinesisErrors.invalid("Requested retention period (" + hours + " hours) for stream "
                        + stream.name() + " can not be longer than existing retention period (" + present
                        + " hours). Use IncreaseRetentionPeriod API.");
            }
            settings.retention(Duration.ofHours(hours));
            return settings;
        });
        update(stream, call);
        return DecreaseStreamRetentionPeriodResponse.builder().build();
    }

    private static int checkHours(int hours) {
        if (hours < KinesisLimits.RETENTION_HOURS_MIN) {
            throw KinesisErrors.invalid("Minimum allowed retention period is " + KinesisLimits.RETENTION_HOURS_MIN
                    + " hours. Requested retention period (" + hours + " hours) is too short.");
        }
        if (hours > KinesisLimits.RETENTION_HOURS_MAX) {
            throw KinesisErrors.invalid("Maximum allowed retention period is " + KinesisLimits.RETENTION_HOURS_MAX
                    + " hours. Requested retention period (" + hours + " hours) is too long.");
        }
        return hours;
    }

    // Encryption

    StartStreamEncryptionResponse startStreamEncryption(StartStreamEncryptionInput input, CallContext call) {
        Stream stream = streams.get(input.streamName(), input.streamARN(), input.streamId(), call);
        requireKms(input.encryptionType());
        stream.requireActive(call.receivedAt());
        keys.check(stream, input.keyId());
        stream.settings(settings -> {
            countEncryptionChange(stream, settings.encryptionStarts(), call);
            settings.encryptUnder(input.keyId());
            return settings;
        });
        update(stream, call);
        return StartStreamEncryptionResponse.builder().build();
    }

    StopStreamEncryptionResponse stopStreamEncryption(StopStreamEncryptionInput input, CallContext call) {
        Stream stream = streams.get(input.streamName(), input.streamARN(), input.streamId(), call);
        requireKms(input.encryptionType());
        stream.requireActive(call.receivedAt());
        stream.settings(settings -> {
            countEncryptionChange(stream, settings.encryptionStops(), call);
            settings.stopEncryption();
            return settings;
        });
        update(stream, call);
        return StopStreamEncryptionResponse.builder().build();
    }

    private void countEncryptionChange(Stream stream, List<Instant> changes, CallContext call) {
        if (!limits.count(changes, KinesisLimits.ENCRYPTION_CHANGES_A_DAY, call.receivedAt())) {
            throw KinesisErrors.limit("Encryption of stream " + stream.name() + " under account " + stream.account()
                    + " can be started, and stopped, only 25 times each within a rolling 24-hour period.");
        }
    }

    private static void requireKms(String encryptionType) {
        if (!encryptionType.equals(EncryptionType.KMS.wire())) {
            throw KinesisErrors.invalid("EncryptionType must be KMS.");
        }
    }

    // Enhanced monitoring

    EnhancedMonitoringOutput enableEnhancedMonitoring(EnableEnhancedMonitoringInput input, CallContext call) {
        Stream stream = streams.get(input.streamName(), input.streamARN(), input.streamId(), call);
        stream.requireActive(call.receivedAt());
        return changeMetrics(stream, input.shardLevelMetrics(), true, call);
    }

    EnhancedMonitoringOutput disableEnhancedMonitoring(DisableEnhancedMonitoringInput input, CallContext call) {
        Stream stream = streams.get(input.streamName(), input.streamARN(), input.streamId(), call);
        stream.requireActive(call.receivedAt());
        return changeMetrics(stream, input.shardLevelMetrics(), false, call);
    }

    private EnhancedMonitoringOutput changeMetrics(
            Stream stream, List<String> asked, boolean enable, CallContext call) {
        Set<String> named = new TreeSet<>(asked);
        if (named.remove(MetricsName.ALL.wire())) {
            for (MetricsName metric : MetricsName.values()) {
                if (metric != MetricsName.ALL) {
                    named.add(metric.wire());
                }
            }
        }
        EnhancedMonitoringOutput output = stream.settings(settings -> {
            List<String> before = List.copyOf(settings.shardLevelMetrics());
            if (enable) {
                settings.shardLevelMetrics().addAll(named);
            } else {
                settings.shardLevelMetrics().removeAll(named);
            }
            return EnhancedMonitoringOutput.builder()
                    .streamName(stream.name())
                    .streamARN(stream.arn().toString())
                    .currentShardLevelMetrics(before)
                    .desiredShardLevelMetrics(List.copyOf(settings.shardLevelMetrics()))
                    .build();
        });
        update(stream, call);
        return output;
    }

    // Mode, record size, warm throughput

    UpdateStreamModeResponse updateStreamMode(UpdateStreamModeInput input, CallContext call) {
        Instant now = call.receivedAt();
        Stream stream = streams.get(null, input.streamARN(), input.streamId(), call);
        stream.requireActive(now);
        StreamMode mode = StreamMode.of(input.streamModeDetails().streamMode());
        if (input.warmThroughputMiBps() != null) {
            StreamOperations.checkWarmThroughput(streams.of(stream), mode, input.warmThroughputMiBps(), now);
        }
        if (mode != stream.settings(StreamSettings::mode)) {
            changeMode(stream, mode, call);
        }
        if (input.warmThroughputMiBps() != null) {
            stream.warmUp(input.warmThroughputMiBps(), now);
        }
        update(stream, call);
        return UpdateStreamModeResponse.builder().build();
    }

    /** The shards stay as they are; from then on the stream, or its user, changes them. */
    private void changeMode(Stream stream, StreamMode mode, CallContext call) {
        Instant now = call.receivedAt();
        limitsOfAccount.checkLimits(streams.of(call).streams(now), mode, stream.openShardCount(), call);
        stream.settings(settings -> {
            if (!limits.count(settings.modeChanges(), KinesisLimits.MODE_CHANGES_A_DAY, now)) {
                throw KinesisErrors.limit("Stream " + stream.name() + " under account " + stream.account()
                        + " can switch between on-demand and provisioned mode only twice within 24 hours.");
            }
            settings.mode(mode);
            settings.warmThroughputMibps(0);
            return settings;
        });
        if (mode == StreamMode.ON_DEMAND) {
            stream.beginOnDemand(now);
        }
    }

    UpdateMaxRecordSizeResponse updateMaxRecordSize(UpdateMaxRecordSizeInput input, CallContext call) {
        Stream stream = streams.get(null, input.streamARN(), input.streamId(), call);
        stream.requireActive(call.receivedAt());
        stream.settings(settings -> {
            settings.maxRecordSizeKib(input.maxRecordSizeInKiB());
            return settings;
        });
        update(stream, call);
        return UpdateMaxRecordSizeResponse.builder().build();
    }

    UpdateStreamWarmThroughputOutput updateStreamWarmThroughput(
            UpdateStreamWarmThroughputInput input, CallContext call) {
        Stream stream = streams.get(input.streamName(), input.streamARN(), input.streamId(), call);
        stream.requireActive(call.receivedAt());
        StreamMode mode = stream.settings(StreamSettings::mode);
        StreamOperations.checkWarmThroughput(streams.of(stream), mode, input.warmThroughputMiBps(), call.receivedAt());
        stream.warmUp(input.warmThroughputMiBps(), call.receivedAt());
        update(stream, call);
        return UpdateStreamWarmThroughputOutput.builder()
                .streamName(stream.name())
                .streamARN(stream.arn().toString())
                .warmThroughput(Descriptions.warmThroughput(stream))
                .build();
    }

    private void update(Stream stream, CallContext call) {
        if (!limits.latency().isZero()) {
            stream.pass(StreamStatus.UPDATING, call.receivedAt().plus(limits.latency()));
        }
    }

    // The account

    DescribeAccountSettingsOutput describeAccountSettings(DescribeAccountSettingsInput input, CallContext call) {
        return DescribeAccountSettingsOutput.builder()
                .minimumThroughputBillingCommitment(describe(streams.of(call).commitment(), call.receivedAt()))
                .build();
    }

    UpdateAccountSettingsOutput updateAccountSettings(UpdateAccountSettingsInput input, CallContext call) {
        Instant now = call.receivedAt();
        KinesisState state = streams.of(call);
        Optional<KinesisState.Commitment> present = state.commitment();
        boolean enable = MinimumThroughputBillingCommitmentInputStatus.ENABLED
                .wire()
                .equals(input.minimumThroughputBillingCommitment().status());
        if (enable) {
            Instant startedAt = present.filter(agreed -> agreed.holdsAt(now))
                    .map(KinesisState.Commitment::startedAt)
                    .orElse(now);
            state.commitment(new KinesisState.Commitment(startedAt, null));
        } else if (present.isPresent() && present.get().endedAt() == null) {
            Instant startedAt = present.get().startedAt();
            Instant earliest = startedAt.plus(COMMITMENT);
            state.commitment(new KinesisState.Commitment(startedAt, now.isBefore(earliest) ? earliest : now));
        }
        return UpdateAccountSettingsOutput.builder()
                .minimumThroughputBillingCommitment(describe(state.commitment(), now))
                .build();
    }

    private static MinimumThroughputBillingCommitmentOutput describe(
            Optional<KinesisState.Commitment> commitment, Instant now) {
        MinimumThroughputBillingCommitmentOutput.Builder output = MinimumThroughputBillingCommitmentOutput.builder();
        if (commitment.isEmpty()) {
            return output.status(MinimumThroughputBillingCommitmentOutputStatus.DISABLED.wire())
                    .build();
        }
        Instant startedAt = commitment.get().startedAt();
        Instant endedAt = commitment.get().endedAt();
        output.startedAt(startedAt).earliestAllowedEndAt(startedAt.plus(COMMITMENT));
        if (endedAt == null) {
            return output.status(MinimumThroughputBillingCommitmentOutputStatus.ENABLED.wire())
                    .build();
        }
        MinimumThroughputBillingCommitmentOutputStatus status = now.isBefore(endedAt)
                ? MinimumThroughputBillingCommitmentOutputStatus.ENABLED_UNTIL_EARLIEST_ALLOWED_END
                : MinimumThroughputBillingCommitmentOutputStatus.DISABLED;
        return output.status(status.wire()).endedAt(endedAt).build();
    }
}
