package io.pileus.cognito.idp;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.cognito.idp.auth.AuthFlows;
import io.pileus.cognito.idp.auth.ChallengeSession;
import io.pileus.cognito.idp.auth.SecretHashes;
import io.pileus.cognito.idp.model.*;
import io.pileus.cognito.idp.state.AppClient;
import io.pileus.cognito.idp.state.ConfirmationCode;
import io.pileus.cognito.idp.state.Password;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.cognito.idp.tokens.AccessTokens;
import io.pileus.cognito.idp.tokens.TokenIssuer;
import io.pileus.cognito.idp.triggers.Trigger;
import io.pileus.cognito.idp.triggers.Triggers;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What users do for themselves, unsigned: sign up, confirm, recover and change a password, keep their attributes. */
public final class SelfServiceOperations {
    private static final String SIGN_UP = "signup";
    static final String RESET = "reset";

    private final Realm realm;
    private final Messages messages;
    private final AccessTokens accessTokens;
    private final AuthFlows flows;
    private final NewUsers newUsers;
    private final AttributeChanges changes;
    private final Recovery recovery;

    SelfServiceOperations(
            Realm realm, Messages messages, AccessTokens accessTokens, AuthFlows flows, AttributeChanges changes) {
        this.realm = realm;
        this.messages = messages;
        this.accessTokens = accessTokens;
        this.flows = flows;
        this.newUsers = new NewUsers(realm);
        this.changes = changes;
        this.recovery = new Recovery(realm, messages);
    }

    public SignUpResponse signUp(SignUpRequest input, CallContext call) {
        UserPool pool = realm.poolOfClient(input.clientId());
        AppClient client = realm.client(pool, input.clientId());
        SecretHashes.check(client, input.secretHash(), input.username());
        if (Boolean.TRUE.equals(pool.settings().adminCreateUserConfig().allowAdminCreateUserOnly())) {
            throw CognitoErrors.notAuthorized("SignUp is not permitted for this user pool");
        }
        Map<String, String> attributes = UserViews.map(input.userAttributes());
        checkWritable(client, attributes);
        if (pool.hasAlias("preferred_username") && attributes.containsKey("preferred_username")) {
            throw CognitoErrors.invalidParameter("Preferred username cannot be provided for unconfirmed account, since"
                    + " user pool is configured for preferred username alias.");
        }
        User.Draft draft = newUsers.draft(pool, input.username(), attributes, call.receivedAt());
        pool.schema().check(draft.attributes);
        pool.schema().checkRequired(draft.attributes);
        checkPassword(pool, input.password());
        newUsers.checkNameFree(pool, draft, input.username(), "User already exists");
        draft.attributes.putIfAbsent("email_verified", "false");
        draft.attributes.putIfAbsent("phone_number_verified", "false");
        dropLonelyFlags(draft);
        preSignUp(pool, client, draft, input, call);
        newUsers.claimAliases(pool, draft.username, draft.attributes, false);
        if (input.password() != null && !input.password().isEmpty()) {
            draft.password = Optional.of(Password.permanent(
                    pool.srpGroup(), draft.username, input.password(), call.receivedAt(), realm.random()));
        }
        if (!pool.users().add(draft)) {
            throw CognitoErrors.usernameExists();
        }
        User user = pool.users().named(draft.username).orElseThrow();
        boolean confirmed = user.is(UserStatusType.CONFIRMED);
        Optional<CodeDeliveryDetailsType> sent = Optional.empty();
        if (confirmed) {
            postConfirmation(pool, client.id(), user, "ConfirmSignUp", input.clientMetadata(), call);
        } else {
            sent = sendSignUpCode(pool, client, user, Messages.Kind.SIGN_UP, input.clientMetadata(), call);
        }
        return SignUpResponse.builder()
                .userConfirmed(confirmed)
                .userSub(user.sub())
                .codeDeliveryDetails(sent.orElse(null))
                .session(sessionFor(pool, client, user, call))
                .build();
    }

    private @Nullable String sessionFor(UserPool pool, AppClient client, User user, CallContext call) {
        if (!client.allows("ALLOW_USER_AUTH") || !user.is(UserStatusType.CONFIRMED)) {
            return null;
        }
        ChallengeSession.Origin origin =
                new ChallengeSession.Origin(pool.id(), client.id(), user.username(), "", "Authentication");
        return flows.challenges()
                .remember(new ChallengeSession.JustConfirmed(origin), client.authSessionValidity(), call.receivedAt());
    }

