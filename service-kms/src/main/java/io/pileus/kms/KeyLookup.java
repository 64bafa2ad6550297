package io.pileus.kms;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Region;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.Scopes;
import io.pileus.kms.state.Alias;
import io.pileus.kms.state.Key;
import io.pileus.kms.state.KeyOperation;
import io.pileus.kms.state.KeyRing;
import java.time.Instant;
import java.util.Optional;

/**
 * Finds the key that a request names: by key id or key ARN, and where the operation takes aliases by alias name or alias ARN.
 * ARNs may name another account, but no other Region.
 */
final class KeyLookup {
    private static final String KEY_PREFIX = "key/";

    private final Scopes<KeyRing> rings;
    private final AwsManagedKeys awsManagedKeys;

    KeyLookup(Scopes<KeyRing> rings, AwsManagedKeys awsManagedKeys) {
        this.rings = rings;
        this.awsManagedKeys = awsManagedKeys;
    }

    /** The caller's own key ring. */
    KeyRing ring(CallContext call) {
        return rings.of(call);
    }

    KeyRing ring(AccountId account, Region region) {
        return rings.of(account, region);
    }

    /** The key of an operation that takes no aliases. */
    Key key(String keyId, CallContext call) {
        if (keyId.startsWith(Alias.PREFIX)) {
            throw KmsErrors.invalidKeyId(keyId);
        }
        return keyOrAlias(keyId, call.account(), call.region(), call.receivedAt(), false);
    }

    /** The key of an operation that takes aliases too. */
    Key keyOrAlias(String keyId, CallContext call) {
        return keyOrAlias(keyId, call.account(), call.region(), call.receivedAt(), true);
    }

    Key keyOrAlias(String keyId, AccountId account, Region region, Instant now) {
        return keyOrAlias(keyId, account, region, now, true);
    }

    /** The key of an operation that changes it: its owner's, not AWS's. */
    Key customerKey(String keyId, KeyOperation operation, CallContext call) {
        Key key = key(keyId, call);
        requireCustomerManaged(key, operation, call);
        if (!key.account().equals(call.caller().account()) && !key.account().equals(call.account())) {
            throw notAuthorized(key, operation, call);
        }
        return key;
    }

    /** AWS managed keys can be looked at and used, never changed. */
    void requireCustomerManaged(Key key, KeyOperation operation, CallContext call) {
        if (key.manager() == Key.Manager.AWS) {
            throw notAuthorized(key, operation, call);
        }
    }

    private static RuntimeException notAuthorized(Key key, KeyOperation operation, CallContext call) {
        return KmsErrors.accessDenied("User: " + call.caller().principalArn() + " is not authorized to perform: "
                + operation.action() + " on resource: " + key.arn()
                + " because no resource-based policy allows the " + operation.action() + " action");
    }

    private Key keyOrAlias(String keyId, AccountId account, Region region, Instant now, boolean aliases) {
        if (keyId.startsWith("arn:")) {
            return ofArn(keyId, region, now, aliases);
        }
        if (keyId.startsWith(Alias.PREFIX)) {
            return ofAlias(keyId, account, region, now);
        }
        return rings.of(account, region)
                .key(keyId, now)
                .orElseThrow(() -> looksLikeKeyId(keyId)
                        ? KmsErrors.keyNotFound(Arn.of("kms", region, account, KEY_PREFIX + keyId)
                                .toString())
                        : KmsErrors.invalidKeyId(keyId));
    }

    private Key ofArn(String text, Region region, Instant now, boolean aliases) {
        Arn arn = Arn.parse(text)
                .filter(a -> a.service().equals("kms") && AccountId.isValid(a.account()))
                .orElseThrow(() -> KmsErrors.invalidArn(text));
        if (!arn.region().equals(region.id())) {
            throw KmsErrors.otherRegion(arn.region());
        }
        if (!arn.partition().equals(region.partition())) {
            throw KmsErrors.invalidArn(text);
        }
        AccountId account = new AccountId(arn.account());
        if (arn.resource().startsWith(KEY_PREFIX)) {
            String id = arn.resource().substring(KEY_PREFIX.length());
            return find(account, region, id, now).orElseThrow(() -> KmsErrors.keyNotFound(text));
        }
        if (aliases && arn.resource().startsWith(Alias.PREFIX)) {
            return ofAlias(arn.resource(), account, region, now);
        }
        throw KmsErrors.invalidArn(text);
    }

    private Key ofAlias(String name, AccountId account, Region region, Instant now) {
        KeyRing ring = rings.of(account, region);
        return ring.keyOfAlias(name, now)
                .or(() -> awsManagedKeys.create(ring, name, now))
                .orElseThrow(() -> KmsErrors.aliasNotFound(ring.aliasArn(name)));
    }

    /** The key of this id, wherever it is. */
    Optional<Key> find(AccountId account, Region region, String id, Instant now) {
        return rings.find(account, region).flatMap(r -> r.key(id, now));
    }

    /** Whether a text has the form of a key id: a UUID, or {@code mrk-} and 32 hexadecimal digits. */
    private static boolean looksLikeKeyId(String text) {
        String digits = text.startsWith("mrk-") ? text.substring(4) : text;
        if (digits.length() != (text.startsWith("mrk-") ? 32 : 36)) {
            return false;
        }
        return digits.chars().allMatch(c -> c == '-' || Character.digit(c, 16) >= 0);
    }
}
