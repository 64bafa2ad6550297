package io.pileus.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.port.KeyService;
import io.pileus.core.shape.Blob;
import io.pileus.kinesis.model.*;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsOperationsTest {

    /** One key, which can be disabled. */
    private static final class OneKey implements KeyService {
        private boolean disabled;

        @Override
        public Check check(AccountId account, Region region, String keyId) {
            if (!keyId.equals("alias/mine")) {
                return new Refused("NotFoundException", "Alias " + keyId + " is not found.");
            }
            return disabled ? new Refused("DisabledException", "the key is disabled.") : new Usable("arn");
        }

        @Override
        public Result generateDataKey(AccountId a, Region r, String keyId, Map<String, String> context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Result encrypt(AccountId a, Region r, String keyId, Blob plaintext, Map<String, String> context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Result decrypt(AccountId a, Region r, Blob ciphertext, Map<String, String> context) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void anEncryptedStreamNeedsItsKey() {
        Kinesis kinesis = Kinesis.withStream(1);
        OneKey key = new OneKey();
        kinesis.env.services().ports().provide(KeyService.class, key);
        StartStreamEncryptionInput.Builder start =
                StartStreamEncryptionInput.builder().streamName("foo").encryptionType("KMS");
        assertThatThrownBy(() -> kinesis.service.startStreamEncryption(
                        start.keyId("alias/none").build(), kinesis.call()))
                .isInstanceOf(KMSNotFoundException.class);

        kinesis.service.startStreamEncryption(start.keyId("alias/mine").build(), kinesis.call());

        assertThat(kinesis.summary().encryptionType()).isEqualTo("KMS");
        assertThat(kinesis.summary().keyId()).isEqualTo("alias/mine");
        assertThat(kinesis.put("a", "1").encryptionType()).isEqualTo("KMS");
        String iterator = kinesis.iterator("shardId-000000000000", ShardIteratorType.TRIM_HORIZON, null);
        assertThat(kinesis.get(iterator).records().getFirst().encryptionType()).isEqualTo("KMS");
        key.disabled = true;
        assertThatThrownBy(() -> kinesis.put("a", "2")).isInstanceOf(KMSDisabledException.class);
        assertThatThrownBy(() -> kinesis.get(iterator)).isInstanceOf(KMSDisabledException.class);

        kinesis.service.stopStreamEncryption(
                StopStreamEncryptionInput.builder()
                        .streamName("foo")
                        .encryptionType("KMS")
                        .keyId("alias/mine")
                        .build(),
                kinesis.call());

        assertThat(kinesis.put("a", "2").encryptionType()).isNull();
        assertThat(kinesis.summary().encryptionType()).isEqualTo("NONE");
    }

    @Test
    void shardLevelMetricsAreSwitchedOnAndOff() {
        Kinesis kinesis = Kinesis.withStream(1);

        EnhancedMonitoringOutput on = kinesis.service.enableEnhancedMonitoring(
                EnableEnhancedMonitoringInput.builder()
                        .streamName("foo")
                        .shardLevelMetrics(List.of("ALL"))
                        .build(),
                kinesis.call());
        EnhancedMonitoringOutput off = kinesis.service.disableEnhancedMonitoring(
                DisableEnhancedMonitoringInput.builder()
                        .streamName("foo")
                        .shardLevelMetrics(List.of("IncomingBytes"))
                        .build(),
                kinesis.call());

        assertThat(on.currentShardLevelMetrics()).isEmpty();
        assertThat(on.desiredShardLevelMetrics()).hasSize(7);
        assertThat(off.currentShardLevelMetrics()).hasSize(7);
        assertThat(off.desiredShardLevelMetrics()).hasSize(6).doesNotContain("IncomingBytes");
        assertThat(kinesis.summary().enhancedMonitoring().getFirst().shardLevelMetrics())
                .hasSize(6);
    }

    @Test
    void anOnDemandStreamIsNotSplitByItsUser() {
        Kinesis kinesis = Kinesis.withStream(1);
        kinesis.service.updateStreamMode(
                UpdateStreamModeInput.builder()
                        .streamARN(kinesis.summary().streamARN())
                        .streamModeDetails(StreamModeDetails.builder()
                                .streamMode("ON_DEMAND")
                                .build())
                        .build(),
                kinesis.call());

        assertThatThrownBy(() -> kinesis.split("shardId-000000000000", "5")).isInstanceOf(ValidationException.class);
        assertThat(kinesis.service
                        .describeLimits(DescribeLimitsInput.builder().build(), kinesis.call())
                        .onDemandStreamCount())
                .isEqualTo(1);
    }

    @Test
    void encryptionIsStartedTwentyFiveTimesADayWhileQuotasAreOn() {
        Kinesis kinesis = Kinesis.withStream(1, "PILEUS_KINESIS_QUOTAS", "1");
        StartStreamEncryptionInput start = StartStreamEncryptionInput.builder()
                .streamName("foo")
                .encryptionType("KMS")
                .keyId("alias/aws/kinesis")
                .build();
        for (int i = 0; i < 25; i++) {
            kinesis.service.startStreamEncryption(start, kinesis.call());
        }

        assertThatThrownBy(() -> kinesis.service.startStreamEncryption(start, kinesis.call()))
                .isInstanceOf(LimitExceededException.class);
        kinesis.advance(Duration.ofHours(25));
        kinesis.service.startStreamEncryption(start, kinesis.call());
        assertThat(kinesis.summary().encryptionType()).isEqualTo("KMS");
    }

    @Test
    void largerRecordsAreTakenWhenTheStreamAllows() {
        Kinesis kinesis = Kinesis.withStream(1);
        kinesis.service.updateMaxRecordSize(
                UpdateMaxRecordSizeInput.builder()
                        .streamARN(kinesis.summary().streamARN())
                        .maxRecordSizeInKiB(2048)
                        .build(),
                kinesis.call());

        assertThat(kinesis.put("a", "x".repeat(2_000_000)).sequenceNumber()).hasSize(56);
        assertThat(kinesis.summary().maxRecordSizeInKiB()).isEqualTo(2048);
    }

    @Test
    void policiesAreKeptForStreamsAndConsumers() {
        Kinesis kinesis = Kinesis.withStream(1);
        for (String arn : List.of(kinesis.summary().streamARN(), kinesis.consumer("app"))) {
            GetResourcePolicyInput get =
                    GetResourcePolicyInput.builder().resourceARN(arn).build();
            String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":"
                    + "{\"AWS\":\"111111111111\"},\"Action\":\"kinesis:GetRecords\",\"Resource\":\"" + arn + "\"}]}";
            kinesis.service.putResourcePolicy(
                    PutResourcePolicyInput.builder()
                            .resourceARN(arn)
                            .policy(policy)
                            .build(),
                    kinesis.call());
            assertThat(kinesis.service.getResourcePolicy(get, kinesis.call()).policy())
                    .isEqualTo(policy);
            for (String malformed : List.of("{", "[]", "x", "{\"Statement\":[{\"Effect\":\"Maybe\"}]}")) {
                assertThatThrownBy(() -> kinesis.service.putResourcePolicy(
                                PutResourcePolicyInput.builder()
                                        .resourceARN(arn)
                                        .policy(malformed)
                                        .build(),
                                kinesis.call()))
                        .isInstanceOf(InvalidArgumentException.class)
                        .hasMessageStartingWith("The resource policy is not valid");
            }
            DeleteResourcePolicyInput delete =
                    DeleteResourcePolicyInput.builder().resourceARN(arn).build();
            kinesis.service.deleteResourcePolicy(delete, kinesis.call());
            assertThatThrownBy(() -> kinesis.service.deleteResourcePolicy(delete, kinesis.call()))
                    .isInstanceOf(ResourceNotFoundException.class);
        }
    }

    @Test
    void theBillingCommitmentLastsADay() {
        Kinesis kinesis = Kinesis.with();
        update(kinesis, "ENABLED");
        kinesis.advance(Duration.ofHours(1));

        assertThat(update(kinesis, "DISABLED")).isEqualTo("ENABLED_UNTIL_EARLIEST_ALLOWED_END");
        kinesis.advance(Duration.ofHours(23));
        assertThat(kinesis.service
                        .describeAccountSettings(
                                DescribeAccountSettingsInput.builder().build(), kinesis.call())
                        .minimumThroughputBillingCommitment()
                        .status())
                .isEqualTo("DISABLED");
    }

    private static String update(Kinesis kinesis, String status) {
        return kinesis.service
                .updateAccountSettings(
                        UpdateAccountSettingsInput.builder()
                                .minimumThroughputBillingCommitment(MinimumThroughputBillingCommitmentInput.builder()
                                        .status(status)
                                        .build())
                                .build(),
                        kinesis.call())
                .minimumThroughputBillingCommitment()
                .status();
    }

    @Test
    void consumersAreRegisteredOnceListedAndDeregistered() {
        Kinesis kinesis = Kinesis.withStream(1);
        String arn = kinesis.consumer("a");
        kinesis.consumer("b");
        assertThatThrownBy(() -> kinesis.consumer("a")).isInstanceOf(ResourceInUseException.class);
        ListStreamConsumersInput list = ListStreamConsumersInput.builder()
                .streamARN(kinesis.summary().streamARN())
                .maxResults(1)
                .build();
        ListStreamConsumersOutput first = kinesis.service.listStreamConsumers(list, kinesis.call());
        ListStreamConsumersOutput second = kinesis.service.listStreamConsumers(
                list.toBuilder().nextToken(first.nextToken()).build(), kinesis.call());

        assertThat(first.consumers()).extracting(Consumer::consumerName).containsExactly("a");
        assertThat(second.consumers()).extracting(Consumer::consumerName).containsExactly("b");
        assertThat(second.nextToken()).isNull();
        assertThat(kinesis.summary().consumerCount()).isEqualTo(2);
        DeleteStreamInput delete = DeleteStreamInput.builder().streamName("foo").build();
        assertThatThrownBy(() -> kinesis.service.deleteStream(delete, kinesis.call()))
                .isInstanceOf(ResourceInUseException.class);
        kinesis.service.deregisterStreamConsumer(
                DeregisterStreamConsumerInput.builder().consumerARN(arn).build(), kinesis.call());
        assertThatThrownBy(() -> kinesis.service.describeStreamConsumer(
                        DescribeStreamConsumerInput.builder().consumerARN(arn).build(), kinesis.call()))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void streamsAreListedInPages() {
        Kinesis kinesis = Kinesis.with();
        for (String name : List.of("c", "a", "b")) {
            kinesis.create(name, 1);
        }
        ListStreamsOutput first =
                kinesis.service.listStreams(ListStreamsInput.builder().limit(2).build(), kinesis.call());
        ListStreamsOutput second = kinesis.service.listStreams(
                ListStreamsInput.builder().nextToken(first.nextToken()).build(), kinesis.call());

        assertThat(first.streamNames()).containsExactly("a", "b");
        assertThat(first.hasMoreStreams()).isTrue();
        assertThat(second.streamNames()).containsExactly("c");
        assertThat(second.hasMoreStreams()).isFalse();
        assertThat(second.streamSummaries().getFirst().streamStatus()).isEqualTo("ACTIVE");
    }
}
