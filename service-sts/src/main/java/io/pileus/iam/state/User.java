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

    /**
     * That the user has a password; passwords are only kept as digests.
     *
     * @param earlier digests of the passwords before, the newest first
     */
    public record LoginProfile(
            Instant created, Instant changed, boolean resetRequired, String passwordDigest, List<String> earlier) {
        /** As many earlier passwords as a password policy can look at. */
        private static final int EARLIER_MAX = 24;

        public LoginProfile {
            earlier = List.copyOf(earlier.subList(0, Math.min(EARLIER_MAX, earlier.size())));
        }

        /** The profile with another password. */
        public LoginProfile changed(Instant at, boolean mustReset, String digest) {
            List<String> before = new ArrayList<>(List.of(passwordDigest));
            before.addAll(earlier);
            return new LoginProfile(created, at, mustReset, digest, before);
        }

        /** Whether the password is the present one or one of the latest before it, as many as the number says. */
        public boolean reuses(String digest, int number) {
            return number > 0
                    && (passwordDigest.equals(digest)
                            || earlier.stream().limit(number - 1).anyMatch(digest::equals));
        }
    }

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
