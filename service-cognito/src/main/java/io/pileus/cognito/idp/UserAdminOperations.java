package io.pileus.cognito.idp;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.cognito.idp.model.*;
import io.pileus.cognito.idp.state.AttributeIndex;
import io.pileus.cognito.idp.state.Group;
import io.pileus.cognito.idp.state.Password;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.cognito.idp.state.Users;
import io.pileus.cognito.idp.triggers.Trigger;
import io.pileus.cognito.idp.triggers.Triggers;
import io.pileus.core.service.CallContext;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What administrators do with users. */
final class UserAdminOperations {
    /** The client that administrative calls have in trigger events. */
    private static final String NO_CLIENT = "CLIENT_ID_NOT_APPLICABLE";

    private final Realm realm;
    private final Messages messages;
    private final NewUsers newUsers;
    private final AttributeChanges changes;
    private final Recovery recovery;
    private final SelfServiceOperations selfService;

    UserAdminOperations(Realm realm, Messages messages, AttributeChanges changes, SelfServiceOperations selfService) {
        this.realm = realm;
        this.messages = messages;
        this.newUsers = new NewUsers(realm);
        this.changes = changes;
        this.recovery = new Recovery(realm, messages);
        this.selfService = selfService;
    }

    AdminCreateUserResponse adminCreateUser(AdminCreateUserRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        if ("RESEND".equals(input.messageAction())) {
            return resend(pool, input, call);
        }
        Map<String, String> attributes = UserViews.map(input.userAttributes());
        User.Draft draft = newUsers.draft(pool, input.username(), attributes, call.receivedAt());
        pool.schema().check(draft.attributes);
        newUsers.checkNameFree(pool, draft, input.username(), "User account already exists");
        if (input.temporaryPassword() != null && !input.temporaryPassword().isEmpty()) {
            checkPolicy(pool, input.temporaryPassword(), "Password did not conform with password policy: ");
        }
        draft.status = UserStatusType.FORCE_CHANGE_PASSWORD;
        preSignUp(pool, draft, input, call);
        newUsers.claimAliases(pool, draft.username, draft.attributes, Boolean.TRUE.equals(input.forceAliasCreation()));
        Optional<String> password = temporaryPassword(pool, draft, input);
        password.ifPresent(text -> draft.password = Optional.of(
                Password.temporary(pool.srpGroup(), draft.username, text, call.receivedAt(), realm.random())));
        if (!pool.users().add(draft)) {
            throw UsernameExistsException.of("User account already exists");
        }
        User user = pool.users().named(draft.username).orElseThrow();
        if (!"SUPPRESS".equals(input.messageAction()) && password.isPresent()) {
            invite(pool, user, password.get(), input, call);
        }
        return AdminCreateUserResponse.builder().user(UserViews.userType(user)).build();
    }

    /** None where the pool signs users in by code and the user has somewhere to send it: such a user is confirmed. */
    private Optional<String> temporaryPassword(UserPool pool, User.Draft draft, AdminCreateUserRequest input) {
        if (input.temporaryPassword() != null && !input.temporaryPassword().isEmpty()) {
            return Optional.of(input.temporaryPassword());
        }
        SignInPolicyType policy = pool.settings().policies().signInPolicy();
        List<String> factors = policy == null ? List.of() : policy.allowedFirstAuthFactors();
        boolean byCode = factors.contains("EMAIL_OTP") && draft.attributes.containsKey("email")
                || factors.contains("SMS_OTP") && draft.attributes.containsKey("phone_number");
        if (byCode) {
            draft.status = UserStatusType.CONFIRMED;
            return Optional.empty();
        }
        return Optional.of(
                PasswordPolicy.generate(pool.passwordPolicy(), realm.env().ids()));
    }

    private static void checkPolicy(UserPool pool, String password, String prefix) {
        String violation =
                PasswordPolicy.violation(pool.passwordPolicy(), password).orElse("");
        if (!violation.isEmpty()) {
            throw InvalidPasswordException.of(prefix + violation);
        }
    }

    private void preSignUp(UserPool pool, User.Draft draft, AdminCreateUserRequest input, CallContext call) {
        if (!realm.triggers().has(pool, Trigger.PRE_SIGN_UP)) {
            return;
        }
        Triggers.Event event = Triggers.Event.named(pool, "PreSignUp_AdminCreateUser", draft.username, NO_CLIENT);
        event.put("userAttributes", draft.attributes);
        event.putUnlessEmpty("validationData", UserViews.map(input.validationData()));
        event.putUnlessEmpty("clientMetadata", input.clientMetadata());
        event.response()
                .put("autoConfirmUser", false)
                .put("autoVerifyEmail", false)
                .put("autoVerifyPhone", false);
        JsonNode answer =
                realm.triggers().call(Trigger.PRE_SIGN_UP, event, call).orElseThrow();
        UserStatusType status = draft.status;
        SelfServiceOperations.applyPreSignUp(draft, answer);
        draft.status = status;
    }

