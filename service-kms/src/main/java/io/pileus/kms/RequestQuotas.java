package io.pileus.kms;

import static java.util.Map.entry;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.Settings;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * How many requests an account may make in a Region, by the emulator's clock. Off unless {@code PILEUS_KMS_QUOTAS} switches them
 * on, with AWS's default numbers, or one of {@code KMS_CRYPTOGRAPHIC_REQUESTS_PER_SECOND} (for all symmetric and asymmetric
 * cryptographic operations together) and {@code KMS_MANAGEMENT_REQUESTS_PER_SECOND} (for all others together) names a number.
 * {@code PILEUS_KMS_QUOTAS} is read at each request, so it can be switched while the server runs.
 *
 * <p>AWS counts RSA and elliptic keys apart; here the operations that only such keys serve share one quota.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html">Request quotas</a>
 */
final class RequestQuotas {
    private static final String CRYPTOGRAPHIC = "cryptographic";
    private static final String SYMMETRIC = "symmetric";
    private static final String ASYMMETRIC = "asymmetric";
    private static final String MANAGEMENT = "management";

    private static final Set<String> SYMMETRIC_OPERATIONS = Set.of(
            "Decrypt",
            "Encrypt",
            "GenerateDataKey",
            "GenerateDataKeyWithoutPlaintext",
            "GenerateMac",
            "GenerateRandom",
            "ReEncrypt",
            "VerifyMac");
    private static final Set<String> ASYMMETRIC_OPERATIONS = Set.of(
            "Sign", "Verify", "DeriveSharedSecret", "GenerateDataKeyPair", "GenerateDataKeyPairWithoutPlaintext");

    private static final Set<Region> LARGE = regions("us-east-1", "us-west-2", "eu-west-1");
    private static final Set<Region> MEDIUM =
            regions("us-east-2", "ap-southeast-1", "ap-southeast-2", "ap-northeast-1", "eu-central-1", "eu-west-2");

    /** So many requests in so many seconds; AWS gives some operations less than one a second. */
    private record Rate(int requests, int seconds) {
        static Rate perSecond(int requests) {
            return new Rate(requests, 1);
        }
    }

    /** AWS's numbers where they are not 5 a second, the usual one of operations that change a key. */
    private static final Map<String, Rate> RATES = Map.ofEntries(
            entry(ASYMMETRIC, Rate.perSecond(1_000)),
            entry("CreateGrant", Rate.perSecond(50)),
            entry("DeleteAlias", Rate.perSecond(15)),
            entry("DeleteImportedKeyMaterial", Rate.perSecond(15)),
            entry("DescribeKey", Rate.perSecond(2_000)),
            entry("EnableKeyRotation", Rate.perSecond(15)),
            entry("GetKeyPolicy", Rate.perSecond(1_000)),
            entry("GetKeyRotationStatus", Rate.perSecond(1_000)),
            entry("GetParametersForImport", new Rate(1, 4)),
            entry("GetPublicKey", Rate.perSecond(2_000)),
            entry("ImportKeyMaterial", Rate.perSecond(15)),
            entry("ListAliases", Rate.perSecond(500)),
            entry("ListGrants", Rate.perSecond(100)),
            entry("ListKeyPolicies", Rate.perSecond(100)),
            entry("ListKeyRotations", Rate.perSecond(100)),
            entry("ListKeys", Rate.perSecond(500)),
            entry("ListResourceTags", Rate.perSecond(2_000)),
            entry("ListRetirableGrants", Rate.perSecond(100)),
            entry("PutKeyPolicy", Rate.perSecond(15)),
            entry("RetireGrant", Rate.perSecond(30)),
            entry("RevokeGrant", Rate.perSecond(30)),
            entry("ScheduleKeyDeletion", Rate.perSecond(15)),
            entry("TagResource", Rate.perSecond(10)));

    private record Counter(AccountId account, Region region, String quota) {}

    private record Window(long number, int count) {}

    private final Settings settings;
    private final int cryptographic;
    private final int management;
    private final Map<Counter, Window> windows = new ConcurrentHashMap<>();

    RequestQuotas(Settings settings) {
        this.settings = settings;
        this.cryptographic = settings.number("KMS_CRYPTOGRAPHIC_REQUESTS_PER_SECOND", 0);
        this.management = settings.number("KMS_MANAGEMENT_REQUESTS_PER_SECOND", 0);
    }

    private static Set<Region> regions(String... names) {
        return Arrays.stream(names).map(Region::new).collect(Collectors.toUnmodifiableSet());
    }

    /** Counts a request; throws AWS's error when there were too many. */
    void admit(String operation, CallContext call) {
        boolean named = cryptographic > 0 || management > 0;
        boolean on = settings.flag("PILEUS_KMS_QUOTAS", named);
        if (!on) {
            return;
        }
        boolean symmetric = SYMMETRIC_OPERATIONS.contains(operation);
        boolean isCryptographic = symmetric || ASYMMETRIC_OPERATIONS.contains(operation);
        int ownNumber = isCryptographic ? cryptographic : management;
        if (ownNumber > 0) {
            count(isCryptographic ? CRYPTOGRAPHIC : MANAGEMENT, Rate.perSecond(ownNumber), call);
        } else if (settings.flag("PILEUS_KMS_QUOTAS", false)) {
            String quota = symmetric ? SYMMETRIC : isCryptographic ? ASYMMETRIC : operation;
            count(
                    quota,
                    symmetric
                            ? Rate.perSecond(symmetricRequests(call.region()))
                            : RATES.getOrDefault(quota, Rate.perSecond(5)),
                    call);
        }
    }

    private static int symmetricRequests(Region region) {
        return LARGE.contains(region) ? 100_000 : MEDIUM.contains(region) ? 20_000 : 10_000;
    }

    private void count(String quota, Rate rate, CallContext call) {
        long now = call.receivedAt().getEpochSecond() / rate.seconds();
        Window window = windows.merge(
                new Counter(call.caller().account(), call.region(), quota),
                new Window(now, 1),
                (before, one) -> before.number() == now ? new Window(now, before.count() + 1) : one);
        if (window.count() > rate.requests()) {
            throw KmsErrors.throttled();
        }
    }
}
