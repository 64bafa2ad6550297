package io.pileus.s3;

import io.pileus.core.port.KeyService;
import io.pileus.core.port.Ports;
import io.pileus.core.service.NotImplemented;
import io.pileus.s3.model.ServerSideEncryptionByDefault;
import io.pileus.s3.model.ServerSideEncryptionConfiguration;
import io.pileus.s3.model.ServerSideEncryptionRule;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides how an object is encrypted, and asks KMS for the keys.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/serv-side-encryption.html">Server-side encryption</a>
 */
final class Encryptions {
    private static final String AWS_MANAGED_KEY = "alias/aws/s3";
    private static final int CONTEXT_PAIRS_MAX = 64;
    private static final Pattern CONTEXT_PAIR =
            Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final Ports ports;

    Encryptions(Ports ports) {
        this.ports = ports;
    }

    /** What a request says of encryption. */
    record Asked(
            @Nullable String algorithm,
            @Nullable String kmsKeyId,
            @Nullable String context,
            @Nullable Boolean bucketKey,
            CustomerKey customer) {}

    /** The three headers of a customer's key; all null when the request has none. */
    record CustomerKey(
            @Nullable String algorithm,
            @Nullable String key,
            @Nullable String md5) {
        boolean isThere() {
            return algorithm != null || key != null || md5 != null;
        }

        /** The key's MD5 in base64, once algorithm, key and MD5 have been checked. */
        String checked() {
            if (algorithm == null) {
                throw S3Errors.invalidArgument(
                        "Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.",
                        "x-amz-server-side-encryption",
                        "null");
            }
            if (!algorithm.equals("AES256")) {
                throw new S3Error(
                                "InvalidEncryptionAlgorithmError",
                                400,
                                "The encryption request you specified is not valid. The valid value is AES256.")
                        .with("ArgumentName", "x-amz-server-side-encryption")
                        .with("ArgumentValue", algorithm);
            }
            if (key == null) {
                throw S3Errors.invalidArgument(
                        "Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.",
                        "x-amz-server-side-encryption",
                        "null");
            }
            byte[] bytes = decoded(key);
            if (bytes.length != 32) {
                throw S3Errors.invalidArgument(
                        "The secret key was invalid for the specified algorithm.",
                        "x-amz-server-side-encryption",
                        "null");
            }
            if (md5 == null) {
                throw S3Errors.invalidArgument(
                        "Requests specifying Server Side Encryption with Customer provided keys must provide the client calculated MD5 of the secret key.",
                        "x-amz-server-side-encryption",
                        "null");
            }
            String computed =
                    Base64.getEncoder().encodeToString(Checksums.digest("MD5").digest(bytes));
            if (!computed.equals(md5)) {
                throw S3Errors.invalidArgument(
                        "The calculated MD5 hash of the key did not match the hash that was provided.",
                        "x-amz-server-side-encryption",
                        "null");
            }
            return computed;
        }

        private static byte[] decoded(String key) {
            try {
                return Base64.getDecoder().decode(key);
            } catch (IllegalArgumentException e) {
                return new byte[0];
            }
        }
    }

    /** The encryption of an object that is written now. */
    Encryption decide(BucketState bucket, String key, Asked asked) {
        if (asked.customer().isThere()) {
            if (asked.algorithm() != null) {
                throw S3Errors.invalidArgument(
                        "Server Side Encryption with Customer provided key is incompatible with the encryption method specified",
                        "x-amz-server-side-encryption",
                        asked.algorithm());
            }
            return Encryption.customer(asked.customer().checked());
        }
        ServerSideEncryptionRule rule = rule(bucket);
        ServerSideEncryptionByDefault byDefault = rule.applyServerSideEncryptionByDefault();
        boolean explicit = asked.algorithm() != null;
        String algorithm = explicit || byDefault == null ? asked.algorithm() : byDefault.sseAlgorithm();
        if (algorithm == null || algorithm.equals("AES256")) {
            if (asked.kmsKeyId() != null) {
                throw S3Errors.invalidArgument(
                        "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms",
                        "x-amz-server-side-encryption",
                        asked.algorithm());
            }
            return Encryption.S3_MANAGED;
        }
        if (!algorithm.equals("aws:kms") && !algorithm.equals("aws:kms:dsse")) {
            throw S3Errors.invalidArgument(
                    "The encryption method specified is not supported", "x-amz-server-side-encryption", algorithm);
        }
        String keyId = asked.kmsKeyId();
        if (keyId == null && byDefault != null && byDefault.kmsMasterKeyID() != null) {
            keyId = byDefault.kmsMasterKeyID();
        }
        Boolean bucketKey = asked.bucketKey() != null ? asked.bucketKey() : rule.bucketKeyEnabled();
        return byKms(
                bucket,
                key,
                algorithm,
                keyId == null ? AWS_MANAGED_KEY : keyId,
                asked.context(),
                Boolean.TRUE.equals(bucketKey) ? true : null);
    }

