package io.pileus.sqs;

import io.pileus.core.port.KeyService;
import io.pileus.core.port.Ports;
import io.pileus.sqs.state.DataKey;
import io.pileus.sqs.state.Queue;
import java.util.Optional;

/**
 * The KMS keys of encrypted queues (SSE-KMS). A data key is asked for when a message is sent or received, and used again
 * until the queue's reuse period ends, so that a key that is disabled meanwhile takes effect as late as with AWS. Messages are
 * not really encrypted: they never leave this process.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html">Encryption
 *     at rest in Amazon SQS</a>
 */
final class QueueKeys {
    private final Ports ports;

    QueueKeys(Ports ports) {
        this.ports = ports;
    }

    /** @throws io.pileus.core.service.AwsException KMS's refusal of the queue's key */
    void check(Queue queue, long nowMillis) {
        Optional<String> masterKeyId = queue.attributes().kmsMasterKeyId();
        if (masterKeyId.isPresent()) {
            check(queue, masterKeyId.get(), nowMillis);
        }
    }

    private void check(Queue queue, String masterKeyId, long nowMillis) {
        if (queue.dataKey().filter(key -> key.isUsable(masterKeyId, nowMillis)).isPresent()) {
            return;
        }
        Optional<KeyService> kms = ports.find(KeyService.class);
        if (kms.isEmpty()) {
            return;
        }
        KeyService.Check check =
                kms.get().check(queue.identity().account(), queue.identity().region(), masterKeyId);
        if (check instanceof KeyService.Refused refused) {
            throw SqsErrors.kms(refused.code(), refused.message());
        }
        long reusedUntilMillis = nowMillis + 1000L * queue.attributes().kmsDataKeyReusePeriodSeconds();
        queue.setDataKey(new DataKey(masterKeyId, reusedUntilMillis));
    }
}
