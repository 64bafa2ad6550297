package io.pileus.s3;

import io.pileus.core.service.CallContext;
import io.pileus.s3.model.AccessControlPolicy;
import io.pileus.s3.model.Grant;
import io.pileus.s3.model.Grantee;
import io.pileus.s3.model.ObjectCannedACL;
import io.pileus.s3.model.Owner;
import io.pileus.s3.model.OwnershipControls;
import io.pileus.s3.model.PublicAccessBlockConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Access control lists. A bucket has none today unless its object ownership lets it: then they are kept and shown, and
 * grant nothing here.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html">ACL overview</a>
 */
final class AccessControl {
    static final String ENFORCED = "BucketOwnerEnforced";
    private static final String ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers";
    private static final String AUTHENTICATED_USERS = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
    private static final String LOG_DELIVERY = "http://acs.amazonaws.com/groups/s3/LogDelivery";

    private static final Set<String> GROUPS = Set.of(ALL_USERS, AUTHENTICATED_USERS, LOG_DELIVERY);
    private static final Pattern CANONICAL_ID = Pattern.compile("[0-9a-f]{64}");

    private AccessControl() {}

    /** What a request says of access: a canned ACL, or grants by permission. */
    record Asked(@Nullable String canned, Map<String, String> grants) {
        static Asked of(
                @Nullable String canned,
                @Nullable String fullControl,
                @Nullable String read,
                @Nullable String readAcp,
                @Nullable String write,
                @Nullable String writeAcp) {
            Map<String, String> grants = new TreeMap<>();
            put(grants, "FULL_CONTROL", fullControl);
            put(grants, "READ", read);
            put(grants, "READ_ACP", readAcp);
            put(grants, "WRITE", write);
            put(grants, "WRITE_ACP", writeAcp);
            return new Asked(canned, grants);
        }

        private static void put(Map<String, String> grants, String permission, @Nullable String grantees) {
            if (grantees != null) {
                grants.put(permission, grantees);
            }
        }

        boolean isThere() {
            return canned != null || !grants.isEmpty();
        }
    }

    static boolean enforcesOwner(BucketState bucket) {
        return bucket.configuration(OwnershipControls.class)
                .flatMap(o -> o.rules().stream().findFirst())
                .map(r -> ENFORCED.equals(r.objectOwnership()))
                .orElse(false);
    }

    /** The list of an object that is written now; null for the default one. */
    static @Nullable AccessControlPolicy ofObject(BucketState bucket, Asked asked, CallContext call) {
        if (!asked.isThere()) {
            return null;
        }
        if (enforcesOwner(bucket)) {
            if (asked.grants().isEmpty() && "bucket-owner-full-control".equals(asked.canned())) {
                return null;
            }
            throw S3Errors.aclsNotSupported();
        }
        return policy(bucket, asked, call);
    }

    /** The list that a canned ACL or grants stand for; public ones are refused where the bucket blocks them. */
    static AccessControlPolicy policy(BucketState bucket, Asked asked, CallContext call) {
        AccessControlPolicy policy = made(bucket, asked, call);
        checkPublic(bucket, policy, call);
        return policy;
    }

    private static void checkPublic(BucketState bucket, AccessControlPolicy policy, CallContext call) {
        boolean blocks = bucket.configuration(PublicAccessBlockConfiguration.class)
                .map(b -> Boolean.TRUE.equals(b.blockPublicAcls()))
                .orElse(false);
        if (blocks && isPublic(policy)) {
            throw S3Errors.accessDenied("User: " + call.caller().principalArn()
                    + " is not authorized to perform this operation on resource: \"" + bucket.arn()
                    + "\" because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access.");
        }
    }

    /** Whether a list grants anything to everyone, or to everyone who has an account. */
    static boolean isPublic(AccessControlPolicy policy) {
        return policy.grants().stream()
                .map(Grant::grantee)
                .anyMatch(g -> g != null && (ALL_USERS.equals(g.uri()) || AUTHENTICATED_USERS.equals(g.uri())));
    }