    private Encryption byKms(
            BucketState bucket,
            String key,
            String algorithm,
            String keyId,
            @Nullable String context,
            @Nullable Boolean bucketKey) {
        KeyService.Result result = kms().generateDataKey(
                        bucket.owner,
                        bucket.region,
                        keyId,
                        context(bucket, key, context, Boolean.TRUE.equals(bucketKey)));
        return switch (result) {
            case KeyService.Done done ->
                new Encryption(algorithm, done.keyArn(), done.ciphertext(), context, bucketKey, null);
            case KeyService.Refused refused -> throw refused(refused);
        };
    }

    private KeyService kms() {
        Optional<KeyService> kms = ports.find(KeyService.class);
        return kms.orElseThrow(
                () -> NotImplemented.feature("Server-side encryption with KMS keys without the KMS service"));
    }

    private static S3Error refused(KeyService.Refused refused) {
        return new S3Error("KMS." + refused.code(), 400, refused.message());
    }

    private static Map<String, String> context(
            BucketState bucket, String key, @Nullable String given, boolean bucketKey) {
        Map<String, String> context = new HashMap<>();
        if (given != null) {
            String json;
            try {
                json = new String(Base64.getDecoder().decode(given), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw S3Errors.invalidArgument(
                        "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string holding JSON with the encryption context key-value pairs",
                        "x-amz-server-side-encryption-context",
                        given);
            }
            Matcher pairs = CONTEXT_PAIR.matcher(json);
            while (pairs.find() && context.size() < CONTEXT_PAIRS_MAX) {
                context.put(pairs.group(1), pairs.group(2));
            }
        }
        context.put("aws:s3:arn", bucketKey ? bucket.arn() : bucket.arn() + "/" + key);
        return context;
    }

    /** Whether the object may be read with what the request brings: the customer's key, or a KMS key that still decrypts. */
    void checkRead(BucketState bucket, StoredObject object, CustomerKey customer) {
        Encryption encryption = object.encryption();
        if (encryption.customerKeyMd5() == null) {
            if (customer.isThere()) {
                throw S3Errors.invalidRequest("The encryption parameters are not applicable to this object.");
            }
        } else if (!customer.isThere()) {
            throw S3Errors.invalidRequest(
                    "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.");
        } else if (!encryption.customerKeyMd5().equals(customer.checked())) {
            throw S3Errors.accessDenied(
                    "Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.");
        }
        if (encryption.dataKey() != null) {
            KeyService.Result result = kms().decrypt(
                            bucket.owner,
                            bucket.region,
                            encryption.dataKey(),
                            context(
                                    bucket,
                                    object.key(),
                                    encryption.context(),
                                    Boolean.TRUE.equals(encryption.bucketKey())));
            if (result instanceof KeyService.Refused refused) {
                throw refused(refused);
            }
        }
    }

    /** The bucket's own rule; SSE-S3 when it has none. */
    private static ServerSideEncryptionRule rule(BucketState bucket) {
        return bucket.configuration(ServerSideEncryptionConfiguration.class)
                .flatMap(c -> c.rules().stream().findFirst())
                .orElseGet(() -> ServerSideEncryptionRule.builder().build());
    }

    /** Only what S3 itself encrypts has the MD5 of the body as its ETag; the others' depends on the key too. */
    static String eTag(Checksums sums, Encryption encryption) {
        String salt = encryption.kmsKeyArn() != null ? encryption.kmsKeyArn() : encryption.customerKeyMd5();
        if (salt == null) {
            return sums.eTag();
        }
        var md5 = Checksums.digest("MD5");
        md5.update(sums.md5());
        return '"' + HexFormat.of().formatHex(md5.digest(salt.getBytes(StandardCharsets.UTF_8))) + '"';
    }
}