    private AdminCreateUserResponse resend(UserPool pool, AdminCreateUserRequest input, CallContext call) {
        User user = realm.user(pool, input.username());
        if (!user.is(UserStatusType.FORCE_CHANGE_PASSWORD)) {
            throw UnsupportedUserStateException.of(
                    "Resend not possible. " + user.username() + " status is not FORCE_CHANGE_PASSWORD");
        }
        String text = input.temporaryPassword() == null
                ? PasswordPolicy.generate(pool.passwordPolicy(), realm.env().ids())
                : input.temporaryPassword();
        checkPolicy(pool, text, "Password did not conform with password policy: ");
        Password password =
                Password.temporary(pool.srpGroup(), user.username(), text, call.receivedAt(), realm.random());
        User changed = pool.users()
                .update(user.username(), call.receivedAt(), draft -> draft.password = Optional.of(password))
                .orElseThrow(CognitoErrors::userNotFound);
        invite(pool, changed, text, input, call);
        return AdminCreateUserResponse.builder()
                .user(UserViews.userType(changed))
                .build();
    }

    private void invite(UserPool pool, User user, String password, AdminCreateUserRequest input, CallContext call) {
        messages.invite(
                new Messages.Invitation(
                        pool, NO_CLIENT, user, password, input.desiredDeliveryMediums(), input.clientMetadata()),
                call);
    }

    AdminGetUserResponse adminGetUser(AdminGetUserRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        User user = realm.user(pool, input.username());
        List<String> factors = user.mfa().enabled();
        return AdminGetUserResponse.builder()
                .username(user.username())
                .userAttributes(UserViews.attributes(user, name -> true))
                .userCreateDate(user.createdAt())
                .userLastModifiedDate(user.modifiedAt())
                .enabled(user.enabled())
                .userStatus(user.status())
                .mfaOptions(UserViews.mfaOptions(user))
                .preferredMfaSetting(user.mfa().preference().orElse(null))
                .userMFASettingList(factors.isEmpty() ? null : factors)
                .build();
    }

    AdminDeleteUserResponse adminDeleteUser(AdminDeleteUserRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        remove(pool, realm.user(pool, input.username()));
        return AdminDeleteUserResponse.builder().build();
    }

    static void remove(UserPool pool, User user) {
        pool.users().remove(user.username());
        pool.tokens().revokeAll(user.sub());
        for (String name : user.groups()) {
            Group group = pool.groups().get(name);
            if (group != null) {
                group.members().remove(pool.users().normalize(user.username()));
            }
        }
    }

    AdminDisableUserResponse adminDisableUser(AdminDisableUserRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        User user = realm.user(pool, input.username());
        pool.users().update(user.username(), call.receivedAt(), draft -> draft.enabled = false);
        pool.tokens().revokeAll(user.sub());
        return AdminDisableUserResponse.builder().build();
    }

    AdminEnableUserResponse adminEnableUser(AdminEnableUserRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        User user = realm.user(pool, input.username());
        pool.users().update(user.username(), call.receivedAt(), draft -> draft.enabled = true);
        return AdminEnableUserResponse.builder().build();
    }

    AdminConfirmSignUpResponse adminConfirmSignUp(AdminConfirmSignUpRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        User user = realm.user(pool, input.username());
        if (!user.is(UserStatusType.UNCONFIRMED)) {
            throw CognitoErrors.notAuthorized("User cannot be confirmed. Current status is "
                    + user.status().wire());
        }
        User confirmed = pool.users()
                .update(user.username(), call.receivedAt(), draft -> {
                    draft.status = UserStatusType.CONFIRMED;
                    draft.codes.remove("signup");
                })
                .orElseThrow(CognitoErrors::userNotFound);
        selfService.postConfirmation(pool, NO_CLIENT, confirmed, "ConfirmSignUp", input.clientMetadata(), call);
        return AdminConfirmSignUpResponse.builder().build();
    }

    /** A password makes of a federated user one who can sign in natively as well. */
    AdminSetUserPasswordResponse adminSetUserPassword(AdminSetUserPasswordRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        User user = realm.user(pool, input.username());
        checkPolicy(pool, input.password(), "Password does not conform to policy: ");
        PasswordPolicy.checkHistory(pool.passwordPolicy(), user, input.password());
        boolean permanent = Boolean.TRUE.equals(input.permanent());
        Password password = permanent
                ? Password.permanent(
                        pool.srpGroup(), user.username(), input.password(), call.receivedAt(), realm.random())
                : Password.temporary(
                        pool.srpGroup(), user.username(), input.password(), call.receivedAt(), realm.random());
        pool.users().update(user.username(), call.receivedAt(), draft -> {
            draft.replacePassword(password);
            draft.status = permanent ? UserStatusType.CONFIRMED : UserStatusType.FORCE_CHANGE_PASSWORD;
        });
        return AdminSetUserPasswordResponse.builder().build();
    }