    /** The list that is asked for, public or not. */
    static AccessControlPolicy made(BucketState bucket, Asked asked, CallContext call) {
        if (asked.canned() != null && !asked.grants().isEmpty()) {
            throw S3Errors.invalidRequest("Specifying both Canned ACLs and Header Grants is not allowed");
        }
        call.notEmulated("what an access control list grants");
        if (asked.canned() != null) {
            return canned(bucket, asked.canned());
        }
        List<Grant> grants = new ArrayList<>();
        asked.grants().forEach((permission, grantees) -> {
            for (String grantee : grantees.split(",")) {
                grants.add(grant(grantee(grantee.trim()), permission));
            }
        });
        return AccessControlPolicy.builder()
                .owner(Buckets.owner(bucket))
                .grants(grants)
                .build();
    }

    private static AccessControlPolicy canned(BucketState bucket, String canned) {
        List<Grant> grants = new ArrayList<>();
        grants.add(grant(user(Buckets.canonicalId(bucket.owner.id())), "FULL_CONTROL"));
        switch (canned) {
            case "public-read" -> grants.add(grant(group(ALL_USERS), "READ"));
            case "public-read-write" -> {
                grants.add(grant(group(ALL_USERS), "READ"));
                grants.add(grant(group(ALL_USERS), "WRITE"));
            }
            case "authenticated-read" -> grants.add(grant(group(AUTHENTICATED_USERS), "READ"));
            case "log-delivery-write" -> {
                grants.add(grant(group(LOG_DELIVERY), "WRITE"));
                grants.add(grant(group(LOG_DELIVERY), "READ_ACP"));
            }
            default -> {
                if (ObjectCannedACL.of(canned) == null) {
                    throw S3Errors.invalidArgument("", "x-amz-acl", canned);
                }
            }
        }
        return AccessControlPolicy.builder()
                .owner(Buckets.owner(bucket))
                .grants(grants)
                .build();
    }

    /** The list that a bucket or object without one of its own has: full control for the bucket's owner. */
    static AccessControlPolicy byDefault(BucketState bucket) {
        return canned(bucket, "private");
    }

    /** A list as a client sends it in XML. */
    static AccessControlPolicy given(BucketState bucket, AccessControlPolicy policy, CallContext call) {
        Owner owner = policy.owner();
        if (owner == null || owner.id() == null) {
            throw S3Errors.malformedXml();
        }
        for (Grant grant : policy.grants()) {
            if (grant.grantee() == null || grant.permission() == null) {
                throw S3Errors.malformedXml();
            }
        }
        call.notEmulated("what an access control list grants");
        checkPublic(bucket, policy, call);
        return policy;
    }

    private static Grant grant(Grantee grantee, String permission) {
        return Grant.builder().grantee(grantee).permission(permission).build();
    }

    private static Grantee user(String id) {
        return Grantee.builder().type("CanonicalUser").id(id).build();
    }

    private static Grantee group(String uri) {
        return Grantee.builder().type("Group").uri(uri).build();
    }

    /** Such as {@code id="…"}, {@code uri="…"} or {@code emailAddress="…"}. */
    private static Grantee grantee(String text) {
        int equals = text.indexOf('=');
        String value = equals < 0 ? "" : text.substring(equals + 1).replace("\"", "");
        return switch (equals < 0 ? "" : text.substring(0, equals)) {
            case "id" -> {
                if (!CANONICAL_ID.matcher(value).matches()) {
                    throw S3Errors.invalidArgument("Invalid id", "CanonicalUser/ID", value);
                }
                yield user(value);
            }
            case "uri" -> {
                if (!GROUPS.contains(value)) {
                    throw S3Errors.invalidArgument("Invalid group uri", "uri", value);
                }
                yield group(value);
            }
            // No account here has an address.
            case "emailAddress" ->
                throw new S3Error(
                        "UnresolvableGrantByEmailAddress",
                        400,
                        "The e-mail address you provided does not match any account on record.");
            default -> throw S3Errors.invalidArgument("Argument format not recognized", "x-amz-grant", text);
        };
    }
}
