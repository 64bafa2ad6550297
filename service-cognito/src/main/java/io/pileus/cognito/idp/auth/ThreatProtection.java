package io.pileus.cognito.idp.auth;

import io.pileus.cognito.idp.CognitoErrors;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.model.RiskConfigurationType;
import io.pileus.cognito.idp.model.RiskExceptionConfigurationType;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.core.policy.AddressRange;
import java.util.List;
import java.util.Optional;

/**
 * What threat protection does by rule: it refuses requests from addresses that are always blocked. What it does by guessing
 * (the risk of a sign-in, compromised passwords) is not done here.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html">Advanced
 *     security with threat protection</a>
 */
public final class ThreatProtection {
    private ThreatProtection() {}

    /** Refuses a sign-in from a blocked address; only where the pool enforces, and the app has said where the user is. */
    public static void checkAddress(Realm realm, SignIn signIn) {
        UserPool pool = signIn.pool();
        boolean enforced = pool.settings().userPoolAddOns() != null
                && "ENFORCED".equals(pool.settings().userPoolAddOns().advancedSecurityMode());
        if (!enforced || signIn.ipAddress().isEmpty()) {
            return;
        }
        boolean blocked = pool
                .riskConfiguration(signIn.client().id())
                .map(RiskConfigurationType::riskExceptionConfiguration)
                .map(RiskExceptionConfigurationType::blockedIPRangeList)
                .orElse(List.of())
                .stream()
                .map(AddressRange::parse)
                .flatMap(Optional::stream)
                .anyMatch(range -> range.contains(signIn.ipAddress()));
        if (blocked) {
            signIn.parameter("USERNAME")
                    .flatMap(pool::find)
                    .ifPresent(user -> AuthEvents.record(realm, signIn, user, AuthEvents.Outcome.BLOCKED, "Password"));
            throw CognitoErrors.notAuthorized("Request not allowed due to security reasons.");
        }
    }
}
