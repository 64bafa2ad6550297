package io.pileus.sts.enforcement;

import io.pileus.core.dispatch.Authorizer;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Caller;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceModel;
import io.pileus.core.shape.Shape;
import io.pileus.iam.IamAccounts;
import io.pileus.iam.Times;
import io.pileus.iam.state.AccessKey;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.IamEntity;
import io.pileus.iam.state.Role;
import java.util.Optional;
import java.util.Set;

/**
 * Notes which service a user or role calls, before policies are asked: AWS counts attempts too. GetAccessKeyLastUsed,
 * GetRole, the credential report and the access advisor tell of it.
 */
public final class AccessNotes implements Authorizer {
    /** Services whose calls are noted in the one region of their endpoint. */
    private static final Set<String> GLOBAL = Set.of("iam");

    private final IamAccounts accounts;
    private final Optional<Authorizer> next;

    /** @param next judges the call afterwards; empty where policies are not enforced */
    public AccessNotes(IamAccounts accounts, Optional<Authorizer> next) {
        this.accounts = accounts;
        this.next = next;
    }

    @Override
    public void authorize(ServiceModel service, Operation operation, Shape input, CallContext call) {
        Caller caller = call.caller();
        if (caller.kind() == Caller.Kind.USER || caller.kind() == Caller.Kind.ASSUMED_ROLE) {
            note(service.signingName(), operation.name(), call);
        }
        if (next.isPresent()) {
            next.get().authorize(service, operation, input, call);
        }
    }

    private void note(String service, String operation, CallContext call) {
        Caller caller = call.caller();
        Optional<IamAccount> account = accounts.find(caller.account());
        if (account.isEmpty()) {
            return;
        }
        String region = GLOBAL.contains(service) ? "us-east-1" : call.region().id();
        Optional<IamEntity> entity = account.get().locked(() -> entity(account.get(), caller));
        entity.ifPresent(e -> e.accesses().note(service, operation, Times.of(call), region));
        if (entity.orElse(null) instanceof Role role) {
            account.get().locked(() -> {
                role.used(Times.of(call), region);
                return role;
            });
        }
        Optional<AccessKey> key = account.get().accessKey(caller.accessKeyId());
        key.ifPresent(k -> k.used(Times.of(call), service, region));
    }

    /** Users end their ARN with their name; sessions of roles have the role's id before a colon. */
    private static Optional<IamEntity> entity(IamAccount account, Caller caller) {
        String[] parts =
                Arn.parse(caller.principalArn()).map(Arn::resource).orElse("").split("/");
        if (caller.kind() == Caller.Kind.USER) {
            return Optional.ofNullable(account.users().get(parts[parts.length - 1]));
        }
        return parts.length < 2
                ? Optional.empty()
                : Optional.<IamEntity>ofNullable(account.roles().get(parts[1]))
                        .filter(role -> caller.userId().startsWith(role.id() + ":"));
    }
}