    private static void checkWritable(AppClient client, Map<String, String> attributes) {
        List<String> writable = client.settings().writeAttributes();
        boolean all = !client.settings().hasWriteAttributes() || writable.isEmpty();
        for (String name : attributes.keySet()) {
            boolean flag = name.equals("email_verified") || name.equals("phone_number_verified");
            boolean developer = name.startsWith("dev:");
            if (flag || name.equals("sub") || developer || !all && !writable.contains(name)) {
                throw CognitoErrors.notAuthorized("A client attempted to write unauthorized attribute");
            }
        }
    }

    private static void checkPassword(UserPool pool, @Nullable String password) {
        if (password == null || password.isEmpty()) {
            SignInPolicyType policy = pool.settings().policies().signInPolicy();
            boolean passwordless = policy != null
                    && (policy.allowedFirstAuthFactors().contains("EMAIL_OTP")
                            || policy.allowedFirstAuthFactors().contains("SMS_OTP"));
            if (!passwordless) {
                throw CognitoErrors.invalidParameter("Missing required parameter PASSWORD");
            }
            return;
        }
        PasswordPolicy.check(pool.passwordPolicy(), password);
    }

    private static void dropLonelyFlags(User.Draft draft) {
        for (String name : List.of("email", "phone_number")) {
            if (!draft.attributes.containsKey(name)) {
                draft.attributes.remove(name + "_verified");
            }
        }
    }

    private void preSignUp(UserPool pool, AppClient client, User.Draft draft, SignUpRequest input, CallContext call) {
        if (!realm.triggers().has(pool, Trigger.PRE_SIGN_UP)) {
            return;
        }
        Triggers.Event event = Triggers.Event.named(pool, "PreSignUp_SignUp", draft.username, client.id());
        Map<String, String> shown = new java.util.TreeMap<>(draft.attributes);
        shown.remove("email_verified");
        shown.remove("phone_number_verified");
        event.put("userAttributes", shown);
        event.putUnlessEmpty("validationData", UserViews.map(input.validationData()));
        event.putUnlessEmpty("clientMetadata", input.clientMetadata());
        event.response()
                .put("autoConfirmUser", false)
                .put("autoVerifyEmail", false)
                .put("autoVerifyPhone", false);
        JsonNode answer =
                realm.triggers().call(Trigger.PRE_SIGN_UP, event, call).orElseThrow();
        applyPreSignUp(draft, answer);
    }

    /** What the trigger answers about a new user: confirmed, e-mail address verified, number verified. */
    static void applyPreSignUp(User.Draft draft, JsonNode answer) {
        if (answer.path("autoConfirmUser").asBoolean()) {
            draft.status = UserStatusType.CONFIRMED;
        }
        if (answer.path("autoVerifyEmail").asBoolean()) {
            require(draft, "email");
        }
        if (answer.path("autoVerifyPhone").asBoolean()) {
            require(draft, "phone_number");
        }
    }

    private static void require(User.Draft draft, String attribute) {
        if (!draft.attributes.containsKey(attribute)) {
            throw CognitoErrors.invalidParameter(
                    "Attribute " + attribute + " is required to be present for auto verification.");
        }
        draft.attributes.put(attribute + "_verified", "true");
    }

    void postConfirmation(
            UserPool pool, String clientId, User user, String source, Map<String, String> metadata, CallContext call) {
        if (realm.triggers().has(pool, Trigger.POST_CONFIRMATION)) {
            Triggers.Event event = Triggers.Event.about(pool, "PostConfirmation_" + source, user, clientId);
            event.putUnlessEmpty("clientMetadata", metadata);
            realm.triggers().call(Trigger.POST_CONFIRMATION, event, call);
        }
    }

