package io.pileus.s3;

import io.pileus.core.identity.Region;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.NotImplemented;
import io.pileus.s3.model.AccessControlPolicy;
import io.pileus.s3.model.Bucket;
import io.pileus.s3.model.BucketLocationConstraint;
import io.pileus.s3.model.CreateBucketConfiguration;
import io.pileus.s3.model.CreateBucketOutput;
import io.pileus.s3.model.CreateBucketRequest;
import io.pileus.s3.model.DeleteBucketRequest;
import io.pileus.s3.model.DeleteBucketResponse;
import io.pileus.s3.model.GetBucketLocationOutput;
import io.pileus.s3.model.GetBucketLocationRequest;
import io.pileus.s3.model.GetBucketVersioningOutput;
import io.pileus.s3.model.GetBucketVersioningRequest;
import io.pileus.s3.model.HeadBucketOutput;
import io.pileus.s3.model.HeadBucketRequest;
import io.pileus.s3.model.ListBucketsOutput;
import io.pileus.s3.model.ListBucketsRequest;
import io.pileus.s3.model.ObjectLockConfiguration;
import io.pileus.s3.model.ObjectOwnership;
import io.pileus.s3.model.Owner;
import io.pileus.s3.model.OwnershipControls;
import io.pileus.s3.model.OwnershipControlsRule;
import io.pileus.s3.model.PublicAccessBlockConfiguration;
import io.pileus.s3.model.PutBucketVersioningRequest;
import io.pileus.s3.model.PutBucketVersioningResponse;
import io.pileus.s3.model.ReplicationConfiguration;
import io.pileus.s3.model.VersioningConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Making, finding and removing buckets, and whether they keep versions. */
final class BucketOperations {
    /** @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">Bucket naming rules</a> */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    private static final Pattern ADDRESS = Pattern.compile("\\d+(\\.\\d+){3}");
    private static final List<String> RESERVED_PREFIXES = List.of("xn--", "sthree-", "amzn-s3-demo-");
    private static final List<String> RESERVED_SUFFIXES =
            List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3");
    private static final int PAGE = 10_000;

    private final Buckets buckets;

    BucketOperations(Buckets buckets) {
        this.buckets = buckets;
    }

    CreateBucketOutput createBucket(CreateBucketRequest in, CallContext call) {
        String name = in.bucket();
        checkName(name);
        CreateBucketConfiguration configuration = in.createBucketConfiguration();
        if (configuration != null && (configuration.bucket() != null || configuration.location() != null)) {
            throw NotImplemented.feature("A directory bucket");
        }
        if (in.bucketNamespace() != null) {
            call.notEmulated("x-amz-bucket-namespace");
        }
        Region region = region(configuration == null ? null : configuration.locationConstraint(), call);
        String ownership = in.objectOwnership() == null ? AccessControl.ENFORCED : in.objectOwnership();
        if (ObjectOwnership.of(ownership) == null) {
            throw S3Errors.invalidArgument(
                    "Invalid x-amz-object-ownership header: " + ownership, "x-amz-object-ownership", ownership);
        }
        AccessControl.Asked access = AccessControl.Asked.of(
                in.acl(),
                in.grantFullControl(),
                in.grantRead(),
                in.grantReadACP(),
                in.grantWrite(),
                in.grantWriteACP());
        boolean grantsMore = access.isThere() && !(access.grants().isEmpty() && "private".equals(access.canned()));
        if (grantsMore && ownership.equals(AccessControl.ENFORCED)) {
            throw new S3Error(
                            "InvalidBucketAclWithObjectOwnership",
                            400,
                            "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting")
                    .with("BucketName", name);
        }
        BucketState made = new BucketState(name, call.account(), region, call.receivedAt());
        configureNew(made, ownership);
        if (grantsMore) {
            made.configure(AccessControlPolicy.class, listOfNew(made, access, call));
        }
        if (Boolean.TRUE.equals(in.objectLockEnabledForBucket())) {
            made.objectLock = true;
            made.versioning = "Enabled";
            made.configure(
                    ObjectLockConfiguration.class,
                    ObjectLockConfiguration.builder()
                            .objectLockEnabled("Enabled")
                            .build());
        }
        if (!region.equals(Region.US_EAST_1)) {
            made.configure(
                    CreateBucketConfiguration.class,
                    CreateBucketConfiguration.builder()
                            .locationConstraint(configuration.locationConstraint())
                            .build());
        }
        if (configuration != null && configuration.hasTags()) {
            made.tags = Tags.ofBucket(configuration.tags());
        }
        BucketState old = buckets.all.putIfAbsent(name, made);
        if (old != null && !old.owner.equals(call.account())) {
            throw S3Errors.bucketAlreadyExists(name);
        }
        // In us-east-1 a bucket that one has already is made again without complaint.
        if (old != null && !(old.region.equals(Region.US_EAST_1) && region.equals(Region.US_EAST_1))) {
            throw S3Errors.bucketAlreadyOwnedByYou(name);
        }
        return CreateBucketOutput.builder()
                .location(region.equals(Region.US_EAST_1) ? "/" + name : call.endpoint() + "/" + name + "/")
                .bucketArn(made.arn())
                .build();
    }

