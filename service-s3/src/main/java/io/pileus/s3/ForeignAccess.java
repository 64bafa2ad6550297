package io.pileus.s3;

import io.pileus.core.dispatch.Authorizer;
import io.pileus.core.identity.Caller;
import io.pileus.core.policy.AccessRequest;
import io.pileus.core.policy.AttachedPolicy;
import io.pileus.core.policy.Decision;
import io.pileus.core.policy.MalformedPolicyException;
import io.pileus.core.policy.PolicyDocument;
import io.pileus.core.policy.PolicyEvaluation;
import io.pileus.core.policy.PolicyKind;
import io.pileus.core.policy.PolicySet;
import io.pileus.core.policy.RequestContext;
import io.pileus.core.policy.Subject;
import io.pileus.core.port.Ports;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.service.Settings;
import io.pileus.core.shape.Member;
import io.pileus.core.shape.QuietShapeWriter;
import io.pileus.core.shape.Schema;
import io.pileus.core.shape.Shape;
import io.pileus.s3.model.ListObjectsV2Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What callers of other accounts may do with a bucket while nobody enforces IAM: what its policy says, and nothing else. Their
 * own policies are taken to allow everything then. Where IAM is enforced that decides, and this does not. Operations on
 * many keys at once are judged key by key, by the operation that does the same with one.
 */
final class ForeignAccess {
    private static final String EVERYTHING =
            "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}";

    /** What only the bucket's own account may do, whatever the policy says. */
    private static final Set<String> OF_THE_OWNER =
            Set.of("PutBucketPolicy", "GetBucketPolicy", "DeleteBucketPolicy", "GetBucketPolicyStatus");

    /**
     * The actions of operations that have another name.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html">Required
     *     permissions for Amazon S3 API operations</a>
     */
    private static final Map<String, String> ACTIONS = Map.ofEntries(
            Map.entry("ListObjects", "ListBucket"),
            Map.entry("ListObjectsV2", "ListBucket"),
            Map.entry("HeadBucket", "ListBucket"),
            Map.entry("ListObjectVersions", "ListBucketVersions"),
            Map.entry("HeadObject", "GetObject"),
            Map.entry("CopyObject", "PutObject"),
            Map.entry("PostObject", "PutObject"),
            Map.entry("CreateMultipartUpload", "PutObject"),
            Map.entry("UploadPart", "PutObject"),
            Map.entry("UploadPartCopy", "PutObject"),
            Map.entry("CompleteMultipartUpload", "PutObject"),
            Map.entry("ListParts", "ListMultipartUploadParts"),
            Map.entry("ListMultipartUploads", "ListBucketMultipartUploads"),
            Map.entry("GetBucketEncryption", "GetEncryptionConfiguration"),
            Map.entry("PutBucketEncryption", "PutEncryptionConfiguration"),
            Map.entry("DeleteBucketEncryption", "PutEncryptionConfiguration"),
            Map.entry("GetBucketLifecycleConfiguration", "GetLifecycleConfiguration"),
            Map.entry("PutBucketLifecycleConfiguration", "PutLifecycleConfiguration"),
            Map.entry("DeleteBucketLifecycle", "PutLifecycleConfiguration"),
            Map.entry("GetBucketNotificationConfiguration", "GetBucketNotification"),
            Map.entry("PutBucketNotificationConfiguration", "PutBucketNotification"),
            Map.entry("GetPublicAccessBlock", "GetBucketPublicAccessBlock"),
            Map.entry("PutPublicAccessBlock", "PutBucketPublicAccessBlock"),
            Map.entry("DeletePublicAccessBlock", "PutBucketPublicAccessBlock"),
            Map.entry("GetBucketReplication", "GetReplicationConfiguration"),
            Map.entry("PutBucketReplication", "PutReplicationConfiguration"),
            Map.entry("DeleteBucketReplication", "PutReplicationConfiguration"),
            Map.entry("GetObjectLockConfiguration", "GetBucketObjectLockConfiguration"),
            Map.entry("PutObjectLockConfiguration", "PutBucketObjectLockConfiguration"),
            Map.entry("GetBucketAccelerateConfiguration", "GetAccelerateConfiguration"),
            Map.entry("PutBucketAccelerateConfiguration", "PutAccelerateConfiguration"),
            Map.entry("DeleteBucketOwnershipControls", "PutBucketOwnershipControls"),
            Map.entry("DeleteBucketTagging", "PutBucketTagging"),
            Map.entry("GetBucketCors", "GetBucketCORS"),
            Map.entry("PutBucketCors", "PutBucketCORS"),
            Map.entry("DeleteBucketCors", "PutBucketCORS"));

    /** Actions that have another name when they are about a version. */
    private static final Set<String> OF_VERSIONS = Set.of(
            "GetObject",
            "DeleteObject",
            "GetObjectAcl",
            "PutObjectAcl",
            "GetObjectTagging",
            "PutObjectTagging",
            "DeleteObjectTagging",
            "GetObjectAttributes");

    private static final Logger LOG = LoggerFactory.getLogger(ForeignAccess.class);

    private final Buckets buckets;
    private final Ports ports;
    private final ServiceApi api;
    private final boolean enforced;

    ForeignAccess(Buckets buckets, ServiceEnvironment environment, ServiceApi api) {
        Settings settings = environment.settings();
        this.buckets = buckets;
        this.ports = environment.ports();
        this.api = api;
        this.enforced = settings.flag("ENFORCE_IAM", false) && !settings.flag("IAM_SOFT_MODE", false);
    }

