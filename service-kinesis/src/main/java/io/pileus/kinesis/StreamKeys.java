package io.pileus.kinesis;

import io.pileus.core.port.KeyService;
import io.pileus.core.port.Ports;
import io.pileus.kinesis.model.KMSAccessDeniedException;
import io.pileus.kinesis.model.KMSDisabledException;
import io.pileus.kinesis.model.KMSInvalidStateException;
import io.pileus.kinesis.model.KMSNotFoundException;
import io.pileus.kinesis.model.KMSThrottlingException;
import io.pileus.kinesis.state.Stream;
import java.util.Optional;

/**
 * Whether the key of a stream can be used. Records are kept as they came: what AWS encrypts at rest no client can see; but a key
 * that is disabled or gone stops reads and writes, as on AWS. Without KMS in the emulator every key is good.
 */
final class StreamKeys {
    private final Ports ports;

    StreamKeys(Ports ports) {
        this.ports = ports;
    }

    /** @throws io.pileus.core.service.AwsException one of Kinesis's KMS errors when the stream is encrypted under a key that cannot be used */
    boolean check(Stream stream) {
        Optional<String> keyId = stream.encryptionKeyId();
        keyId.ifPresent(key -> check(stream, key));
        return keyId.isPresent();
    }

    void check(Stream stream, String keyId) {
        Optional<KeyService> keys = ports.find(KeyService.class);
        if (keys.isEmpty()) {
            return;
        }
        KeyService.Check check =
                keys.get().check(stream.account(), stream.identity().region(), keyId);
        if (check instanceof KeyService.Refused refused) {
            throw switch (refused.code()) {
                case "DisabledException" -> KMSDisabledException.of(refused.message());
                case "KMSInvalidStateException", "InvalidStateException", "InvalidKeyUsageException" ->
                    KMSInvalidStateException.of(refused.message());
                case "ThrottlingException" -> KMSThrottlingException.of(refused.message());
                case "AccessDeniedException" -> KMSAccessDeniedException.of(refused.message());
                default -> KMSNotFoundException.of(refused.message());
            };
        }
    }
}