    AdminResetUserPasswordResponse adminResetUserPassword(AdminResetUserPasswordRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        User user = realm.user(pool, input.username());
        if (!user.enabled()) {
            throw CognitoErrors.userDisabled();
        }
        if (!user.is(UserStatusType.CONFIRMED) && !user.is(UserStatusType.RESET_REQUIRED)) {
            throw CognitoErrors.notAuthorized("User password cannot be reset in the current state.");
        }
        recovery.sendCode(pool, NO_CLIENT, user, input.clientMetadata(), call);
        pool.users().update(user.username(), call.receivedAt(), draft -> draft.status = UserStatusType.RESET_REQUIRED);
        return AdminResetUserPasswordResponse.builder().build();
    }

    AdminUpdateUserAttributesResponse adminUpdateUserAttributes(
            AdminUpdateUserAttributesRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        changes.update(
                pool,
                realm.user(pool, input.username()),
                UserViews.map(input.userAttributes()),
                NO_CLIENT,
                input.clientMetadata(),
                call);
        return AdminUpdateUserAttributesResponse.builder().build();
    }

    AdminDeleteUserAttributesResponse adminDeleteUserAttributes(
            AdminDeleteUserAttributesRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        changes.delete(pool, realm.user(pool, input.username()), input.userAttributeNames(), call);
        return AdminDeleteUserAttributesResponse.builder().build();
    }

    ListUsersResponse listUsers(ListUsersRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        Optional<UserFilter> filter = UserFilter.parse(input.filter() == null ? "" : input.filter());
        Predicate<String> shown = input.hasAttributesToGet() ? input.attributesToGet()::contains : name -> true;
        Pages<User> page = filter.isPresent()
                ? search(pool.users(), filter.get(), input.paginationToken(), Pages.max(input.limit(), 60))
                : named(
                        pool.users(),
                        pool.users().names(),
                        input.paginationToken(),
                        Pages.max(input.limit(), 60),
                        user -> true);
        checkPresent(pool, page.items(), input.attributesToGet());
        return ListUsersResponse.builder()
                .users(page.items().stream()
                        .map(user -> UserViews.userType(user, shown))
                        .toList())
                .paginationToken(page.nextToken().orElse(null))
                .build();
    }

    /** Attributes can be asked for only where every user that is listed has them. */
    private static void checkPresent(UserPool pool, List<User> users, List<String> wanted) {
        boolean present = wanted.stream()
                .allMatch(name -> pool.schema().has(name)
                        && users.stream().allMatch(user -> user.attribute(name).isPresent()));
        if (!present) {
            throw CognitoErrors.invalidParameter("One or more requested attributes do not exist.");
        }
    }

    /** The users that pass, in the order of the index that finds them. */
    private static Pages<User> search(Users users, UserFilter filter, @Nullable String token, int max) {
        if (filter.attribute().equals("username")) {
            String end = filter.prefix() ? filter.value() + Character.MAX_VALUE : filter.value();
            return named(users, users.names().subSet(filter.value(), true, end, true), token, max, filter::accepts);
        }
        if (!filter.prefix() && Users.isHashed(filter.attribute())) {
            return named(users, users.namesWith(filter.attribute(), filter.value()), token, max, filter::accepts);
        }
        if (!filter.prefix() && filter.attribute().equals("sub")) {
            NavigableSet<String> names = new TreeSet<>();
            users.withSub(filter.value()).ifPresent(user -> names.add(users.normalize(user.username())));
            return named(users, names, token, max, filter::accepts);
        }
        AttributeIndex index = users.index(filter.attribute());
        String value = users.indexed(filter.attribute(), filter.value());
        NavigableSet<AttributeIndex.Entry> found = filter.prefix() ? index.startingWith(value) : index.equalTo(value);
        return Pages.of(
                token == null ? found : Pages.after(found, place(token)),
                entry -> users.named(entry.name()).filter(filter::accepts),
                AttributeIndex.Entry::text,
                max);
    }

    private static Pages<User> named(
            Users users, NavigableSet<String> names, @Nullable String token, int max, Predicate<User> passes) {
        return Pages.of(
                token == null ? names : Pages.after(names, Pages.decode(token)),
                name -> users.named(name).filter(passes),
                name -> name,
                max);
    }

    private static AttributeIndex.Entry place(String token) {
        return AttributeIndex.Entry.ofText(Pages.decode(token))
                .orElseThrow(() -> CognitoErrors.invalidParameter("Invalid pagination token."));
    }
}
