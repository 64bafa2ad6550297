package io.pileus.s3;

import io.pileus.core.service.CallContext;
import io.pileus.s3.EventNotifications.Event;
import io.pileus.s3.model.AccessControlPolicy;
import io.pileus.s3.model.GetBucketAclOutput;
import io.pileus.s3.model.GetBucketAclRequest;
import io.pileus.s3.model.GetObjectAclOutput;
import io.pileus.s3.model.GetObjectAclRequest;
import io.pileus.s3.model.Grant;
import io.pileus.s3.model.PutBucketAclRequest;
import io.pileus.s3.model.PutBucketAclResponse;
import io.pileus.s3.model.PutObjectAclOutput;
import io.pileus.s3.model.PutObjectAclRequest;
import org.jspecify.annotations.Nullable;

/** The access control lists of buckets and objects; {@link AccessControl} has their rules. */
final class AclOperations {
    private final Buckets buckets;
    private final EventNotifications notifications;

    AclOperations(Buckets buckets, EventNotifications notifications) {
        this.buckets = buckets;
        this.notifications = notifications;
    }

    static boolean grantsToOthers(BucketState bucket) {
        String owner = Buckets.canonicalId(bucket.owner.id());
        return bucket.configuration(AccessControlPolicy.class)
                .map(p -> p.grants().stream().anyMatch(g -> !isOf(g, owner)))
                .orElse(false);
    }

    private static boolean isOf(Grant grant, String owner) {
        return grant.grantee() != null && owner.equals(grant.grantee().id());
    }

    PutBucketAclResponse putBucketAcl(PutBucketAclRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        AccessControl.Asked asked = AccessControl.Asked.of(
                in.acl(),
                in.grantFullControl(),
                in.grantRead(),
                in.grantReadACP(),
                in.grantWrite(),
                in.grantWriteACP());
        bucket.configure(AccessControlPolicy.class, decide(bucket, asked, in.accessControlPolicy(), call));
        return PutBucketAclResponse.builder().build();
    }

    private static AccessControlPolicy decide(
            BucketState bucket, AccessControl.Asked asked, @Nullable AccessControlPolicy given, CallContext call) {
        if (given == null && !asked.isThere()) {
            throw new S3Error("MissingSecurityHeader", 400, "Your request was missing a required header")
                    .with("MissingHeaderName", "x-amz-acl");
        }
        if (AccessControl.enforcesOwner(bucket)) {
            throw S3Errors.aclsNotSupported();
        }
        if (given != null && asked.isThere()) {
            throw new S3Error("UnexpectedContent", 400, "This request does not support content");
        }
        return given == null ? AccessControl.policy(bucket, asked, call) : AccessControl.given(bucket, given, call);
    }

    GetBucketAclOutput getBucketAcl(GetBucketAclRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        AccessControlPolicy policy =
                bucket.configuration(AccessControlPolicy.class).orElseGet(() -> AccessControl.byDefault(bucket));
        return GetBucketAclOutput.builder()
                .owner(policy.owner())
                .grants(policy.grants())
                .build();
    }

    PutObjectAclOutput putObjectAcl(PutObjectAclRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        AccessControl.Asked asked = AccessControl.Asked.of(
                in.acl(),
                in.grantFullControl(),
                in.grantRead(),
                in.grantReadACP(),
                in.grantWrite(),
                in.grantWriteACP());
        StoredObject changed;
        synchronized (bucket) {
            StoredObject current = bucket.current(in.key());
            if (in.versionId() == null && current != null && current.deleteMarker()) {
                throw S3Errors.markerNotAllowed("PUT"); // here S3 shows that there is one
            }
            StoredObject object = Objects.find("PUT", bucket, in.key(), in.versionId());
            boolean asItIs = asked.grants().isEmpty()
                    && "bucket-owner-full-control".equals(asked.canned())
                    && AccessControl.enforcesOwner(bucket);
            if (asItIs) {
                return PutObjectAclOutput.builder().build();
            }
            AccessControlPolicy acl = decide(bucket, asked, in.accessControlPolicy(), call);
            changed = object.with(o -> o.acl = acl);
            bucket.replace(changed);
        }
        notifications.publish(bucket, new Event("ObjectAcl:Put", changed, Objects.shown(bucket, changed), true), call);
        return PutObjectAclOutput.builder().build();
    }

    GetObjectAclOutput getObjectAcl(GetObjectAclRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        StoredObject object = Objects.find(bucket, in.key(), in.versionId());
        AccessControlPolicy acl = object.acl();
        AccessControlPolicy policy = acl == null ? AccessControl.byDefault(bucket) : acl;
        return GetObjectAclOutput.builder()
                .owner(policy.owner())
                .grants(policy.grants())
                .build();
    }
}
