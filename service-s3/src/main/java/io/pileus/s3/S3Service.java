package io.pileus.s3;

import io.pileus.core.identity.Region;
import io.pileus.core.port.ObjectStore;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.s3.model.*;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Amazon S3: the table of contents of its operations, and its buckets.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html">Amazon S3 API reference</a>
 */
public final class S3Service implements EmulatedService, S3Operations {
    private static final String NAME = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]";

    private final Buckets buckets = new Buckets();
    private final ObjectOperations objects;
    private final ListOperations listing;
    private final MultipartOperations multipart;

    public S3Service(ServiceEnvironment environment) {
        this.objects = new ObjectOperations(buckets, environment.ids());
        this.multipart = new MultipartOperations(buckets, environment.ids());
        this.listing = new ListOperations(buckets);
        environment.ports().provide(ObjectStore.class, new LocalObjects(buckets, environment));
    }

    @Override
    public List<ServiceApi> apis() {
        return List.of(new S3Api(this));
    }

    @Override
    public void reset(ResetScope scope) {
        buckets.reset(scope);
    }

    @Override
    public void close() {
        buckets.bodies.close();
    }

    @Override
    public CreateBucketOutput createBucket(CreateBucketRequest in, CallContext call) {
        String name = in.bucket();
        if (!name.matches(NAME) || name.contains("..") || name.matches("\\d+(\\.\\d+){3}")) {
            throw new AwsException("InvalidBucketName", 400, "The specified bucket is not valid.");
        }
        if (in.acl() != null && !in.acl().equals("private")) {
            call.notEmulated("ACL " + in.acl());
        }
        if (Boolean.TRUE.equals(in.objectLockEnabledForBucket())) {
            call.notEmulated("ObjectLockEnabledForBucket");
        }
        String location = in.createBucketConfiguration() == null
                ? null
                : in.createBucketConfiguration().locationConstraint();
        Region region = location == null ? call.region() : new Region(location.equals("EU") ? "eu-west-1" : location);
        if (!region.equals(call.region()) && !call.region().equals(Region.US_EAST_1)) {
            throw new AwsException(
                    "IllegalLocationConstraintException",
                    400,
                    "The " + location
                            + " location constraint is incompatible for the region specific endpoint this request was sent to.");
        }
        if (location == null && !call.region().equals(Region.US_EAST_1)) {
            throw new AwsException(
                    "IllegalLocationConstraintException",
                    400,
                    "The unspecified location constraint is incompatible for the region specific endpoint this request was sent to.");
        }
        BucketState made = new BucketState(name, call.account(), region, call.receivedAt());
        BucketState old = buckets.all.putIfAbsent(name, made);
        if (old != null && !old.owner.equals(call.account())) {
            throw new AwsException(
                    "BucketAlreadyExists",
                    409,
                    "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.");
        }
        // In us-east-1 a bucket that one has already is made again without complaint.
        if (old != null && !(old.region.equals(Region.US_EAST_1) && region.equals(Region.US_EAST_1))) {
            throw new AwsException(
                    "BucketAlreadyOwnedByYou",
                    409,
                    "Your previous request to create the named bucket succeeded and you already own it.");
        }
        return CreateBucketOutput.builder().location("/" + name).build();
    }

    @Override
    public HeadBucketOutput headBucket(HeadBucketRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        return HeadBucketOutput.builder().bucketRegion(bucket.region.id()).build();
    }

    @Override
    public DeleteBucketResponse deleteBucket(DeleteBucketRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        bucket.markDeleted();
        buckets.all.remove(bucket.name, bucket);
        return DeleteBucketResponse.builder().build();
    }

    @Override
    public ListBucketsOutput listBuckets(ListBucketsRequest in, CallContext call) {
        int max = in.maxBuckets() == null ? 10_000 : in.maxBuckets();
        String prefix = in.prefix() == null ? "" : in.prefix();
        String after = in.continuationToken() == null ? "" : in.continuationToken();
        List<Bucket> page = new ArrayList<>();
        String next = null;
        for (BucketState bucket : buckets.all.tailMap(after, false).values()) {
            if (!bucket.owner.equals(call.account())
                    || !bucket.name.startsWith(prefix)
                    || in.bucketRegion() != null && !in.bucketRegion().equals(bucket.region.id())) {
                continue;
            }
            if (page.size() == max) {
                next = page.getLast().name();
                break;
            }
            page.add(Bucket.builder()
                    .name(bucket.name)
                    .creationDate(bucket.createdAt)
                    .bucketRegion(bucket.region.id())
                    .build());
        }
        return ListBucketsOutput.builder()
                .buckets(page)
                .prefix(in.prefix())
                .continuationToken(next)
                .owner(Owner.builder()
                        .id(call.account().id().repeat(6).substring(0, 64))
                        .build())
                .build();
    }

    @Override
    public GetBucketLocationOutput getBucketLocation(GetBucketLocationRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        return GetBucketLocationOutput.builder()
                .locationConstraint(bucket.region.equals(Region.US_EAST_1) ? null : bucket.region.id())
                .build();
    }

    @Override
    public PutBucketVersioningResponse putBucketVersioning(PutBucketVersioningRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        String status = in.versioningConfiguration().status();
        if (status == null || !status.equals("Enabled") && !status.equals("Suspended")) {
            throw S3Errors.malformedXml();
        }
        if (in.versioningConfiguration().mfaDelete() != null) {
            call.notEmulated("MfaDelete");
        }
        synchronized (bucket) {
            bucket.versioning = status;
        }
        return PutBucketVersioningResponse.builder().build();
    }

    @Override
    public GetBucketVersioningOutput getBucketVersioning(GetBucketVersioningRequest in, CallContext call) {
        return GetBucketVersioningOutput.builder()
                .status(buckets.of(in.bucket(), in.expectedBucketOwner(), call).versioning)
                .build();
    }

    @Override
    public PutObjectOutput putObject(PutObjectRequest in, CallContext call) {
        return objects.put(in, call);
    }

    @Override
    public GetObjectOutput getObject(GetObjectRequest in, CallContext call) {
        return objects.get(in, call);
    }

    @Override
    public HeadObjectOutput headObject(HeadObjectRequest in, CallContext call) {
        return objects.head(in, call);
    }

    @Override
    public DeleteObjectOutput deleteObject(DeleteObjectRequest in, CallContext call) {
        return objects.delete(in, call);
    }

    @Override
    public DeleteObjectsOutput deleteObjects(DeleteObjectsRequest in, CallContext call) {
        return objects.deleteAll(in, call);
    }

    @Override
    public CopyObjectOutput copyObject(CopyObjectRequest in, CallContext call) {
        return objects.copy(in, call);
    }

    @Override
    public ListObjectsV2Output listObjectsV2(ListObjectsV2Request in, CallContext call) {
        return listing.listV2(in, call);
    }

    @Override
    public ListObjectsOutput listObjects(ListObjectsRequest in, CallContext call) {
        return listing.list(in, call);
    }

    @Override
    public CreateMultipartUploadOutput createMultipartUpload(CreateMultipartUploadRequest in, CallContext call) {
        return multipart.create(in, call);
    }

    @Override
    public UploadPartOutput uploadPart(UploadPartRequest in, CallContext call) {
        return multipart.upload(in, call);
    }

    @Override
    public CompleteMultipartUploadOutput completeMultipartUpload(CompleteMultipartUploadRequest in, CallContext call) {
        return multipart.complete(in, call);
    }

    @Override
    public AbortMultipartUploadOutput abortMultipartUpload(AbortMultipartUploadRequest in, CallContext call) {
        return multipart.abort(in, call);
    }

    @Override
    public ListPartsOutput listParts(ListPartsRequest in, CallContext call) {
        return multipart.parts(in, call);
    }

    @Override
    public PutObjectTaggingOutput putObjectTagging(PutObjectTaggingRequest in, CallContext call) {
        Map<String, String> tags = new HashMap<>();
        for (Tag tag : in.tagging().tagSet()) {
            if (tags.put(tag.key(), tag.value()) != null) {
                throw new AwsException("InvalidTag", 400, "Cannot provide multiple Tags with the same key");
            }
        }
        objects.tag(
                in.bucket(),
                in.expectedBucketOwner(),
                in.key(),
                in.versionId(),
                ObjectOperations.checkTags(tags),
                call);
        return PutObjectTaggingOutput.builder().versionId(in.versionId()).build();
    }

    @Override
    public GetObjectTaggingOutput getObjectTagging(GetObjectTaggingRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        List<Tag> tags = new ArrayList<>();
        objects.find(bucket, in.key(), in.versionId())
                .tags()
                .forEach((key, value) ->
                        tags.add(Tag.builder().key(key).value(value).build()));
        return GetObjectTaggingOutput.builder()
                .versionId(in.versionId())
                .tagSet(tags)
                .build();
    }

    @Override
    public DeleteObjectTaggingOutput deleteObjectTagging(DeleteObjectTaggingRequest in, CallContext call) {
        objects.tag(in.bucket(), in.expectedBucketOwner(), in.key(), in.versionId(), Map.of(), call);
        return DeleteObjectTaggingOutput.builder().versionId(in.versionId()).build();
    }
}
