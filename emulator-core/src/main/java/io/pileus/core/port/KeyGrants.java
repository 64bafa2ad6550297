package io.pileus.core.port;

import io.pileus.core.service.CallContext;
import io.pileus.core.shape.Shape;
import java.util.List;
import java.util.Optional;

/**
 * What KMS tells who enforces policies: which key a call is about, and what grants allow beside policies. A policy's
 * explicit deny stands, whatever a grant says.
 */
public interface KeyGrants {

    /**
     * Whether a grant on the key lets one of the principals do it.
     *
     * @param action such as {@code kms:Decrypt}, {@code kms:ReEncryptFrom} or {@code kms:RetireGrant}
     * @param keyArn the key's ARN
     * @param principals the ARNs that the caller answers to: its own, and its role's
     * @param input the operation's input, with its encryption context or the grant it makes
     */
    boolean allow(String action, String keyArn, List<String> principals, Shape input);

    /**
     * The ARN of the key that a call needs the action for, where the input names it by an alias, a ciphertext or a grant token;
     * empty when there is no such key.
     *
     * @param keyId what the input names as its key; may be empty
     */
    Optional<String> keyOf(String action, String keyId, Shape input, CallContext call);
}
