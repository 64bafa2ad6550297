package io.pileus.iam.state;

import java.time.Instant;
import java.util.Optional;

/**
 * A credential of a user that is good for one service only: a user name with a password, or an API key.
 *
 * @param service the service's principal, such as {@code codecommit.amazonaws.com}
 * @param serviceUserName the user name at the service; for an API key its alias
 * @param secret the password or API key
 * @param expiration empty where the credential is good for ever
 */
public record ServiceCredential(
        String id,
        String service,
        String serviceUserName,
        String secret,
        String status,
        Instant created,
        Optional<Instant> expiration) {

    public ServiceCredential withStatus(String newStatus) {
        return new ServiceCredential(id, service, serviceUserName, secret, newStatus, created, expiration);
    }

    public ServiceCredential withSecret(String newSecret) {
        return new ServiceCredential(id, service, serviceUserName, newSecret, status, created, expiration);
    }

    /** {@code Active}, {@code Inactive} or {@code Expired}. */
    public String statusAt(Instant now) {
        return expiration.filter(end -> !now.isBefore(end)).isPresent() ? "Expired" : status;
    }
}