    /** Sends to the attribute that the pool verifies by itself: the telephone number first where it has both. */
    private Optional<CodeDeliveryDetailsType> sendSignUpCode(
            UserPool pool,
            AppClient client,
            User user,
            Messages.Kind kind,
            Map<String, String> metadata,
            CallContext call) {
        for (String attribute : List.of("phone_number", "email")) {
            String value = user.attributes().get(attribute);
            if (value != null && pool.settings().autoVerifiedAttributes().contains(attribute)) {
                ConfirmationCode code = messages.newCode(attribute, value, call, Messages.VERIFICATION_VALIDITY);
                CodeDeliveryDetailsType sent = messages.send(
                        new Messages.Letter(pool, client.id(), user, kind, attribute, value, code.code(), metadata),
                        call);
                pool.users().note(user.username(), draft -> draft.codes.put(SIGN_UP, code));
                return Optional.of(sent);
            }
        }
        return Optional.empty();
    }

    public ConfirmSignUpResponse confirmSignUp(ConfirmSignUpRequest input, CallContext call) {
        UserPool pool = realm.poolOfClient(input.clientId());
        AppClient client = realm.client(pool, input.clientId());
        SecretHashes.check(client, input.secretHash(), input.username());
        User user = pool.find(input.username()).orElseThrow(() -> unknown(client, CognitoErrors.codeExpired()));
        if (!user.enabled()) {
            throw CognitoErrors.userDisabled();
        }
        if (!user.is(UserStatusType.UNCONFIRMED)) {
            throw CognitoErrors.notAuthorized("User cannot be confirmed. Current status is "
                    + user.status().wire());
        }
        ConfirmationCode code = user.codes().get(SIGN_UP);
        CodeChecks.check(
                realm, pool.id() + "/" + user.sub() + "/" + SIGN_UP, code, input.confirmationCode(), call.receivedAt());
        Map<String, String> verified = new java.util.HashMap<>(user.attributes());
        boolean unchanged = code.value().equals(user.attributes().get(code.attribute()));
        if (unchanged) {
            verified.put(code.attribute() + "_verified", "true");
        }
        newUsers.claimAliases(pool, user.username(), verified, Boolean.TRUE.equals(input.forceAliasCreation()));
        User confirmed = pool.users()
                .update(user.username(), call.receivedAt(), draft -> {
                    draft.status = UserStatusType.CONFIRMED;
                    draft.codes.remove(SIGN_UP);
                    if (unchanged) {
                        draft.attributes.put(code.attribute() + "_verified", "true");
                    }
                })
                .orElseThrow(CognitoErrors::userNotFound);
        postConfirmation(pool, client.id(), confirmed, "ConfirmSignUp", input.clientMetadata(), call);
        return ConfirmSignUpResponse.builder()
                .session(sessionFor(pool, client, confirmed, call))
                .build();
    }

    private static AwsException unknown(AppClient client, AwsException hidden) {
        return client.hidesUserExistence()
                ? hidden
                : UserNotFoundException.of("Username/client id combination not found.");
    }

    public ResendConfirmationCodeResponse resendConfirmationCode(
            ResendConfirmationCodeRequest input, CallContext call) {
        UserPool pool = realm.poolOfClient(input.clientId());
        AppClient client = realm.client(pool, input.clientId());
        SecretHashes.check(client, input.secretHash(), input.username());
        Optional<User> found = pool.find(input.username());
        if (client.hidesUserExistence() && found.filter(User::enabled).isEmpty()) {
            return ResendConfirmationCodeResponse.builder()
                    .codeDeliveryDetails(recovery.simulated(pool, input.username()))
                    .build();
        }
        if (found.isEmpty()) {
            throw UserNotFoundException.of("Username/client id combination not found.");
        }
        User user = found.get();
        if (!user.is(UserStatusType.UNCONFIRMED)) {
            throw CognitoErrors.invalidParameter("User is already confirmed.");
        }
        CodeChecks.countRequest(realm, pool.id() + "/" + user.sub() + "/resend", call.receivedAt());
        CodeDeliveryDetailsType sent = sendSignUpCode(
                        pool, client, user, Messages.Kind.RESEND_CODE, input.clientMetadata(), call)
                .orElseThrow(
                        () -> CognitoErrors.invalidParameter("Cannot resend codes. Auto verification not turned on."));
        return ResendConfirmationCodeResponse.builder()
                .codeDeliveryDetails(sent)
                .build();
    }

