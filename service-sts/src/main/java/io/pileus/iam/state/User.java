package io.pileus.iam.state;

import io.pileus.core.identity.AccountId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An IAM user with its access keys, password and MFA devices. Guarded by its account's lock. */
public final class User extends IamEntity {
    private final List<AccessKey> accessKeys = new ArrayList<>();
    private Optional<LoginProfile> loginProfile = Optional.empty();

    /** That the user has a password; the password itself is only kept as a digest. */
    public record LoginProfile(Instant created, boolean resetRequired, String passwordDigest) {}

    User(AccountId account, String name, String path, String id, Instant created) {
        super(account, name, path, id, created);
    }

    @Override
    public String kind() {
        return "user";
    }

    public List<AccessKey> accessKeys() {
        return accessKeys;
    }

    public Optional<LoginProfile> loginProfile() {
        return loginProfile;
    }

    public void loginProfile(Optional<LoginProfile> profile) {
        this.loginProfile = profile;
    }
}
