package io.pileus.s3;

import io.pileus.core.service.CallContext;
import io.pileus.s3.EventNotifications.Event;
import io.pileus.s3.model.DeleteObjectTaggingOutput;
import io.pileus.s3.model.DeleteObjectTaggingRequest;
import io.pileus.s3.model.GetObjectTaggingOutput;
import io.pileus.s3.model.GetObjectTaggingRequest;
import io.pileus.s3.model.ObjectEncryption;
import io.pileus.s3.model.PutObjectTaggingOutput;
import io.pileus.s3.model.PutObjectTaggingRequest;
import io.pileus.s3.model.UpdateObjectEncryptionRequest;
import io.pileus.s3.model.UpdateObjectEncryptionResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What changes on an object without a new version: its tags, its key, and whether an archived one can be read. */
final class ObjectStateOperations {
    private final Buckets buckets;
    private final Encryptions encryptions;
    private final EventNotifications notifications;

    ObjectStateOperations(Objects objects) {
        this.buckets = objects.buckets;
        this.encryptions = objects.encryptions;
        this.notifications = objects.notifications;
    }

    // ---- tags ---------------------------------------------------------------------------------------------------

    PutObjectTaggingOutput putObjectTagging(PutObjectTaggingRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        Map<String, String> tags = Tags.ofObject(in.tagging().tagSet());
        StoredObject tagged = tag("PUT", bucket, in.key(), in.versionId(), tags);
        notifications.publish(
                bucket, new Event("ObjectTagging:Put", tagged, Objects.shown(bucket, tagged), true), call);
        return PutObjectTaggingOutput.builder()
                .versionId(Objects.shown(bucket, tagged))
                .build();
    }

    private static StoredObject tag(
            String method, BucketState bucket, String key, @Nullable String versionId, Map<String, String> tags) {
        synchronized (bucket) {
            StoredObject tagged = Objects.find(method, bucket, key, versionId).with(o -> o.tags = tags);
            bucket.replace(tagged);
            return tagged;
        }
    }

    GetObjectTaggingOutput getObjectTagging(GetObjectTaggingRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        StoredObject object = Objects.find(bucket, in.key(), in.versionId());
        return GetObjectTaggingOutput.builder()
                .versionId(Objects.shown(bucket, object))
                .tagSet(Tags.list(object.tags()))
                .build();
    }

    DeleteObjectTaggingOutput deleteObjectTagging(DeleteObjectTaggingRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        StoredObject bare = tag("DELETE", bucket, in.key(), in.versionId(), Map.of());
        notifications.publish(bucket, new Event("ObjectTagging:Delete", bare, Objects.shown(bucket, bare), true), call);
        return DeleteObjectTaggingOutput.builder()
                .versionId(Objects.shown(bucket, bare))
                .build();
    }

    // ---- encryption ---------------------------------------------------------------------------------------------

    /** Puts an object under a KMS key without writing it anew; its ETag stays. */
    UpdateObjectEncryptionResponse updateObjectEncryption(UpdateObjectEncryptionRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        if (!(in.objectEncryption() instanceof ObjectEncryption.Ssekms byKms)) {
            throw S3Errors.malformedXml();
        }
        StoredObject found = Objects.find("PUT", bucket, in.key(), in.versionId());
        if (found.encryption().customerKeyMd5() != null) {
            throw S3Errors.invalidRequest("The encryption parameters are not applicable to this object.");
        }
        Encryption encryption = encryptions.decide(
                bucket,
                in.key(),
                new Encryptions.Asked(
                        "aws:kms",
                        byKms.value().kmsKeyArn(),
                        null,
                        byKms.value().bucketKeyEnabled(),
                        new Encryptions.CustomerKey(null, null, null)));
        synchronized (bucket) {
            StoredObject now = Objects.find("PUT", bucket, in.key(), found.versionId());
            bucket.replace(now.with(o -> o.encryption = encryption));
        }
        return UpdateObjectEncryptionResponse.builder().build();
    }
}