    public ForgotPasswordResponse forgotPassword(ForgotPasswordRequest input, CallContext call) {
        UserPool pool = realm.poolOfClient(input.clientId());
        AppClient client = realm.client(pool, input.clientId());
        SecretHashes.check(client, input.secretHash(), input.username());
        if (client.hidesUserExistence()) {
            recovery.checkSelfService(pool);
        }
        Optional<User> found = pool.find(input.username());
        if (found.isEmpty()) {
            found = flows.migration().migrateForgotten(pool, client, input.username(), input.clientMetadata(), call);
        }
        if (found.isEmpty()) {
            if (!client.hidesUserExistence()) {
                throw UserNotFoundException.of("Username/client id combination not found.");
            }
            return ForgotPasswordResponse.builder()
                    .codeDeliveryDetails(recovery.simulated(pool, input.username()))
                    .build();
        }
        User user = found.get();
        CodeChecks.countRequest(realm, pool.id() + "/" + user.sub() + "/forgot", call.receivedAt());
        boolean unreachable = !user.enabled() || recovery.address(pool, user).isEmpty();
        if (client.hidesUserExistence() && unreachable) {
            return ForgotPasswordResponse.builder()
                    .codeDeliveryDetails(recovery.simulated(pool, input.username()))
                    .build();
        }
        if (!user.enabled()) {
            throw CognitoErrors.userDisabled();
        }
        if (user.is(UserStatusType.FORCE_CHANGE_PASSWORD) || user.is(UserStatusType.EXTERNAL_PROVIDER)) {
            throw CognitoErrors.notAuthorized("User password cannot be reset in the current state.");
        }
        return ForgotPasswordResponse.builder()
                .codeDeliveryDetails(recovery.sendCode(pool, client.id(), user, input.clientMetadata(), call))
                .build();
    }

    public ConfirmForgotPasswordResponse confirmForgotPassword(ConfirmForgotPasswordRequest input, CallContext call) {
        UserPool pool = realm.poolOfClient(input.clientId());
        AppClient client = realm.client(pool, input.clientId());
        SecretHashes.check(client, input.secretHash(), input.username());
        User user = pool.find(input.username()).orElseThrow(() -> unknown(client, CognitoErrors.codeMismatch()));
        if (!user.enabled()) {
            throw client.hidesUserExistence() ? CognitoErrors.codeMismatch() : CognitoErrors.userDisabled();
        }
        PasswordPolicy.checkChange(pool.passwordPolicy(), input.password());
        ConfirmationCode code = user.codes().get(RESET);
        CodeChecks.check(
                realm, pool.id() + "/" + user.sub() + "/" + RESET, code, input.confirmationCode(), call.receivedAt());
        PasswordPolicy.checkHistory(pool.passwordPolicy(), user, input.password());
        Password password = Password.permanent(
                pool.srpGroup(), user.username(), input.password(), call.receivedAt(), realm.random());
        User changed = pool.users()
                .update(user.username(), call.receivedAt(), draft -> {
                    draft.codes.remove(RESET);
                    draft.replacePassword(password);
                    draft.status = UserStatusType.CONFIRMED;
                    if (code.value().equals(draft.attributes.get(code.attribute()))) {
                        draft.attributes.put(code.attribute() + "_verified", "true");
                    }
                })
                .orElseThrow(CognitoErrors::userNotFound);
        postConfirmation(pool, client.id(), changed, "ConfirmForgotPassword", input.clientMetadata(), call);
        return ConfirmForgotPasswordResponse.builder().build();
    }

    ChangePasswordResponse changePassword(ChangePasswordRequest input, CallContext call) {
        AccessTokens.Bearer bearer = accessTokens.self(input.accessToken(), call);
        UserPool pool = bearer.pool();
        User user = bearer.user();
        String key = pool.id() + "/" + user.sub() + "/change-password";
        if (realm.lockout() && realm.attempts().exhausted(key, Attempts.PASSWORD_CHANGES_PER_HOUR, call.receivedAt())) {
            throw CognitoErrors.attemptLimit();
        }
        boolean first = user.password().isEmpty();
        String previous = input.previousPassword() == null ? "" : input.previousPassword();
        if (!first && !user.password().orElseThrow().hash().matches(previous)) {
            realm.attempts().count(key, call.receivedAt());
            throw CognitoErrors.incorrectUsernameOrPassword();
        }
        PasswordPolicy.checkChange(pool.passwordPolicy(), input.proposedPassword());
        PasswordPolicy.checkHistory(pool.passwordPolicy(), user, input.proposedPassword());
        Password password = Password.permanent(
                pool.srpGroup(), user.username(), input.proposedPassword(), call.receivedAt(), realm.random());
        pool.users().update(user.username(), call.receivedAt(), draft -> draft.replacePassword(password));
        return ChangePasswordResponse.builder().build();
    }

