package io.pileus.iam;

import io.pileus.core.identity.Ids;
import io.pileus.core.service.CallContext;
import io.pileus.iam.model.*;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.SshPublicKey;
import io.pileus.iam.state.User;
import java.util.List;

/** SSH public keys of users. */
final class SshKeyOperations {
    private final IamAccounts accounts;
    private final Ids ids;

    SshKeyOperations(IamAccounts accounts, Ids ids) {
        this.accounts = accounts;
        this.ids = ids;
    }

    UploadSSHPublicKeyResponse uploadSSHPublicKey(UploadSSHPublicKeyRequest input, CallContext call) {
        SshKeys keys = SshKeys.parse(input.sshPublicKeyBody());
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = Entities.user(account, input.userName());
            if (user.sshPublicKeys().values().stream().anyMatch(k -> k.sshBody().equals(keys.ssh()))) {
                throw DuplicateSSHPublicKeyException.of(
                        "The SSH public key is already associated with user " + user.name() + ".");
            }
            if (user.sshPublicKeys().size() >= IamLimits.SSH_PUBLIC_KEYS_PER_USER) {
                throw IamErrors.quota("SSHPublicKeysPerUser", IamLimits.SSH_PUBLIC_KEYS_PER_USER);
            }
            SshPublicKey key = new SshPublicKey(
                    AccessKeyIds.of("APKA", account.id(), ids),
                    keys.ssh(),
                    keys.pem(),
                    keys.fingerprint(),
                    "Active",
                    Times.of(call));
            user.sshPublicKeys().put(key.id(), key);
            return UploadSSHPublicKeyResponse.builder()
                    .sshPublicKey(answer(user, key, input.sshPublicKeyBody()))
                    .build();
        });
    }

    GetSSHPublicKeyResponse getSSHPublicKey(GetSSHPublicKeyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = Entities.user(account, input.userName());
            SshPublicKey key = key(user, input.sshPublicKeyId());
            return GetSSHPublicKeyResponse.builder()
                    .sshPublicKey(answer(user, key, input.encoding().equals("PEM") ? key.pemBody() : key.sshBody()))
                    .build();
        });
    }

    private static SSHPublicKey answer(User user, SshPublicKey key, String body) {
        return SSHPublicKey.builder()
                .userName(user.name())
                .sshPublicKeyId(key.id())
                .fingerprint(key.fingerprint())
                .sshPublicKeyBody(body)
                .status(key.status())
                .uploadDate(key.uploaded())
                .build();
    }

    ListSSHPublicKeysResponse listSSHPublicKeys(ListSSHPublicKeysRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = Entities.userOrCaller(account, input.userName(), call);
            Page<SshPublicKey> page = Page.of(
                    List.copyOf(user.sshPublicKeys().values()), SshPublicKey::id, input.marker(), input.maxItems());
            return ListSSHPublicKeysResponse.builder()
                    .sshPublicKeys(page.items().stream()
                            .map(k -> SSHPublicKeyMetadata.builder()
                                    .userName(user.name())
                                    .sshPublicKeyId(k.id())
                                    .status(k.status())
                                    .uploadDate(k.uploaded())
                                    .build())
                            .toList())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    UpdateSSHPublicKeyResponse updateSSHPublicKey(UpdateSSHPublicKeyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = Entities.user(account, input.userName());
            SshPublicKey key = key(user, input.sshPublicKeyId());
            user.sshPublicKeys().put(key.id(), key.withStatus(Entities.settableStatus(input.status())));
            return new UpdateSSHPublicKeyResponse();
        });
    }

    DeleteSSHPublicKeyResponse deleteSSHPublicKey(DeleteSSHPublicKeyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = Entities.user(account, input.userName());
            user.sshPublicKeys().remove(key(user, input.sshPublicKeyId()).id());
            return new DeleteSSHPublicKeyResponse();
        });
    }

    private static SshPublicKey key(User user, String id) {
        SshPublicKey key = user.sshPublicKeys().get(id);
        if (key == null) {
            throw IamErrors.noSuchEntity("The Public Key with id " + id + " cannot be found.");
        }
        return key;
    }
}
