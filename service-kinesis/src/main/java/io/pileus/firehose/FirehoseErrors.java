package io.pileus.firehose;

import io.pileus.firehose.model.ConcurrentModificationException;
import io.pileus.firehose.model.InvalidArgumentException;
import io.pileus.firehose.model.InvalidKMSResourceException;
import io.pileus.firehose.model.LimitExceededException;
import io.pileus.firehose.model.ResourceInUseException;
import io.pileus.firehose.model.ResourceNotFoundException;

/** Firehose's errors in AWS's words. */
final class FirehoseErrors {
    private FirehoseErrors() {}

    static ResourceNotFoundException notFound(String name, String account) {
        return ResourceNotFoundException.of("Firehose " + name + " under account " + account + " not found.");
    }

    static ResourceInUseException exists(String name, String account) {
        return ResourceInUseException.of("Firehose " + name + " under accountId " + account + " already exists");
    }

    static InvalidArgumentException invalid(String message) {
        return InvalidArgumentException.of(message);
    }

    /**
     * AWS's sentence, its typing error included; seen in
     * https://github.com/hashicorp/terraform-provider-aws/pull/13416.
     */
    static InvalidArgumentException prefix(String constraint) {
        return invalid("Ths supplied prefix(es) do not satisfy the following constraint: " + constraint);
    }

    /** Seen in https://github.com/hashicorp/terraform-provider-aws/issues/29092. */
    static InvalidArgumentException notPartitioned() {
        return invalid(
                "Dynamic Partitioning Namespaces can only be part of a prefix expression when Dynamic Partitioning is"
                        + " enabled.");
    }

    /** Seen in https://github.com/aws/aws-cdk/issues/16291. */
    static InvalidArgumentException ambiguousEncryption() {
        return invalid("Exactly one of NoEncryptionConfig or KMSEncryptionConfig must be specified");
    }

    static LimitExceededException limit(String message) {
        return LimitExceededException.of(message);
    }

    static InvalidKMSResourceException key(String code, String message) {
        return InvalidKMSResourceException.builder()
                .code_(code)
                .message(message)
                .build();
    }

    static ConcurrentModificationException version(String asked, int present) {
        return ConcurrentModificationException.of("Cannot update firehose: the current version id is " + present
                + ", not " + asked + ". Describe the delivery stream and try again.");
    }

    static InvalidArgumentException notDirectPut(DeliveryStream stream) {
        return invalid("This operation is not permitted on " + stream.type().wire() + " delivery stream type.");
    }
}
