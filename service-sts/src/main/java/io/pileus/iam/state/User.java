package io.pileus.iam.state;

import io.pileus.core.identity.AccountId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** An IAM user with its access keys, password and MFA devices. Guarded by its account's lock. */
public final class User extends IamEntity {
    private final List<AccessKey> accessKeys = new ArrayList<>();
    private final NavigableMap<String, SshPublicKey> sshPublicKeys = new TreeMap<>();
    private final NavigableMap<String, SigningCertificate> signingCertificates = new TreeMap<>();
    private final NavigableMap<String, ServiceCredential> serviceCredentials = new TreeMap<>();
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

    /** By id. */
    public NavigableMap<String, SshPublicKey> sshPublicKeys() {
        return sshPublicKeys;
    }

    /** By id. */
    public NavigableMap<String, SigningCertificate> signingCertificates() {
        return signingCertificates;
    }

    /** By id. */
    public NavigableMap<String, ServiceCredential> serviceCredentials() {
        return serviceCredentials;
    }

    public Optional<LoginProfile> loginProfile() {
        return loginProfile;
    }

    public void loginProfile(Optional<LoginProfile> profile) {
        this.loginProfile = profile;
    }
}
