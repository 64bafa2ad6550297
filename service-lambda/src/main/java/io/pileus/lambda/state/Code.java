package io.pileus.lambda.state;

import io.pileus.core.shape.Blob;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A deployment package: an archive, or the name of a container image.
 *
 * @param zip the archive as it was uploaded; empty for an image
 * @param sha256 as CodeSha256 shows it: an archive's SHA-256 in base64, an image's digest in hexadecimal digits
 * @param unzippedBytes the size of its contents
 * @param imageUri where the image is; null for an archive
 */
public record Code(
        Blob zip,
        String sha256,
        long unzippedBytes,
        @Nullable String imageUri) {
    private static final String DIGEST = "@sha256:";

    public static Code of(Blob zip, long unzippedBytes) {
        return new Code(zip, Base64.getEncoder().encodeToString(sha256(zip.bytes())), unzippedBytes, null);
    }

    /** An image that is not looked at: where its URI does not tell the digest, one is made of the URI. */
    public static Code ofImage(String uri) {
        int at = uri.indexOf(DIGEST);
        String digest = at >= 0
                ? uri.substring(at + DIGEST.length())
                : HexFormat.of().formatHex(sha256(uri.getBytes(StandardCharsets.UTF_8)));
        return new Code(Blob.of(new byte[0]), digest, 0, uri);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
