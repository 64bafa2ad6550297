package io.pileus.core.dispatch;

import io.pileus.core.http.HttpRequest;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Region;
import io.pileus.core.port.Ports;
import io.pileus.core.port.RoleSessions;
import io.pileus.core.service.Settings;
import io.pileus.core.service.WireProtocol;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who calls, and on which region's resources. Keys that the emulator issued belong to whom they were issued for; of all
 * others the key itself names the account: twelve digits are that account, {@code LSIA…} and {@code LKIA…} carry an
 * account in the way AWS's own keys do, everything else is account 000000000000.
 */
final class Identities {
    private static final Logger log = LoggerFactory.getLogger(Identities.class);

    /** Keys are few; whoever sends more than this many different ones just pays for a look at each. */
    private static final int REMEMBERED_MAX = 1_000;

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final Ports ports;
    private final boolean decodesAwsKeys;
    private final Region defaultRegion;
    private final Caller unsigned = Caller.root(AccountId.DEFAULT, "");
    private final Map<String, Caller> rootsByKey = new ConcurrentHashMap<>();
    private final Map<String, Region> regions = new ConcurrentHashMap<>();
    private final AtomicBoolean warnedOfAwsKeys = new AtomicBoolean();

    Identities(Ports ports, Settings settings, Region defaultRegion) {
        this.ports = ports;
        this.decodesAwsKeys = settings.flag("PARITY_AWS_ACCESS_KEY_ID", false);
        this.defaultRegion = defaultRegion;
    }

    Caller callerOf(HttpRequest request, @Nullable Credential credential, WireProtocol protocol) {
        if (credential == null) {
            return unsigned;
        }
        return callerOf(credential, token(request, credential), protocol);
    }

    Caller callerOf(Credential credential, Optional<String> token, WireProtocol protocol) {
        Optional<RoleSessions> sessions = ports.find(RoleSessions.class);
        if (sessions.isPresent()) {
            RoleSessions.Lookup lookup = sessions.get().lookup(credential.accessKeyId(), token);
            switch (lookup) {
                case RoleSessions.Known known -> {
                    return known.caller();
                }
                case RoleSessions.Invalid invalid ->
                    throw FrameErrors.refusedCredentials(protocol, invalid.code(), invalid.message());
                case RoleSessions.Unknown unknown -> {}
            }
        }
        return rootOf(credential.accessKeyId());
    }

    private static Optional<String> token(HttpRequest request, Credential credential) {
        return Optional.ofNullable(
                credential.presigned()
                        ? QueryString.value(
                                request.query(),
                                credential.isVersion2() ? "x-amz-security-token" : "X-Amz-Security-Token")
                        : request.header("x-amz-security-token"));
    }

    private Caller rootOf(String accessKeyId) {
        Caller known = rootsByKey.get(accessKeyId);
        if (known != null) {
            return known;
        }
        Caller caller = Caller.root(accountOf(accessKeyId), accessKeyId);
        if (rootsByKey.size() < REMEMBERED_MAX) {
            rootsByKey.put(accessKeyId, caller);
        }
        return caller;
    }

    private AccountId accountOf(String accessKeyId) {
        if (accessKeyId.length() >= 12 && AccountId.isValid(accessKeyId.substring(0, 12))) {
            return new AccountId(accessKeyId.substring(0, 12));
        }
        if (accessKeyId.length() < 20) {
            return AccountId.DEFAULT;
        }
        return switch (accessKeyId.substring(0, 4)) {
            case "LSIA", "LKIA" -> accountIn(accessKeyId);
            case "AKIA", "ASIA" -> {
                if (decodesAwsKeys) {
                    yield accountIn(accessKeyId);
                }
                if (warnedOfAwsKeys.compareAndSet(false, true)) {
                    log.warn(
                            "A request was signed with what looks like a real AWS access key. Its account is taken to be"
                                    + " {}; set PARITY_AWS_ACCESS_KEY_ID=1 to use the account in the key.",
                            AccountId.DEFAULT);
                }
                yield AccountId.DEFAULT;
            }
            default -> AccountId.DEFAULT;
        };
    }

    /**
     * The account that AWS writes into a key: of the base32 digits after the prefix, 40 bits beginning with the second.
     */
    private static AccountId accountIn(String accessKeyId) {
        long bits = 0;
        for (int i = 4; i < 13; i++) {
            int digit = BASE32.indexOf(accessKeyId.charAt(i));
            if (digit < 0) {
                return AccountId.DEFAULT;
            }
            bits = bits << 5 | digit;
        }
        long account = bits >>> 4 & 0xff_ffff_ffffL;
        String text = Long.toString(account);
        return text.length() > 12 ? AccountId.DEFAULT : new AccountId("0".repeat(12 - text.length()) + text);
    }

    /** The region of the credential scope; else what path or host say; else the default one. */
    Region regionOf(@Nullable Credential credential, @Nullable Region hint) {
        if (credential == null || credential.region().isEmpty()) {
            return hint != null ? hint : defaultRegion;
        }
        Region known = regions.get(credential.region());
        if (known != null) {
            return known;
        }
        try {
            Region region = new Region(credential.region());
            if (regions.size() < REMEMBERED_MAX) {
                regions.put(region.id(), region);
            }
            return region;
        } catch (IllegalArgumentException e) {
            return defaultRegion;
        }
    }
}
