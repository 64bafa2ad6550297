package io.pileus.sqs;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.port.KeyService;
import io.pileus.core.shape.Blob;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** KMS as far as queues use it: every key is usable until it is refused. */
final class StubKeys implements KeyService {
    @Nullable
    Refused refusal;

    @Override
    public Check check(AccountId account, Region region, String keyId) {
        return refusal != null ? refusal : new Usable("arn:aws:kms:" + region + ":" + account + ":key/" + keyId);
    }

    @Override
    public Result generateDataKey(AccountId account, Region region, String keyId, Map<String, String> context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Result encrypt(AccountId account, Region region, String keyId, Blob plaintext, Map<String, String> context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Result decrypt(AccountId account, Region region, Blob ciphertext, Map<String, String> context) {
        throw new UnsupportedOperationException();
    }
}
