package io.pileus.iam;

import io.pileus.core.identity.Caller;
import io.pileus.core.service.CallContext;
import io.pileus.iam.model.*;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.PasswordPolicyState;
import io.pileus.iam.state.User;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Users: themselves, their tags, boundary and password. */
final class UserOperations {
    private final IamAccounts accounts;

    UserOperations(IamAccounts accounts) {
        this.accounts = accounts;
    }

    CreateUserResponse createUser(CreateUserRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            if (account.users().containsKey(input.userName())) {
                throw IamErrors.alreadyExists("user", input.userName());
            }
            Boundaries.check(accounts, account, input.permissionsBoundary(), call);
            Tags.check(java.util.Map.of(), input.tags());
            if (account.users().size() >= IamLimits.USERS) {
                throw IamErrors.quota("UsersPerAccount", IamLimits.USERS);
            }
            User user = account.createUser(input.userName(), Entities.path(input.path()), Times.of(call));
            Tags.put(user.tags(), input.tags());
            if (input.permissionsBoundary() != null) {
                user.boundary(input.permissionsBoundary());
            }
            return CreateUserResponse.builder().user(Answers.user(user)).build();
        });
    }

    GetUserResponse getUser(GetUserRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            if (input.userName() == null && call.caller().kind() == Caller.Kind.ROOT) {
                return GetUserResponse.builder().user(root(call)).build();
            }
            User user = Entities.userOrCaller(account, input.userName(), call);
            return GetUserResponse.builder().user(Answers.user(user)).build();
        });
    }

    /** The account's root user, which has neither name nor path. */
    private static io.pileus.iam.model.User root(CallContext call) {
        return io.pileus.iam.model.User.builder()
                .userId(call.account().id())
                .arn("arn:aws:iam::" + call.account() + ":root")
                .createDate(Times.of(call))
                .build();
    }

    ListUsersResponse listUsers(ListUsersRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            List<User> users = account.users().values().stream()
                    .filter(u -> Entities.under(u.path(), input.pathPrefix()))
                    .toList();
            Page<User> page = Page.of(users, User::name, input.marker(), input.maxItems());
            return ListUsersResponse.builder()
                    .users(page.items().stream().map(Answers::listed).toList())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    UpdateUserResponse updateUser(UpdateUserRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = Entities.user(account, input.userName());
            String newName = input.newUserName() == null ? user.name() : input.newUserName();
            User other = account.users().get(newName);
            if (other != null && other != user) {
                throw IamErrors.alreadyExists("user", newName);
            }
            account.renameUser(user, newName, input.newPath() == null ? user.path() : input.newPath());
            return new UpdateUserResponse();
        });
    }

    DeleteUserResponse deleteUser(DeleteUserRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = Entities.user(account, input.userName());
            if (!user.attachedPolicies().isEmpty()) {
                throw IamErrors.deleteConflict("Cannot delete entity, must detach all policies first.");
            }
            if (!user.inlinePolicies().isEmpty()) {
                throw IamErrors.deleteConflict("Cannot delete entity, must delete policies first.");
            }
            if (!account.groupsOf(user).isEmpty()) {
                throw IamErrors.deleteConflict("Cannot delete entity, must remove users from group first.");
            }
            if (!user.accessKeys().isEmpty()) {
                throw IamErrors.deleteConflict("Cannot delete entity, must delete access keys first.");
            }
            if (user.loginProfile().isPresent()) {
                throw IamErrors.deleteConflict("Cannot delete entity, must delete login profile first.");
            }
            if (!account.mfaDevicesOf(user).isEmpty()) {
                throw IamErrors.deleteConflict("Cannot delete entity, must delete MFA device first.");
            }
            if (!user.signingCertificates().isEmpty()) {
                throw IamErrors.deleteConflict("Cannot delete entity, must delete signing certificates first.");
            }
            if (!user.sshPublicKeys().isEmpty() || !user.serviceCredentials().isEmpty()) {
                throw IamErrors.deleteConflict("Cannot delete entity, must remove referenced objects first.");
            }
            account.users().remove(user.name());
            return new DeleteUserResponse();
        });
    }

    TagUserResponse tagUser(TagUserRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Tags.put(Entities.user(account, input.userName()).tags(), input.tags());
            return new TagUserResponse();
        });
    }

    UntagUserResponse untagUser(UntagUserRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Tags.remove(Entities.user(account, input.userName()).tags(), input.tagKeys());
            return new UntagUserResponse();
        });
    }

    ListUserTagsResponse listUserTags(ListUserTagsRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Page<Tag> page =
                    Tags.page(Entities.user(account, input.userName()).tags(), input.marker(), input.maxItems());
            return ListUserTagsResponse.builder()
                    .tags(page.items())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    PutUserPermissionsBoundaryResponse putUserPermissionsBoundary(
            PutUserPermissionsBoundaryRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = Entities.user(account, input.userName());
            Boundaries.check(accounts, account, input.permissionsBoundary(), call);
            user.boundary(input.permissionsBoundary());
            return new PutUserPermissionsBoundaryResponse();
        });
    }

    DeleteUserPermissionsBoundaryResponse deleteUserPermissionsBoundary(
            DeleteUserPermissionsBoundaryRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Entities.user(account, input.userName()).boundary("");
            return new DeleteUserPermissionsBoundaryResponse();
        });
    }

    // ---- passwords ----------------------------------------------------------------------------------------------

    CreateLoginProfileResponse createLoginProfile(CreateLoginProfileRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = Entities.userOrCaller(account, input.userName(), call);
            if (user.loginProfile().isPresent()) {
                throw IamErrors.entityAlreadyExists("Login Profile for user " + user.name() + " already exists.");
            }
            checkPassword(account, input.password());
            boolean reset = Boolean.TRUE.equals(input.passwordResetRequired());
            user.loginProfile(Optional.of(
                    new User.LoginProfile(Times.of(call), Times.of(call), reset, digest(input.password()), List.of())));
            return CreateLoginProfileResponse.builder()
                    .loginProfile(answer(user))
                    .build();
        });
    }

    GetLoginProfileResponse getLoginProfile(GetLoginProfileRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> GetLoginProfileResponse.builder()
                .loginProfile(answer(withPassword(Entities.userOrCaller(account, input.userName(), call))))
                .build());
    }

    UpdateLoginProfileResponse updateLoginProfile(UpdateLoginProfileRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = withPassword(Entities.user(account, input.userName()));
            User.LoginProfile old = user.loginProfile().orElseThrow();
            boolean reset = input.passwordResetRequired() == null ? old.resetRequired() : input.passwordResetRequired();
            if (input.password() != null) {
                checkPassword(account, input.password());
                checkReuse(account, old, input.password());
                user.loginProfile(Optional.of(old.changed(Times.of(call), reset, digest(input.password()))));
            } else {
                user.loginProfile(Optional.of(new User.LoginProfile(
                        old.created(), old.changed(), reset, old.passwordDigest(), old.earlier())));
            }
            return new UpdateLoginProfileResponse();
        });
    }

    DeleteLoginProfileResponse deleteLoginProfile(DeleteLoginProfileRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            withPassword(Entities.userOrCaller(account, input.userName(), call)).loginProfile(Optional.empty());
            return new DeleteLoginProfileResponse();
        });
    }

    ChangePasswordResponse changePassword(ChangePasswordRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = withPassword(Entities.userOrCaller(account, null, call));
            User.LoginProfile old = user.loginProfile().orElseThrow();
            if (!old.passwordDigest().equals(digest(input.oldPassword()))) {
                throw IamErrors.accessDenied("The old password was incorrect.");
            }
            checkPassword(account, input.newPassword());
            checkReuse(account, old, input.newPassword());
            user.loginProfile(Optional.of(old.changed(Times.of(call), false, digest(input.newPassword()))));
            return new ChangePasswordResponse();
        });
    }

    private static User withPassword(User user) {
        if (user.loginProfile().isEmpty()) {
            throw IamErrors.noSuchEntity("Login Profile for User " + user.name() + " cannot be found.");
        }
        return user;
    }

    private static LoginProfile answer(User user) {
        User.LoginProfile profile = user.loginProfile().orElseThrow();
        return LoginProfile.builder()
                .userName(user.name())
                .createDate(profile.created())
                .passwordResetRequired(profile.resetRequired())
                .build();
    }

    /** The account's password policy, or AWS's default: eight characters, three of the four kinds. */
    private static void checkPassword(IamAccount account, @Nullable String password) {
        if (password == null) {
            return;
        }
        boolean upper = password.chars().anyMatch(Character::isUpperCase);
        boolean lower = password.chars().anyMatch(Character::isLowerCase);
        boolean digit = password.chars().anyMatch(Character::isDigit);
        boolean symbol = password.chars().anyMatch(c -> !Character.isLetterOrDigit(c));
        Optional<PasswordPolicyState> policy = account.passwordPolicy();
        if (policy.isEmpty()) {
            long kinds = (upper ? 1 : 0) + (lower ? 1 : 0) + (digit ? 1 : 0) + (symbol ? 1 : 0);
            if (password.length() < 8 || kinds < 3) {
                throw PasswordPolicyViolationException.of("Password should have a minimum length of 8 and at least"
                        + " three of: uppercase letters, lowercase letters, numbers, symbols");
            }
            return;
        }
        PasswordPolicyState rules = policy.get();
        if (password.length() < rules.minimumLength()) {
            throw violation("minimum length of " + rules.minimumLength());
        }
        if (rules.requireUppercase() && !upper) {
            throw violation("at least one uppercase letter");
        }
        if (rules.requireLowercase() && !lower) {
            throw violation("at least one lowercase letter");
        }
        if (rules.requireNumbers() && !digit) {
            throw violation("at least one number");
        }
        if (rules.requireSymbols() && !symbol) {
            throw violation("at least one symbol");
        }
    }

    private static void checkReuse(IamAccount account, User.LoginProfile old, String password) {
        int number = account.passwordPolicy()
                .map(PasswordPolicyState::reusePrevention)
                .orElse(0);
        if (old.reuses(digest(password), number)) {
            throw violation("not been used before");
        }
    }

    private static PasswordPolicyViolationException violation(String rule) {
        return PasswordPolicyViolationException.of(
                "Password does not conform to the account password policy: it should have " + rule);
    }

    private static String digest(@Nullable String password) {
        try {
            byte[] bytes = String.valueOf(password).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
