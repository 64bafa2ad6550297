package io.pileus.sts;

import io.pileus.core.identity.Caller;
import io.pileus.core.service.CallContext;
import io.pileus.iam.IamAccounts;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.MfaDevice;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The proof of an MFA device that comes with a call for credentials. */
final class MfaCheck {
    private final IamAccounts accounts;

    MfaCheck(IamAccounts accounts) {
        this.accounts = accounts;
    }

    /** When the caller proved its device: now; empty when the call names none. */
    Optional<Instant> check(@Nullable String serialNumber, @Nullable String tokenCode, CallContext call) {
        if (serialNumber == null && tokenCode == null) {
            return Optional.empty();
        }
        if (serialNumber == null || tokenCode == null) {
            throw StsErrors.accessDenied(
                    "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code. ");
        }
        IamAccount account = accounts.of(call.caller().account());
        MfaDevice device = account.locked(() -> account.mfaDevices().get(serialNumber));
        if (device == null || !belongs(account, device, call.caller())) {
            throw StsErrors.mfaUnknown();
        }
        if (!account.locked(() -> device.totp().accept(tokenCode, call.receivedAt()))) {
            throw StsErrors.mfaFailed();
        }
        return Optional.of(call.receivedAt());
    }

    /** A user has its own devices. Who calls with a key that is nobody's stands for the whole account. */
    private static boolean belongs(IamAccount account, MfaDevice device, Caller caller) {
        return account.locked(device::enabled)
                .map(e -> caller.kind() != Caller.Kind.USER
                        || caller.principalArn().endsWith("/" + e.userName()))
                .orElse(false);
    }
}
