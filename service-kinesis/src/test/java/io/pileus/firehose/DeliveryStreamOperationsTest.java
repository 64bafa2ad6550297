package io.pileus.firehose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.service.AwsException;
import io.pileus.firehose.model.*;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryStreamOperationsTest {

    @Test
    void whatIsNotThereIsToldAsAwsDoes() {
        assertThatThrownBy(() -> new Firehose().put("a"))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessage("Firehose hose under account 000000000000 not found.");
    }

    @Test
    void encryptionIsStartedAndStopped() {
        Firehose firehose = new Firehose();
        firehose.create(Firehose.bucket().build());
        assertThat(firehose.describe().deliveryStreamEncryptionConfiguration().status())
                .isEqualTo("DISABLED");

        firehose.service.startDeliveryStreamEncryption(
                StartDeliveryStreamEncryptionInput.builder()
                        .deliveryStreamName("hose")
                        .build(),
                firehose.call());
        assertThat(firehose.describe().deliveryStreamEncryptionConfiguration().status())
                .isEqualTo("ENABLED");
        assertThat(firehose.describe().deliveryStreamEncryptionConfiguration().keyType())
                .isEqualTo("AWS_OWNED_CMK");
        assertThatThrownBy(() -> firehose.service.startDeliveryStreamEncryption(
                        StartDeliveryStreamEncryptionInput.builder()
                                .deliveryStreamName("hose")
                                .deliveryStreamEncryptionConfigurationInput(
                                        DeliveryStreamEncryptionConfigurationInput.builder()
                                                .keyType("CUSTOMER_MANAGED_CMK")
                                                .build())
                                .build(),
                        firehose.call()))
                .isInstanceOf(InvalidArgumentException.class);

        firehose.service.stopDeliveryStreamEncryption(
                StopDeliveryStreamEncryptionInput.builder()
                        .deliveryStreamName("hose")
                        .build(),
                firehose.call());
        assertThat(firehose.describe().deliveryStreamEncryptionConfiguration().status())
                .isEqualTo("DISABLED");
    }

    @Test
    void tagsAreKeptAndListed() {
        Firehose firehose = new Firehose();
        firehose.create(CreateDeliveryStreamInput.builder()
                .extendedS3DestinationConfiguration(Firehose.bucket().build())
                .tags(List.of(Tag.builder().key("a").value("1").build())));
        firehose.service.tagDeliveryStream(
                TagDeliveryStreamInput.builder()
                        .deliveryStreamName("hose")
                        .tags(List.of(Tag.builder().key("b").value("2").build()))
                        .build(),
                firehose.call());
        firehose.service.untagDeliveryStream(
                UntagDeliveryStreamInput.builder()
                        .deliveryStreamName("hose")
                        .tagKeys(List.of("a"))
                        .build(),
                firehose.call());

        assertThat(firehose.service
                        .listTagsForDeliveryStream(
                                ListTagsForDeliveryStreamInput.builder()
                                        .deliveryStreamName("hose")
                                        .build(),
                                firehose.call())
                        .tags())
                .extracting(Tag::key)
                .containsExactly("b");
    }

    @Test
    void deliveryStreamsAreListedAndDeleted() {
        Firehose firehose = new Firehose();
        firehose.create(Firehose.bucket().build());
        ListDeliveryStreamsInput list = ListDeliveryStreamsInput.builder().build();
        assertThat(firehose.service.listDeliveryStreams(list, firehose.call()).deliveryStreamNames())
                .containsExactly("hose");
        DeleteDeliveryStreamInput delete =
                DeleteDeliveryStreamInput.builder().deliveryStreamName("hose").build();

        firehose.service.deleteDeliveryStream(delete, firehose.call());

        assertThat(firehose.service.listDeliveryStreams(list, firehose.call()).deliveryStreamNames())
                .isEmpty();
        assertThatThrownBy(() -> firehose.service.deleteDeliveryStream(delete, firehose.call()))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void oneDestinationIsNamedAndItsRulesHold() {
        Firehose firehose = new Firehose();

        assertThatThrownBy(() -> firehose.create(CreateDeliveryStreamInput.builder()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessage("Exactly one destination configuration is supported for a Firehose");
        assertThatThrownBy(() -> firehose.create(Firehose.bucket()
                        .prefix("!{partitionKeyFromQuery:a}/")
                        .errorOutputPrefix("e/")
                        .build()))
                .hasMessage("Dynamic Partitioning Namespaces can only be part of a prefix expression when Dynamic"
                        + " Partitioning is enabled.");
        assertThatThrownBy(() -> firehose.create(Firehose.bucket()
                        .prefix("!{nothing:a}/")
                        .errorOutputPrefix("e/")
                        .build()))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining("unknown namespace: nothing");
    }
}
