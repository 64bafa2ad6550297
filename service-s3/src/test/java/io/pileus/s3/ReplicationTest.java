package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.s3.model.CreateBucketRequest;
import io.pileus.s3.model.DeleteMarkerReplication;
import io.pileus.s3.model.Destination;
import io.pileus.s3.model.GetBucketReplicationRequest;
import io.pileus.s3.model.PutBucketReplicationRequest;
import io.pileus.s3.model.PutBucketVersioningRequest;
import io.pileus.s3.model.ReplicationConfiguration;
import io.pileus.s3.model.ReplicationRule;
import io.pileus.s3.model.ReplicationRuleFilter;
import io.pileus.s3.model.Tag;
import io.pileus.s3.model.VersioningConfiguration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What S3 refuses in replication configurations, in the words of its answers. */
class ReplicationTest {
    private final S3Fixture s3 = new S3Fixture().versioned();

    @BeforeEach
    void makeDestination() {
        s3.s3.createBucket(CreateBucketRequest.builder().bucket("copies").build(), s3.call());
        s3.s3.putBucketVersioning(
                PutBucketVersioningRequest.builder()
                        .bucket("copies")
                        .versioningConfiguration(VersioningConfiguration.builder()
                                .status("Enabled")
                                .build())
                        .build(),
                s3.call());
    }

    private static ReplicationRule.Builder rule() {
        return ReplicationRule.builder()
                .status("Enabled")
                .priority(1)
                .filter(ReplicationRuleFilter.builder().prefix("").build())
                .deleteMarkerReplication(
                        DeleteMarkerReplication.builder().status("Disabled").build())
                .destination(Destination.builder().bucket("arn:aws:s3:::copies").build());
    }

    private void replicate(ReplicationRule.Builder... rules) {
        s3.s3.putBucketReplication(
                PutBucketReplicationRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .replicationConfiguration(ReplicationConfiguration.builder()
                                .role("arn:aws:iam::000000000000:role/copier")
                                .rules(List.of(rules).stream()
                                        .map(ReplicationRule.Builder::build)
                                        .toList())
                                .build())
                        .build(),
                s3.call());
    }

    private void refuses(String message, ReplicationRule.Builder... rules) {
        assertThatThrownBy(() -> replicate(rules)).hasMessage(message);
    }

    @Test
    void rulesWithAFilterSayTheirPriorityAndWhatBecomesOfDeleteMarkers() {
        refuses(
                "Priority must be specified for this version of Cross Region Replication configuration schema. Please refer to S3 Developer Guide for more information.",
                rule().priority(null));
        refuses(
                "DeleteMarkerReplication must be specified for this version of Cross Region Replication configuration schema. Please refer to S3 Developer Guide for more information.",
                rule().deleteMarkerReplication(null));
        refuses(
                "Delete marker replication is not supported if any Tag filter is specified. Please refer to S3 Developer Guide for more information.",
                rule().filter(ReplicationRuleFilter.builder()
                                .tag(Tag.builder().key("k").value("v").build())
                                .build())
                        .deleteMarkerReplication(DeleteMarkerReplication.builder()
                                .status("Enabled")
                                .build()));
    }

    @Test
    void rulesDifferInIdAndPriority() {
        refuses("Rule Id must be unique", rule().id("a"), rule().id("a").priority(2));
        refuses("Found duplicate priority 1.", rule().id("a"), rule().id("b"));
    }

    @Test
    void aBucketIsNotReplicatedToItself() {
        refuses(
                "Destination bucket cannot be the same as the source bucket.",
                rule().destination(Destination.builder()
                        .bucket("arn:aws:s3:::things")
                        .build()));
    }

    @Test
    void aRuleIsGivenAnIdAndKeepsVersioningOn() {
        replicate(rule());
        assertThat(s3.s3.getBucketReplication(
                                GetBucketReplicationRequest.builder()
                                        .bucket(S3Fixture.BUCKET)
                                        .build(),
                                s3.call())
                        .replicationConfiguration()
                        .rules()
                        .getFirst()
                        .id())
                .hasSize(48);
        assertThatThrownBy(() -> s3.version("Suspended"))
                .hasMessage(
                        "A replication configuration is present on this bucket, so you cannot change the versioning state. To change the versioning state, first delete the replication configuration.");
    }
}
