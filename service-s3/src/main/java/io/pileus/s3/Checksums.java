package io.pileus.s3;

import io.pileus.core.http.Payload;
import io.pileus.core.shape.Member;
import io.pileus.core.shape.QuietShapeWriter;
import io.pileus.core.shape.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a body hashes to.
 *
 * @param md5 the MD5
 * @param sums the other checksum, in base64 by S3's name of the algorithm
 */
record Checksums(byte[] md5, Map<String, String> sums) {
    private static final int BUFFER_BYTES = 64 << 10;

    String md5Hex() {
        return HexFormat.of().formatHex(md5);
    }

    /** The ETag of an object with this body: its MD5 in quotes. */
    String eTag() {
        return '"' + md5Hex() + '"';
    }

    /** What a client says of its body: checksums by algorithm. */
    static final class Announced {
        private static final String MEMBER = "Checksum";

        private final Map<String, String> sums = new TreeMap<>();

        /** What an input says in its members, such as {@code ChecksumCRC32}. */
        static Announced of(Shape input) {
            Announced announced = new Announced();
            input.write(new QuietShapeWriter() {
                @Override
                public void writeString(Member member, String value) {
                    if (member.name().startsWith(MEMBER)) {
                        String algorithm = member.name().substring(MEMBER.length());
                        if (ChecksumAlgorithms.isKnown(algorithm)) {
                            announced.sum(algorithm, value);
                        }
                    }
                }
            });
            return announced;
        }

        Announced sum(String algorithm, @Nullable String value) {
            if (value != null) {
                sums.put(algorithm, value);
            }
            return this;
        }

        Map<String, String> sums() {
            return sums;
        }

        /** The one algorithm announced, or null. */
        @Nullable
        String algorithm() {
            if (sums.size() > 1) {
                throw S3Errors.invalidRequest(
                        "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
            }
            return sums.isEmpty() ? null : sums.keySet().iterator().next();
        }
    }

    /** Hashes the body, and refuses it when it is not what the client announced. */
    static Checksums verify(
            Payload body, Announced announced, @Nullable String contentMd5, @Nullable String algorithm) {
        String said = announced.algorithm();
        String asked = ChecksumAlgorithms.check(algorithm);
        String name = said != null ? said : asked != null ? asked : ChecksumAlgorithms.DEFAULT;
        Checksums made = of(body, name);
        verifyMd5(contentMd5, made.md5);
        if (said != null) {
            verify(said, String.valueOf(announced.sums().get(said)), String.valueOf(made.sums.get(said)));
        }
        return made;
    }

    /** Compares a checksum that a client sent with the computed one. */
    static void verify(String algorithm, String sent, String computed) {
        if (sent.equals(computed)) {
            return;
        }
        try {
            if (Base64.getDecoder().decode(sent).length == Base64.getDecoder().decode(computed).length) {
                throw S3Errors.badDigest("The " + algorithm + " you specified did not match the calculated checksum.");
            }
        } catch (IllegalArgumentException e) {
            // Refused below as one of the wrong length is.
        }
        throw S3Errors.invalidRequest(
                "Value for x-amz-checksum-" + algorithm.toLowerCase(Locale.ROOT) + " header is invalid.");
    }

    /** Compares a Content-MD5 header with the body's MD5. */
    static void verifyMd5(@Nullable String contentMd5, byte[] md5) {
        if (contentMd5 == null) {
            return;
        }
        byte[] expected;
        try {
            expected = Base64.getDecoder().decode(contentMd5.strip());
        } catch (IllegalArgumentException e) {
            throw S3Errors.invalidDigest(contentMd5);
        }
        if (expected.length != 16) {
            throw S3Errors.invalidDigest(contentMd5);
        }
        if (!MessageDigest.isEqual(expected, md5)) {
            throw S3Errors.badDigest("The Content-MD5 you specified did not match what we received.")
                    .with("ExpectedDigest", contentMd5)
                    .with("CalculatedDigest", Base64.getEncoder().encodeToString(md5));
        }
    }

    static Checksums of(Payload body, String algorithm) {
        return of(List.of(body), algorithm);
    }

    /** Hashes bodies as if they were one. */
    static Checksums of(List<Payload> bodies, String algorithm) {
        MessageDigest md5 = digest("MD5");
        ChecksumAlgorithms.Running sum = ChecksumAlgorithms.start(algorithm);
        byte[] buffer = null;
        for (Payload body : bodies) {
            if (body instanceof Payload.InMemory memory) {
                md5.update(memory.bytes());
                sum.update(memory.bytes(), 0, memory.bytes().length);
                continue;
            }
            buffer = buffer == null ? new byte[BUFFER_BYTES] : buffer;
            try (InputStream in = body.open()) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    md5.update(buffer, 0, n);
                    sum.update(buffer, 0, n);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Checksums(md5.digest(), Map.of(algorithm, Base64.getEncoder().encodeToString(sum.value())));
    }

    /** The checksum of an object's parts' checksums, with their number after it. */
    static String composite(String algorithm, List<String> ofParts) {
        ChecksumAlgorithms.Running sum = ChecksumAlgorithms.start(algorithm);
        for (String part : ofParts) {
            byte[] bytes = Base64.getDecoder().decode(part);
            sum.update(bytes, 0, bytes.length);
        }
        return Base64.getEncoder().encodeToString(sum.value()) + "-" + ofParts.size();
    }

    static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
