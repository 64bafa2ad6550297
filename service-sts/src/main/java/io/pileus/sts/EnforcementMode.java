package io.pileus.sts;

import io.pileus.core.service.Settings;

/** What the policies of callers are for. */
public enum EnforcementMode {
    /** They are kept and returned; only roles' trust policies have an effect. */
    OFF,
    /** What they would deny is logged, and done. */
    SOFT,
    /** What they do not allow is denied. */
    ON;

    /** {@code ENFORCE_IAM=1} enforces; {@code IAM_SOFT_MODE=1} only logs, whatever the other says. */
    public static EnforcementMode of(Settings settings) {
        if (settings.flag("IAM_SOFT_MODE", false)) {
            return SOFT;
        }
        return settings.flag("ENFORCE_IAM", false) ? ON : OFF;
    }
}
