package io.pileus.cognito.idp;

import io.pileus.cognito.idp.crypto.Digests;
import io.pileus.cognito.idp.model.AccountRecoverySettingType;
import io.pileus.cognito.idp.model.CodeDeliveryDetailsType;
import io.pileus.cognito.idp.model.RecoveryOptionType;
import io.pileus.cognito.idp.state.ConfirmationCode;
import io.pileus.cognito.idp.state.Mfa;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.core.service.CallContext;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Forgotten passwords: where the code goes, by the pool's account recovery setting. */
final class Recovery {
    private final Realm realm;
    private final Messages messages;

    Recovery(Realm realm, Messages messages) {
        this.realm = realm;
        this.messages = messages;
    }

    CodeDeliveryDetailsType sendCode(
            UserPool pool, String clientId, User user, Map<String, String> metadata, CallContext call) {
        checkSelfService(pool);
        String attribute = address(pool, user)
                .orElseThrow(() -> CognitoErrors.invalidParameter(
                        "Cannot reset password for the user as there is no registered/verified email or phone_number"));
        String value = user.attributes().get(attribute);
        ConfirmationCode code = messages.newCode(attribute, value, call, Messages.RESET_VALIDITY);
        CodeDeliveryDetailsType sent = messages.send(
                new Messages.Letter(
                        pool, clientId, user, Messages.Kind.FORGOT_PASSWORD, attribute, value, code.code(), metadata),
                call);
        pool.users().note(user.username(), draft -> draft.codes.put(SelfServiceOperations.RESET, code));
        return sent;
    }

    /** Refuses where only administrators reset passwords. */
    void checkSelfService(UserPool pool) {
        if (mechanisms(pool).contains("admin_only")) {
            throw CognitoErrors.notAuthorized("Contact administrator to reset password.");
        }
    }

    /** The attribute whose address the code goes to; empty when the user has none that is verified. */
    Optional<String> address(UserPool pool, User user) {
        return attributes(pool, user).stream().filter(user::verified).findFirst();
    }

    /**
     * The attributes in the order of their priority, but for those that are the user's second factor: who has that could
     * otherwise do without the first. A pool without a setting tries the number first, whatever it is used for.
     */
    private static List<String> attributes(UserPool pool, User user) {
        if (mechanisms(pool).isEmpty()) {
            return List.of("phone_number", "email");
        }
        List<String> secondFactors = user.mfa().enabled();
        return mechanisms(pool).stream()
                .map(name -> name.substring(name.indexOf('_') + 1))
                .filter(name -> !secondFactors.contains(name.equals("email") ? Mfa.EMAIL : Mfa.SMS))
                .toList();
    }

    private static List<String> mechanisms(UserPool pool) {
        AccountRecoverySettingType setting = pool.settings().accountRecoverySetting();
        return setting == null
                ? List.of()
                : setting.recoveryMechanisms().stream()
                        .sorted(Comparator.comparing(RecoveryOptionType::priority))
                        .map(RecoveryOptionType::name)
                        .toList();
    }

    /**
     * What a client that must not learn about users sees for one that does not exist: always the same for a name, by a medium
     * that fits the name or, for a plain name, what the pool verifies.
     */
    CodeDeliveryDetailsType simulated(UserPool pool, String username) {
        List<String> verified = pool.settings().autoVerifiedAttributes();
        boolean address = username.indexOf('@') > 0;
        boolean number = username.startsWith("+");
        if (number || !address && verified.equals(List.of("phone_number"))) {
            byte[] hash = Digests.hmacSha256(pool.secret(), Digests.utf8(username));
            String digits = String.format("%04d", ((hash[0] & 0xff) << 8 | hash[1] & 0xff) % 10_000);
            return Messages.delivery("phone_number", number ? username : "+1000000" + digits);
        }
        return Messages.delivery("email", address ? username : username + "@example.com");
    }
}
