package io.pileus.kms;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Region;
import io.pileus.core.port.KeyGrants;
import io.pileus.core.time.EmulatorClock;
import io.pileus.kms.state.EncryptionContext;
import io.pileus.kms.state.Grant;
import io.pileus.kms.state.Key;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the grants of keys allow, for who enforces policies. */
final class GrantedAccess implements KeyGrants {
    private static final String PREFIX = "kms:";

    private final EmulatorClock clock;
    private final KeyLookup lookup;

    GrantedAccess(EmulatorClock clock, KeyLookup lookup) {
        this.clock = clock;
        this.lookup = lookup;
    }

    @Override
    public boolean allow(String action, String keyArn, List<String> principals, Map<String, String> encryptionContext) {
        if (!action.startsWith(PREFIX)) {
            return false;
        }
        String operation = action.substring(PREFIX.length());
        EncryptionContext context = EncryptionContext.of(encryptionContext);
        return key(keyArn).stream()
                .flatMap(key -> key.grants().values().stream())
                .anyMatch(grant -> allows(grant, operation, principals, context));
    }

    /** A grant can also be retired by its retiring principal, whatever its operations. */
    private static boolean allows(Grant grant, String operation, List<String> principals, EncryptionContext context) {
        return (principals.contains(grant.granteePrincipal()) && grant.allows(operation, context))
                || (operation.equals("RetireGrant")
                        && grant.retiringPrincipal() != null
                        && principals.contains(grant.retiringPrincipal()));
    }

    private Optional<Key> key(String keyArn) {
        return Arn.parse(keyArn)
                .filter(a -> a.resource().startsWith("key/") && AccountId.isValid(a.account()))
                .filter(a -> a.region().matches("[a-z0-9-]{1,64}"))
                .flatMap(a -> lookup.find(
                        new AccountId(a.account()), new Region(a.region()), a.resourceId(), clock.instant()));
    }
}
