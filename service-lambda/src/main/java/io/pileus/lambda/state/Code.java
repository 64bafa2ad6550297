package io.pileus.lambda.state;

import io.pileus.core.shape.Blob;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A deployment package.
 *
 * @param zip the archive as it was uploaded
 * @param sha256 its SHA-256 in base64, as CodeSha256 shows it
 * @param unzippedBytes the size of its contents
 */
public record Code(Blob zip, String sha256, long unzippedBytes) {
    public static Code of(Blob zip, long unzippedBytes) {
        return new Code(zip, sha256(zip), unzippedBytes);
    }

    private static String sha256(Blob zip) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(zip.bytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
