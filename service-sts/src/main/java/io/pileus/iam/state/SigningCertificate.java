package io.pileus.iam.state;

import java.time.Instant;

/**
 * An X.509 certificate by which a user signs requests to services of old.
 *
 * @param digest SHA-256 of the encoded certificate, by which doubles are found
 */
public record SigningCertificate(String id, String body, String digest, String status, Instant uploaded) {

    public SigningCertificate withStatus(String newStatus) {
        return new SigningCertificate(id, body, digest, newStatus, uploaded);
    }
}
