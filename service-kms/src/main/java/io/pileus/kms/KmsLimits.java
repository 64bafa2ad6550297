package io.pileus.kms;

import java.time.Duration;

/**
 * KMS's quotas and limits.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html">Resource quotas</a>
 */
public final class KmsLimits {
    public static final int KEYS_MAX = 100_000;
    public static final int ALIASES_PER_KEY_MAX = 50;
    public static final int GRANTS_PER_KEY_MAX = 50_000;
    public static final int CUSTOM_KEY_STORES_MAX = 10;
    public static final int TAGS_MAX = 50;
    public static final int POLICY_BYTES_MAX = 32 * 1024;

    public static final int DELETION_WAITING_DAYS_MIN = 7;
    public static final int DELETION_WAITING_DAYS_MAX = 30;

    public static final int ROTATION_PERIOD_DAYS_DEFAULT = 365;
    public static final int ON_DEMAND_ROTATIONS_MAX = 25;
    public static final Duration NO_ON_DEMAND_ROTATION_BEFORE_AUTOMATIC = Duration.ofMinutes(20);

    public static final Duration IMPORT_PARAMETERS_VALIDITY = Duration.ofHours(24);
    public static final Duration IMPORTED_MATERIAL_VALIDITY_MAX = Duration.ofDays(365);

    /** Import tokens that have not been used and have not expired; the oldest goes when there are more. */
    public static final int IMPORT_TOKENS_MAX = 1_000;

    public static final int GRANT_CONSTRAINT_PAIRS_MAX = 8;
    public static final int GRANT_CONSTRAINT_VALUE_LENGTH_MAX = 384;

    /** The names and values of an encryption context together, in characters. */
    public static final int ENCRYPTION_CONTEXT_LENGTH_MAX = 8192;

    private KmsLimits() {}
}
