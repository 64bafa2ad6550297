package io.pileus.iam;

import io.pileus.core.identity.Ids;
import io.pileus.core.service.CallContext;
import io.pileus.iam.model.*;
import io.pileus.iam.state.AccessKey;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.User;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Access keys of users. */
final class AccessKeyOperations {
    private final IamAccounts accounts;
    private final Ids ids;

    AccessKeyOperations(IamAccounts accounts, Ids ids) {
        this.accounts = accounts;
        this.ids = ids;
    }

    CreateAccessKeyResponse createAccessKey(CreateAccessKeyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = Entities.userOrCaller(account, input.userName(), call);
            if (user.accessKeys().size() >= IamLimits.ACCESS_KEYS_PER_USER) {
                throw IamErrors.quota("AccessKeysPerUser", IamLimits.ACCESS_KEYS_PER_USER);
            }
            AccessKey key = new AccessKey(
                    AccessKeyIds.longTerm(account.id(), ids), ids.alphanumeric(40), user.name(), Times.of(call));
            account.addAccessKey(user, key);
            return CreateAccessKeyResponse.builder()
                    .accessKey(io.pileus.iam.model.AccessKey.builder()
                            .userName(user.name())
                            .accessKeyId(key.id())
                            .secretAccessKey(key.secret())
                            .status("Active")
                            .createDate(key.created())
                            .build())
                    .build();
        });
    }

    ListAccessKeysResponse listAccessKeys(ListAccessKeysRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = Entities.userOrCaller(account, input.userName(), call);
            List<AccessKey> keys = user.accessKeys().stream()
                    .sorted(Comparator.comparing(AccessKey::id))
                    .toList();
            Page<AccessKey> page = Page.of(keys, AccessKey::id, input.marker(), input.maxItems());
            return ListAccessKeysResponse.builder()
                    .accessKeyMetadata(page.items().stream()
                            .map(k -> AccessKeyMetadata.builder()
                                    .userName(k.userName())
                                    .accessKeyId(k.id())
                                    .status(k.active() ? "Active" : "Inactive")
                                    .createDate(k.created())
                                    .build())
                            .toList())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    UpdateAccessKeyResponse updateAccessKey(UpdateAccessKeyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = Entities.userOrCaller(account, input.userName(), call);
            key(user, input.accessKeyId()).active("Active".equals(input.status()));
            return new UpdateAccessKeyResponse();
        });
    }

    DeleteAccessKeyResponse deleteAccessKey(DeleteAccessKeyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = Entities.userOrCaller(account, input.userName(), call);
            account.removeAccessKey(user, key(user, input.accessKeyId()));
            return new DeleteAccessKeyResponse();
        });
    }

    GetAccessKeyLastUsedResponse getAccessKeyLastUsed(GetAccessKeyLastUsedRequest input, CallContext call) {
        AccessKey key = accounts.of(call)
                .accessKey(input.accessKeyId())
                .orElseThrow(() -> IamErrors.noSuchAccessKey(input.accessKeyId()));
        Optional<AccessKey.LastUsed> used = key.lastUsed();
        return GetAccessKeyLastUsedResponse.builder()
                .userName(key.userName())
                .accessKeyLastUsed(AccessKeyLastUsed.builder()
                        .lastUsedDate(used.map(AccessKey.LastUsed::at).orElse(null))
                        .serviceName(used.map(AccessKey.LastUsed::service).orElse("N/A"))
                        .region(used.map(AccessKey.LastUsed::region).orElse("N/A"))
                        .build())
                .build();
    }

    private static AccessKey key(User user, String accessKeyId) {
        return user.accessKeys().stream()
                .filter(k -> k.id().equals(accessKeyId))
                .findFirst()
                .orElseThrow(() -> IamErrors.noSuchAccessKey(accessKeyId));
    }
}
