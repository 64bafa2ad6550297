package io.pileus.core.port;

import java.util.List;
import java.util.Map;

/**
 * What grants on KMS keys allow beside policies. Who enforces policies asks it about KMS actions that no policy allows; a
 * policy's explicit deny stands, whatever a grant says.
 */
public interface KeyGrants {

    /**
     * Whether a grant on the key lets one of the principals do it.
     *
     * @param action such as {@code kms:Decrypt}, {@code kms:ReEncryptFrom} or {@code kms:RetireGrant}
     * @param keyArn the key's ARN
     * @param principals the ARNs that the caller answers to: its own, and its role's
     * @param encryptionContext the request's encryption context; empty for none
     */
    boolean allow(String action, String keyArn, List<String> principals, Map<String, String> encryptionContext);
}
