package io.pileus.core.port;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.shape.Blob;
import java.util.Map;

/**
 * KMS as other services use it: to check the key that a resource names, and to encrypt under it. A key is named by id,
 * ARN, alias or alias ARN; AWS managed keys ({@code alias/aws/sqs}) come into being on first use.
 */
public interface KeyService {

    /** Whether the key can be used for symmetric encryption now. */
    Check check(AccountId account, Region region, String keyId);

    Result generateDataKey(AccountId account, Region region, String keyId, Map<String, String> encryptionContext);

    Result encrypt(
            AccountId account, Region region, String keyId, Blob plaintext, Map<String, String> encryptionContext);

    Result decrypt(AccountId account, Region region, Blob ciphertext, Map<String, String> encryptionContext);

    /** What a check gave. */
    sealed interface Check {}

    record Usable(String keyArn) implements Check {}

    /** What a cryptographic call gave. */
    sealed interface Result {}

    /** The plaintext (a data key, or what was decrypted), the ciphertext, and the key that did it. */
    record Done(Blob plaintext, Blob ciphertext, String keyArn) implements Result {}

    /** KMS's error code without prefix, such as {@code DisabledException} or {@code NotFoundException}. */
    record Refused(String code, String message) implements Check, Result {}
}
