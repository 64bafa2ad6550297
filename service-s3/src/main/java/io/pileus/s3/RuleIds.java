package io.pileus.s3;

import io.pileus.core.identity.Ids;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The ids of a bucket's rules: what the user says, or S3's own, which are the Base64 of a UUID.
 *
 * @see <a href="https://github.com/aws/aws-sdk-go-v2/issues/3165">An answer with one</a>
 */
final class RuleIds {
    private final Ids ids;

    RuleIds(Ids ids) {
        this.ids = ids;
    }

    String of(@Nullable String asked) {
        return asked == null || asked.isEmpty()
                ? Base64.getEncoder().encodeToString(ids.uuid().getBytes(StandardCharsets.US_ASCII))
                : asked;
    }
}