    private static AccessControlPolicy listOfNew(BucketState made, AccessControl.Asked asked, CallContext call) {
        AccessControlPolicy policy = AccessControl.made(made, asked, call);
        if (AccessControl.isPublic(policy)) {
            throw new S3Error(
                            "InvalidBucketAclWithBlockPublicAccessError",
                            400,
                            "Bucket cannot have public ACLs set with BlockPublicAccess enabled")
                    .with("BucketName", made.name);
        }
        return policy;
    }

    /**
     * What every new bucket has: no ACLs, and no public access.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html">Default settings for new buckets</a>
     */
    static void configureNew(BucketState bucket, String ownership) {
        bucket.configure(
                OwnershipControls.class,
                OwnershipControls.builder()
                        .rules(List.of(OwnershipControlsRule.builder()
                                .objectOwnership(ownership)
                                .build()))
                        .build());
        bucket.configure(
                PublicAccessBlockConfiguration.class,
                PublicAccessBlockConfiguration.builder()
                        .blockPublicAcls(true)
                        .ignorePublicAcls(true)
                        .blockPublicPolicy(true)
                        .restrictPublicBuckets(true)
                        .build());
    }

    private static void checkName(String name) {
        boolean good = NAME.matcher(name).matches()
                && !name.contains("..")
                && !ADDRESS.matcher(name).matches()
                && RESERVED_PREFIXES.stream().noneMatch(name::startsWith)
                && RESERVED_SUFFIXES.stream().noneMatch(name::endsWith);
        if (!good) {
            throw S3Errors.invalidBucketName(name);
        }
    }

    private static Region region(@Nullable String location, CallContext call) {
        if (location == null || location.isEmpty()) {
            // S3's older name of the region, by which s3cmd signs until it is told better.
            if (call.region().id().equals("US")) {
                throw S3Errors.wrongRegion("US", Region.US_EAST_1);
            }
            if (!call.region().equals(Region.US_EAST_1)) {
                throw S3Errors.illegalLocation("unspecified");
            }
            return Region.US_EAST_1;
        }
        // us-east-1 is the place of buckets that name none; S3 does not take it as a name.
        if (location.equals("us-east-1")
                || BucketLocationConstraint.of(location) == null && !location.matches("[a-z]{2}(-[a-z]+)+-\\d")) {
            throw S3Errors.invalidLocation(location);
        }
        Region region = new Region(location.equals("EU") ? "eu-west-1" : location);
        if (!region.equals(call.region()) && !call.region().equals(Region.US_EAST_1)) {
            throw S3Errors.illegalLocation(location);
        }
        return region;
    }

    HeadBucketOutput headBucket(HeadBucketRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        return HeadBucketOutput.builder()
                .bucketRegion(bucket.region.id())
                .bucketArn(bucket.arn())
                .accessPointAlias(false)
                .build();
    }

