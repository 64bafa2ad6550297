package io.pileus.s3;

import io.pileus.core.service.NotImplemented;
import io.pileus.s3.model.ChecksumType;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * The checksum algorithms by S3's names.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html">Checking object integrity</a>
 */
final class ChecksumAlgorithms {
    /** What S3 computes when the client names nothing. */
    static final String DEFAULT = "CRC64NVME";

    static final List<String> ALL =
            List.of("CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256", "SHA512", "MD5", "XXHASH64");

    /** Those that can be put together from the checksums of parts, so that an upload in parts may have one of the whole. */
    private static final Set<String> OF_WHOLE = Set.of("CRC32", "CRC32C", "CRC64NVME");

    private static final Set<String> NOT_HERE = Set.of("XXHASH3", "XXHASH128");

    private ChecksumAlgorithms() {}

    /** Whether S3 has the algorithm, be it here or not. */
    static boolean isKnown(String algorithm) {
        return ALL.contains(algorithm) || NOT_HERE.contains(algorithm);
    }

    /** Bytes being summed. */
    interface Running {
        void update(byte[] bytes, int offset, int length);

        byte[] value();
    }

    static Running start(String algorithm) {
        return switch (algorithm) {
            case "CRC32" -> checksum(new CRC32(), 4);
            case "CRC32C" -> checksum(new CRC32C(), 4);
            case "CRC64NVME" -> checksum(new Crc64Nvme(), 8);
            case "XXHASH64" -> checksum(new XxHash64(), 8);
            case "SHA1" -> digest("SHA-1");
            case "SHA256" -> digest("SHA-256");
            case "SHA512" -> digest("SHA-512");
            case "MD5" -> digest("MD5");
            default -> throw unsupported(algorithm);
        };
    }

    private static RuntimeException unsupported(String algorithm) {
        return NOT_HERE.contains(algorithm)
                ? NotImplemented.feature("The checksum algorithm " + algorithm)
                : S3Errors.invalidRequest(
                        "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");
    }

    /** The algorithm in upper case, if there is such. */
    static @Nullable String check(@Nullable String algorithm) {
        if (algorithm == null) {
            return null;
        }
        String name = algorithm.toUpperCase(Locale.ROOT);
        if (!ALL.contains(name)) {
            throw unsupported(name);
        }
        return name;
    }

    /** The checksum's type of an upload in parts: what the client asks for, or the algorithm's own. */
    static String typeOf(@Nullable String algorithm, @Nullable String asked) {
        String name = algorithm == null ? DEFAULT : algorithm;
        boolean whole = OF_WHOLE.contains(name);
        if (asked == null) {
            return name.equals("CRC64NVME") ? "FULL_OBJECT" : "COMPOSITE";
        }
        if (ChecksumType.of(asked) == null) {
            throw S3Errors.invalidRequest("Value for x-amz-checksum-type header is invalid.");
        }
        if (algorithm == null) {
            throw S3Errors.invalidRequest(
                    "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
        }
        boolean fits = asked.equals("FULL_OBJECT") ? whole : asked.equals("COMPOSITE") && !name.equals("CRC64NVME");
        if (!fits) {
            throw S3Errors.invalidRequest("The " + asked + " checksum type cannot be used with the "
                    + name.toLowerCase(Locale.ROOT) + " checksum algorithm.");
        }
        return asked;
    }

    private static Running checksum(Checksum sum, int bytes) {
        return new Running() {
            @Override
            public void update(byte[] input, int offset, int length) {
                sum.update(input, offset, length);
            }

            @Override
            public byte[] value() {
                return bytes == 8
                        ? ByteBuffer.allocate(8).putLong(sum.getValue()).array()
                        : ByteBuffer.allocate(4).putInt((int) sum.getValue()).array();
            }
        };
    }

    private static Running digest(String name) {
        MessageDigest digest = Checksums.digest(name);
        return new Running() {
            @Override
            public void update(byte[] input, int offset, int length) {
                digest.update(input, offset, length);
            }

            @Override
            public byte[] value() {
                return digest.digest();
            }
        };
    }
}
