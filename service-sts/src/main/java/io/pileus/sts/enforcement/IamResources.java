package io.pileus.sts.enforcement;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.core.service.CallContext;
import io.pileus.iam.IamAccounts;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.IamEntity;
import io.pileus.iam.state.PasswordPolicyState;
import java.util.Optional;
import java.util.Set;

/** Completes the ARNs of IAM's own resources: inputs have names, ARNs have paths; and who names no user means itself. */
final class IamResources {
    /** Operations that are about the calling user where they name none. */
    private static final Set<String> OF_CALLER = Set.of(
            "ChangePassword",
            "CreateAccessKey",
            "CreateLoginProfile",
            "DeactivateMFADevice",
            "DeleteAccessKey",
            "DeleteLoginProfile",
            "DeleteServiceSpecificCredential",
            "DeleteSigningCertificate",
            "GetLoginProfile",
            "GetUser",
            "ListAccessKeys",
            "ListMFADevices",
            "ListSSHPublicKeys",
            "ListServiceSpecificCredentials",
            "ListSigningCertificates",
            "ResetServiceSpecificCredential",
            "UpdateAccessKey",
            "UpdateServiceSpecificCredential",
            "UpdateSigningCertificate",
            "UploadSigningCertificate");

    private final IamAccounts accounts;

    IamResources(IamAccounts accounts) {
        this.accounts = accounts;
    }

    /** @param resource what the input names, as an ARN without a path, or {@code *} */
    String complete(String resource, String operation, InputMembers input, CallContext call) {
        Caller caller = call.caller();
        boolean namesNobody = resource.equals("*") || input.string("UserName").isEmpty();
        if (OF_CALLER.contains(operation) && namesNobody && caller.kind() == Caller.Kind.USER) {
            return caller.principalArn();
        }
        String path = input.string("Path");
        if (path.length() > 1 && !operation.startsWith("List")) {
            int name = resource.lastIndexOf('/');
            return name < 0 ? resource : resource.substring(0, name) + path + resource.substring(name + 1);
        }
        return withPath(resource);
    }

    /** Whether the account's password policy lets its users change their own passwords. */
    boolean lets(Caller caller, String action) {
        return (action.equals("iam:ChangePassword") || action.equals("iam:GetAccountPasswordPolicy"))
                && caller.kind() == Caller.Kind.USER
                && accounts.find(caller.account())
                        .flatMap(account -> account.locked(account::passwordPolicy))
                        .filter(PasswordPolicyState::allowUsersToChange)
                        .isPresent();
    }

    /** The ARN of a user, group or role that exists, as it is; other texts as they are. */
    String withPath(String resource) {
        Optional<Arn> arn = Arn.parse(resource)
                .filter(a -> a.service().equals("iam") && AccountId.isValid(a.account()))
                .filter(a -> a.resource().split("/").length == 2);
        if (arn.isEmpty()) {
            return resource;
        }
        String[] parts = arn.get().resource().split("/");
        return accounts.find(new AccountId(arn.get().account()))
                .flatMap(account -> account.locked(() -> entity(account, parts[0], parts[1])))
                .map(IamEntity::arn)
                .orElse(resource);
    }

    private static Optional<IamEntity> entity(IamAccount account, String kind, String name) {
        return Optional.ofNullable(
                switch (kind) {
                    case "user" -> account.users().get(name);
                    case "group" -> account.groups().get(name);
                    case "role" -> account.roles().get(name);
                    default -> null;
                });
    }
}