    /** Asks whoever enforces IAM about an operation that another one stands for. */
    void authorize(String operation, Shape input, CallContext call) {
        Operation known = java.util.Objects.requireNonNull(api.operation(operation));
        ports.find(Authorizer.class).ifPresent(a -> a.authorize(api.model(), known, input, call));
    }

    /** Refuses what the bucket's policy does not let an account do that is not the bucket's. */
    void check(String operation, Shape input, CallContext call) {
        if (enforced || operation.equals("DeleteObjects") || call.caller().kind() == Caller.Kind.SERVICE) {
            return;
        }
        Texts texts = new Texts();
        input.write(texts);
        BucketState bucket = buckets.all.get(texts.of("Bucket"));
        if (bucket != null && isForeign(bucket, call)) {
            check(bucket, operation, texts, call);
        }
        String source = texts.of("CopySource");
        if (!source.isEmpty()) {
            checkSource(source, call);
        }
    }

    /**
     * Refuses who may not list a bucket, instead of telling that it lacks an object.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html">Permissions of GetObject</a>
     */
    void checkMayKnow(String bucketName, CallContext call) {
        BucketState bucket = buckets.all.get(bucketName);
        if (bucket == null || call.caller().kind() == Caller.Kind.SERVICE) {
            return;
        }
        if (enforced) {
            authorize(
                    "ListObjectsV2",
                    ListObjectsV2Request.builder().bucket(bucketName).build(),
                    call);
        } else if (isForeign(bucket, call)) {
            require(bucket, "ListBucket", "", new Texts(), call);
        }
    }

    /** Without a policy it is refused where the bucket is looked up. */
    private static boolean isForeign(BucketState bucket, CallContext call) {
        return !bucket.owner.equals(call.account()) && bucket.policy != null;
    }

    private static void check(BucketState bucket, String operation, Texts texts, CallContext call) {
        String action = ACTIONS.getOrDefault(operation, operation);
        boolean version = !texts.of("VersionId").isEmpty() && OF_VERSIONS.contains(action);
        String key = texts.of("Key");
        require(bucket, version ? action.replace("Object", "ObjectVersion") : action, key, texts, call);
        if (OF_THE_OWNER.contains(operation)) {
            throw S3Errors.methodNotAllowed();
        }
    }

    private void checkSource(String source, CallContext call) {
        String path = source.startsWith("/") ? source.substring(1) : source;
        int slash = path.indexOf('/');
        BucketState bucket = slash < 0 ? null : buckets.all.get(path.substring(0, slash));
        if (bucket != null && isForeign(bucket, call)) {
            int query = path.indexOf("?versionId=");
            String key = path.substring(slash + 1, query < 0 ? path.length() : query);
            require(bucket, query < 0 ? "GetObject" : "GetObjectVersion", Objects.decoded(key), new Texts(), call);
        }
    }

    private static void require(BucketState bucket, String action, String key, Texts texts, CallContext call) {
        Subject subject = Subject.of(call.caller());
        RequestContext.Builder context = RequestContext.builder()
                .with("aws:PrincipalAccount", call.caller().account().id())
                .with("aws:PrincipalArn", subject.issuerArn())
                .with("aws:ResourceAccount", bucket.owner.id())
                .with("aws:CurrentTime", call.receivedAt().toString())
                .with("aws:SecureTransport", Boolean.toString(call.endpoint().startsWith("https:")))
                .with("aws:SourceIp", "127.0.0.1");
        if (!texts.of("Prefix").isEmpty()) {
            context.with("s3:prefix", texts.of("Prefix"));
        }
        AccessRequest request = new AccessRequest(
                subject,
                "s3:" + action,
                bucket.arn() + (key.isEmpty() ? "" : "/" + key),
                bucket.owner.id(),
                context.build());
        Decision decision = PolicyEvaluation.decide(request, policies(bucket));
        if (!decision.isAllowed()) {
            // S3 tells the reason to the bucket's account and its organization only; here the log does.
            LOG.info("s3.accessDenied bucket={} reason={}", bucket.name, decision.message(request));
            throw S3Errors.accessDenied();
        }
    }

    private static PolicySet policies(BucketState bucket) {
        try {
            PolicySet own = new PolicySet(
                    List.of(new AttachedPolicy(
                            AttachedPolicy.Place.IDENTITY,
                            "everything",
                            PolicyDocument.parse(EVERYTHING, PolicyKind.IDENTITY))),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    PolicySet.ResourceRule.REQUIRED);
            AttachedPolicy ofBucket = new AttachedPolicy(
                    AttachedPolicy.Place.RESOURCE,
                    bucket.arn(),
                    PolicyDocument.parse(String.valueOf(bucket.policy), PolicyKind.RESOURCE));
            return own.withResource(ofBucket, PolicySet.ResourceRule.REQUIRED);
        } catch (MalformedPolicyException e) {
            throw new IllegalStateException("a policy that was taken cannot be read", e);
        }
    }

    /** The texts at the top of an input, by member. */
    private static final class Texts extends QuietShapeWriter {
        private final Map<String, String> texts = new HashMap<>(8);
        private int depth;

        String of(String member) {
            return texts.getOrDefault(member, "");
        }

        @Override
        public void beginStruct(Schema schema) {
            depth++;
        }

        @Override
        public void endStruct(Schema schema) {
            depth--;
        }

        @Override
        public void writeString(Member member, String value) {
            if (depth == 1) {
                texts.put(member.name(), value);
            }
        }
    }
}
