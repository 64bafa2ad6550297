package io.pileus.cognito.idp.state;

import java.time.Instant;
import java.util.List;

/**
 * A WebAuthn credential of a user.
 *
 * @param credentialId the credential's id in base64url
 * @param attestedCredentialData the authenticator's AAGUID, credential id and public key as WebAuthn lays them out
 * @param signCount the last signature counter seen
 */
public record Passkey(
        String credentialId,
        byte[] attestedCredentialData,
        long signCount,
        String relyingPartyId,
        String friendlyName,
        String attachment,
        List<String> transports,
        Instant createdAt) {
    public Passkey {
        transports = List.copyOf(transports);
        attestedCredentialData = attestedCredentialData.clone();
    }

    public Passkey used(long newSignCount) {
        return new Passkey(
                credentialId,
                attestedCredentialData,
                newSignCount,
                relyingPartyId,
                friendlyName,
                attachment,
                transports,
                createdAt);
    }
}
