package io.pileus.sqs.state;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Region;

/**
 * Which queue it is.
 *
 * @param incarnation a number that tells queues of the same name apart that existed one after the other
 */
public record QueueIdentity(String name, AccountId account, Region region, long createdAtMillis, long incarnation) {
    public Arn arn() {
        return Arn.of("sqs", region, account, name);
    }
}
