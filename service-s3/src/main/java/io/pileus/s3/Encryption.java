package io.pileus.s3;

import io.pileus.core.shape.Blob;
import org.jspecify.annotations.Nullable;

/**
 * How an object says to be encrypted. The bytes themselves lie in the clear; but the key must be there, enabled and the
 * right one whenever the object is read.
 *
 * @param algorithm {@code AES256}, {@code aws:kms} or {@code aws:kms:dsse}; null with a key of the customer's
 * @param kmsKeyArn the KMS key
 * @param dataKey the data key as KMS encrypted it
 * @param context the encryption context that the client gave, base64-encoded JSON
 * @param bucketKey whether an S3 Bucket Key is used; null when it was not said
 * @param customerKeyMd5 the MD5 of the customer's key in base64; null for every other kind
 */
record Encryption(
        @Nullable String algorithm,
        @Nullable String kmsKeyArn,
        @Nullable Blob dataKey,
        @Nullable String context,
        @Nullable Boolean bucketKey,
        @Nullable String customerKeyMd5) {
    /** What S3 does with every object of itself. */
    static final Encryption S3_MANAGED = new Encryption("AES256", null, null, null, null, null);

    static Encryption customer(String keyMd5) {
        return new Encryption(null, null, null, null, null, keyMd5);
    }

    boolean byKms() {
        return kmsKeyArn != null;
    }

    /** The algorithm to show for a customer's key. */
    @Nullable
    String customerAlgorithm() {
        return customerKeyMd5 == null ? null : "AES256";
    }
}
