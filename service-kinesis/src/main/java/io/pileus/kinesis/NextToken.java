package io.pileus.kinesis;

import io.pileus.kinesis.state.KinesisErrors;
import java.time.Instant;
import java.util.List;

/**
 * Where a listing goes on: the parts of the request that it repeats, sealed, good for 300 seconds.
 *
 * @param parts the listing's name, the scope, then what the listing needs
 */
record NextToken(List<String> parts) {

    static String seal(Seal seal, Instant now, List<String> parts) {
        return seal.seal(now.toEpochMilli() + "\n" + String.join("\n", parts));
    }

    /**
     * @param listing the listing that must have made the token
     * @param size how many parts it has
     */
    static NextToken open(Seal seal, String token, Instant now, String listing, int size) {
        List<String> parts = List.of(
                seal.open(token).orElseThrow(KinesisErrors::invalidToken).split("\n", -1));
        if (parts.size() != size + 1 || !parts.get(1).equals(listing)) {
            throw KinesisErrors.invalidToken();
        }
        Instant createdAt = Instant.ofEpochMilli(Long.parseLong(parts.getFirst()));
        if (now.isAfter(createdAt.plus(KinesisLimits.TOKEN_LIFE))) {
            throw KinesisErrors.expiredToken(token);
        }
        return new NextToken(parts.subList(1, parts.size()));
    }
}
