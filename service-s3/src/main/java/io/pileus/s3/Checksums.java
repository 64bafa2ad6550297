package io.pileus.s3;

import io.pileus.core.http.Payload;
import io.pileus.core.service.AwsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * What a body hashes to.
 *
 * @param md5 the MD5
 * @param sums the other checksum, in base64 by S3's name of the algorithm
 */
record Checksums(byte[] md5, Map<String, String> sums) {
    static final String DEFAULT = "CRC64NVME";

    String md5Hex() {
        return HexFormat.of().formatHex(md5);
    }

    /** Hashes the body, and refuses it when it is not what the client announced. */
    static Checksums verify(
            Payload body, Map<String, String> announced, @Nullable String contentMd5, @Nullable String algorithm) {
        if (announced.size() > 1) {
            throw S3Errors.invalidRequest(
                    "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
        }
        String name = announced.isEmpty()
                ? (algorithm == null ? DEFAULT : algorithm)
                : announced.keySet().iterator().next();
        Checksums made = of(body, name);
        if (contentMd5 != null) {
            byte[] expected;
            try {
                expected = Base64.getDecoder().decode(contentMd5);
            } catch (IllegalArgumentException e) {
                throw new AwsException("InvalidDigest", 400, "The Content-MD5 you specified was invalid.");
            }
            if (expected.length != 16) {
                throw new AwsException("InvalidDigest", 400, "The Content-MD5 you specified was invalid.");
            }
            if (!MessageDigest.isEqual(expected, made.md5)) {
                throw new AwsException(
                        "BadDigest", 400, "The Content-MD5 you specified did not match what we received.");
            }
        }
        for (Map.Entry<String, String> sum : announced.entrySet()) {
            if (!sum.getValue().equals(made.sums.get(sum.getKey()))) {
                throw new AwsException(
                        "BadDigest",
                        400,
                        "The " + sum.getKey() + " you specified did not match the calculated checksum.");
            }
        }
        return made;
    }

    static Checksums of(Payload body, String algorithm) {
        MessageDigest md5 = digest("MD5");
        Checksum crc = switch (algorithm) {
            case "CRC32" -> new CRC32();
            case "CRC32C" -> new CRC32C();
            case "CRC64NVME" -> new Crc64Nvme();
            default -> null;
        };
        MessageDigest sha = switch (algorithm) {
            case "SHA1" -> digest("SHA-1");
            case "SHA256" -> digest("SHA-256");
            default -> null;
        };
        if (crc == null && sha == null) {
            throw S3Errors.invalidRequest(
                    "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");
        }
        if (body instanceof Payload.InMemory memory) {
            update(md5, crc, sha, memory.bytes(), memory.bytes().length);
        } else {
            byte[] buffer = new byte[64 << 10];
            try (InputStream in = body.open()) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    update(md5, crc, sha, buffer, n);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        byte[] sum;
        if (sha != null) {
            sum = sha.digest();
        } else if (algorithm.equals("CRC64NVME")) {
            sum = ByteBuffer.allocate(8).putLong(crc.getValue()).array();
        } else {
            sum = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
        }
        Map<String, String> sums = new HashMap<>();
        sums.put(algorithm, Base64.getEncoder().encodeToString(sum));
        return new Checksums(md5.digest(), sums);
    }

    private static void update(
            MessageDigest md5, @Nullable Checksum crc, @Nullable MessageDigest sha, byte[] b, int n) {
        md5.update(b, 0, n);
        if (crc != null) {
            crc.update(b, 0, n);
        }
        if (sha != null) {
            sha.update(b, 0, n);
        }
    }

    static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The checksums that a request announces; null values are left out. */
    static Map<String, String> announced(
            @Nullable String crc32,
            @Nullable String crc32c,
            @Nullable String crc64,
            @Nullable String sha1,
            @Nullable String sha256) {
        Map<String, String> sums = new HashMap<>();
        put(sums, "CRC32", crc32);
        put(sums, "CRC32C", crc32c);
        put(sums, "CRC64NVME", crc64);
        put(sums, "SHA1", sha1);
        put(sums, "SHA256", sha256);
        return sums;
    }

    private static void put(Map<String, String> sums, String name, @Nullable String value) {
        if (value != null) {
            sums.put(name, value);
        }
    }

    /** CRC-64/NVME: reflected polynomial 0x9A6C9329AC4BC9B5, all ones before and after. */
    private static final class Crc64Nvme implements Checksum {
        private static final long[] TABLE = table();
        private long crc = -1L;

        private static long[] table() {
            long[] table = new long[256];
            for (int i = 0; i < 256; i++) {
                long c = i;
                for (int k = 0; k < 8; k++) {
                    c = (c & 1) != 0 ? (c >>> 1) ^ 0x9A6C9329AC4BC9B5L : c >>> 1;
                }
                table[i] = c;
            }
            return table;
        }

        @Override
        public void update(int b) {
            crc = TABLE[(int) (crc ^ b) & 0xff] ^ (crc >>> 8);
        }

        @Override
        public void update(byte[] b, int off, int len) {
            long c = crc;
            for (int i = off; i < off + len; i++) {
                c = TABLE[(int) (c ^ b[i]) & 0xff] ^ (c >>> 8);
            }
            crc = c;
        }

        @Override
        public long getValue() {
            return ~crc;
        }

        @Override
        public void reset() {
            crc = -1L;
        }
    }
}
