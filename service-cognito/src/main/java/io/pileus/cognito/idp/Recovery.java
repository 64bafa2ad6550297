package io.pileus.cognito.idp;

import io.pileus.cognito.idp.model.AccountRecoverySettingType;
import io.pileus.cognito.idp.model.CodeDeliveryDetailsType;
import io.pileus.cognito.idp.model.RecoveryOptionType;
import io.pileus.cognito.idp.state.ConfirmationCode;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.core.service.CallContext;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

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
        for (String attribute : mechanisms(pool)) {
            if (!user.verified(attribute)) {
                continue;
            }
            String value = user.attributes().get(attribute);
            ConfirmationCode code = messages.newCode(attribute, value, call, Messages.RESET_VALIDITY);
            CodeDeliveryDetailsType sent = messages.send(
                    new Messages.Letter(
                            pool,
                            clientId,
                            user,
                            Messages.Kind.FORGOT_PASSWORD,
                            attribute,
                            value,
                            code.code(),
                            metadata),
                    call);
            pool.users().note(user.username(), draft -> draft.codes.put(SelfServiceOperations.RESET, code));
            return sent;
        }
        throw CognitoErrors.invalidParameter(
                "Cannot reset password for the user as there is no registered/verified email or phone_number");
    }

    /** The attributes in the order of their priority; a pool without a setting tries the number first. */
    private static List<String> mechanisms(UserPool pool) {
        AccountRecoverySettingType setting = pool.settings().accountRecoverySetting();
        if (setting == null || setting.recoveryMechanisms().isEmpty()) {
            return List.of("phone_number", "email");
        }
        List<String> names = setting.recoveryMechanisms().stream()
                .sorted(Comparator.comparing(RecoveryOptionType::priority))
                .map(RecoveryOptionType::name)
                .toList();
        if (names.contains("admin_only")) {
            throw CognitoErrors.notAuthorized("Contact administrator to reset password.");
        }
        return names.stream().map(name -> name.substring("verified_".length())).toList();
    }

    /** What a client that must not learn about users sees for one that does not exist. */
    CodeDeliveryDetailsType simulated(UserPool pool, String username) {
        boolean phone = username.startsWith("+");
        String destination = phone || username.indexOf('@') > 0 ? username : username + "@example.com";
        return Messages.delivery(phone ? "phone_number" : "email", destination);
    }
}
