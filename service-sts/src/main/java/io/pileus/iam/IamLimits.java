package io.pileus.iam;

/**
 * IAM's default quotas.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">IAM and STS quotas</a>
 */
final class IamLimits {
    static final int ACCESS_KEYS_PER_USER = 2;
    static final int POLICIES_PER_ENTITY = 10;
    static final int GROUPS_PER_USER = 10;
    static final int VERSIONS_PER_POLICY = 5;
    static final int MFA_DEVICES_PER_USER = 8;
    static final int CLIENT_IDS_PER_PROVIDER = 100;
    static final int THUMBPRINTS_PER_PROVIDER = 5;
    static final int TAGS = 50;

    /** Characters of documents, white space not counted. */
    static final int MANAGED_POLICY_CHARACTERS = 6_144;

    static final int USER_INLINE_CHARACTERS = 2_048;
    static final int GROUP_INLINE_CHARACTERS = 5_120;
    static final int ROLE_INLINE_CHARACTERS = 10_240;

    /** AWS's default is 2,048 and can be raised to 8,192. */
    static final int TRUST_POLICY_CHARACTERS = 8_192;

    static final int USERS = 5_000;
    static final int GROUPS = 300;
    static final int ROLES = 5_000;
    static final int POLICIES = 1_500;
    static final int INSTANCE_PROFILES = 5_000;
    static final int PROVIDERS = 100;
    static final int SERVER_CERTIFICATES = 20;
    static final int SIGNING_CERTIFICATES_PER_USER = 2;
    static final int SSH_PUBLIC_KEYS_PER_USER = 5;

    /** Per user and service. */
    static final int SERVICE_CREDENTIALS_PER_USER = 2;

    private IamLimits() {}
}
