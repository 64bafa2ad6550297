package io.pileus.iam.state;

import java.time.Instant;

/**
 * An SSH public key of a user, for CodeCommit.
 *
 * @param fingerprint MD5 of the key in SSH's wire format, in pairs of hexadecimal digits between colons
 */
public record SshPublicKey(
        String id, String sshBody, String pemBody, String fingerprint, String status, Instant uploaded) {

    public SshPublicKey withStatus(String newStatus) {
        return new SshPublicKey(id, sshBody, pemBody, fingerprint, newStatus, uploaded);
    }
}