    GetUserResponse getUser(GetUserRequest input, CallContext call) {
        AccessTokens.Bearer bearer = accessTokens.self(input.accessToken(), call);
        User user = bearer.user();
        List<String> factors = user.mfa().enabled();
        return GetUserResponse.builder()
                .username(user.username())
                .userAttributes(UserViews.attributes(
                        user, name -> name.equals("sub") || TokenIssuer.readable(bearer.client(), name)))
                .mfaOptions(UserViews.mfaOptions(user))
                .preferredMfaSetting(user.mfa().preference().orElse(null))
                .userMFASettingList(factors.isEmpty() ? null : factors)
                .build();
    }

    UpdateUserAttributesResponse updateUserAttributes(UpdateUserAttributesRequest input, CallContext call) {
        AccessTokens.Bearer bearer = accessTokens.self(input.accessToken(), call);
        Map<String, String> wanted = UserViews.map(input.userAttributes());
        checkWritable(bearer.client(), wanted);
        List<CodeDeliveryDetailsType> sent = changes.update(
                bearer.pool(), bearer.user(), wanted, bearer.client().id(), input.clientMetadata(), call);
        return UpdateUserAttributesResponse.builder()
                .codeDeliveryDetailsList(sent)
                .build();
    }

    DeleteUserAttributesResponse deleteUserAttributes(DeleteUserAttributesRequest input, CallContext call) {
        AccessTokens.Bearer bearer = accessTokens.self(input.accessToken(), call);
        input.userAttributeNames().forEach(name -> checkWritable(bearer.client(), Map.of(name, "")));
        changes.delete(bearer.pool(), bearer.user(), input.userAttributeNames(), call);
        return DeleteUserAttributesResponse.builder().build();
    }

    GetUserAttributeVerificationCodeResponse getUserAttributeVerificationCode(
            GetUserAttributeVerificationCodeRequest input, CallContext call) {
        AccessTokens.Bearer bearer = accessTokens.self(input.accessToken(), call);
        String attribute = input.attributeName();
        if (!attribute.equals("email") && !attribute.equals("phone_number")) {
            throw CognitoErrors.invalidParameter("Invalid attribute name: " + attribute + " cannot be verified.");
        }
        String value = bearer.user()
                .attribute(attribute)
                .orElseThrow(
                        () -> CognitoErrors.invalidParameter("User does not have the attribute " + attribute + "."));
        ConfirmationCode pending = bearer.user().codes().get(AttributeChanges.purpose(attribute));
        String destination = pending == null ? value : pending.value();
        CodeChecks.countRequest(
                realm, bearer.pool().id() + "/" + bearer.user().sub() + "/request:" + attribute, call.receivedAt());
        return GetUserAttributeVerificationCodeResponse.builder()
                .codeDeliveryDetails(changes.sendCode(
                        bearer.pool(),
                        bearer.user(),
                        attribute,
                        destination,
                        Messages.Kind.VERIFY_USER_ATTRIBUTE,
                        bearer.client().id(),
                        input.clientMetadata(),
                        call))
                .build();
    }

    VerifyUserAttributeResponse verifyUserAttribute(VerifyUserAttributeRequest input, CallContext call) {
        AccessTokens.Bearer bearer = accessTokens.self(input.accessToken(), call);
        changes.verify(bearer.pool(), bearer.user(), input.attributeName(), input.code_(), call);
        return VerifyUserAttributeResponse.builder().build();
    }

    DeleteUserResponse deleteUser(DeleteUserRequest input, CallContext call) {
        AccessTokens.Bearer bearer = accessTokens.self(input.accessToken(), call);
        UserAdminOperations.remove(bearer.pool(), bearer.user());
        return DeleteUserResponse.builder().build();
    }
}