    DeleteBucketResponse deleteBucket(DeleteBucketRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        bucket.markDeleted();
        buckets.all.remove(bucket.name, bucket);
        bucket.uploads.values().forEach(u -> u.parts.values().forEach(p -> buckets.bodies.drop(p.body())));
        return DeleteBucketResponse.builder().build();
    }

    ListBucketsOutput listBuckets(ListBucketsRequest in, CallContext call) {
        if (in.maxBuckets() != null && (in.maxBuckets() < 1 || in.maxBuckets() > PAGE)) {
            throw S3Errors.invalidArgument(
                    "Argument maxBuckets must be an integer between 1 and 10000", "max-buckets", in.maxBuckets());
        }
        int max = in.maxBuckets() == null ? PAGE : in.maxBuckets();
        String prefix = in.prefix() == null ? "" : in.prefix();
        String after = in.continuationToken() == null ? "" : PageToken.read(in.continuationToken());
        List<Bucket> page = new ArrayList<>();
        String next = null;
        for (BucketState bucket : buckets.all.tailMap(after, false).values()) {
            boolean wanted = bucket.owner.equals(call.account())
                    && bucket.name.startsWith(prefix)
                    && (in.bucketRegion() == null || in.bucketRegion().equals(bucket.region.id()));
            if (!wanted) {
                continue;
            }
            if (page.size() == max) {
                next = PageToken.after(page.getLast().name());
                break;
            }
            page.add(Bucket.builder()
                    .name(bucket.name)
                    .creationDate(bucket.createdAt)
                    .bucketRegion(bucket.region.id())
                    .bucketArn(bucket.arn())
                    .build());
        }
        return ListBucketsOutput.builder()
                .buckets(page)
                .prefix(in.prefix())
                .continuationToken(next)
                .owner(Owner.builder()
                        .id(Buckets.canonicalId(call.account().id()))
                        .build())
                .build();
    }

    /** Any region may ask where a bucket is. It is shown as it was put: as {@code EU} where Ireland had its older name. */
    GetBucketLocationOutput getBucketLocation(GetBucketLocationRequest in, CallContext call) {
        BucketState bucket = buckets.ofAnyRegion(in.bucket(), in.expectedBucketOwner(), call);
        return GetBucketLocationOutput.builder()
                .locationConstraint(bucket.configuration(CreateBucketConfiguration.class)
                        .map(CreateBucketConfiguration::locationConstraint)
                        .orElse(bucket.region.equals(Region.US_EAST_1) ? null : bucket.region.id()))
                .build();
    }

    PutBucketVersioningResponse putBucketVersioning(PutBucketVersioningRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        String status = in.versioningConfiguration().status();
        if (status == null) {
            throw new S3Error(
                    "IllegalVersioningConfigurationException", 400, "The Versioning element must be specified");
        }
        if (!status.equals("Enabled") && !status.equals("Suspended")) {
            throw S3Errors.malformedXml();
        }
        if ("Enabled".equals(in.versioningConfiguration().mfaDelete()) || in.mfa() != null) {
            call.notEmulated("MfaDelete");
        }
        if (status.equals("Suspended") && bucket.objectLock) {
            throw S3Errors.invalidBucketState(
                    "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.");
        }
        if (status.equals("Suspended")
                && bucket.configuration(ReplicationConfiguration.class).isPresent()) {
            throw S3Errors.invalidBucketState(
                    "A replication configuration is present on this bucket, so you cannot change the versioning state. To change the versioning state, first delete the replication configuration.");
        }
        synchronized (bucket) {
            bucket.versioning = status;
        }
        if (in.versioningConfiguration().mfaDelete() != null) {
            bucket.configure(VersioningConfiguration.class, in.versioningConfiguration());
        }
        return PutBucketVersioningResponse.builder().build();
    }

    /** What was said of MFA is shown, {@code Disabled} too, and nothing where nothing was said. */
    GetBucketVersioningOutput getBucketVersioning(GetBucketVersioningRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        return GetBucketVersioningOutput.builder()
                .status(bucket.versioning)
                .mfaDelete(bucket.configuration(VersioningConfiguration.class)
                        .map(VersioningConfiguration::mfaDelete)
                        .orElse(null))
                .build();
    }
}
