package io.pileus.core.service;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import java.util.Optional;

/** Which state a reset forgets: everything, or only one account's, or one region's. */
public record ResetScope(Optional<AccountId> account, Optional<Region> region) {
    public static final ResetScope EVERYTHING = new ResetScope(Optional.empty(), Optional.empty());

    public boolean covers(AccountId otherAccount, Region otherRegion) {
        return account.map(otherAccount::equals).orElse(true)
                && region.map(otherRegion::equals).orElse(true);
    }
}
