package io.pileus.s3;

import io.pileus.core.http.HttpRequest;
import io.pileus.core.port.CrossOriginRules;
import io.pileus.core.port.ObjectStore;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.HostRoute;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.service.Violations;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import io.pileus.s3.model.AbortMultipartUploadOutput;
import io.pileus.s3.model.AbortMultipartUploadRequest;
import io.pileus.s3.model.CompleteMultipartUploadOutput;
import io.pileus.s3.model.CompleteMultipartUploadRequest;
import io.pileus.s3.model.CopyObjectOutput;
import io.pileus.s3.model.CopyObjectRequest;
import io.pileus.s3.model.CreateBucketOutput;
import io.pileus.s3.model.CreateBucketRequest;
import io.pileus.s3.model.CreateMultipartUploadOutput;
import io.pileus.s3.model.CreateMultipartUploadRequest;
import io.pileus.s3.model.DeleteBucketAnalyticsConfigurationRequest;
import io.pileus.s3.model.DeleteBucketAnalyticsConfigurationResponse;
import io.pileus.s3.model.DeleteBucketCorsRequest;
import io.pileus.s3.model.DeleteBucketCorsResponse;
import io.pileus.s3.model.DeleteBucketEncryptionRequest;
import io.pileus.s3.model.DeleteBucketEncryptionResponse;
import io.pileus.s3.model.DeleteBucketIntelligentTieringConfigurationRequest;
import io.pileus.s3.model.DeleteBucketIntelligentTieringConfigurationResponse;
import io.pileus.s3.model.DeleteBucketInventoryConfigurationRequest;
import io.pileus.s3.model.DeleteBucketInventoryConfigurationResponse;
import io.pileus.s3.model.DeleteBucketLifecycleRequest;
import io.pileus.s3.model.DeleteBucketLifecycleResponse;
import io.pileus.s3.model.DeleteBucketMetricsConfigurationRequest;
import io.pileus.s3.model.DeleteBucketMetricsConfigurationResponse;
import io.pileus.s3.model.DeleteBucketOwnershipControlsRequest;
import io.pileus.s3.model.DeleteBucketOwnershipControlsResponse;
import io.pileus.s3.model.DeleteBucketPolicyRequest;
import io.pileus.s3.model.DeleteBucketPolicyResponse;
import io.pileus.s3.model.DeleteBucketReplicationRequest;
import io.pileus.s3.model.DeleteBucketReplicationResponse;
import io.pileus.s3.model.DeleteBucketRequest;
import io.pileus.s3.model.DeleteBucketResponse;
import io.pileus.s3.model.DeleteBucketTaggingRequest;
import io.pileus.s3.model.DeleteBucketTaggingResponse;
import io.pileus.s3.model.DeleteBucketWebsiteRequest;
import io.pileus.s3.model.DeleteBucketWebsiteResponse;
import io.pileus.s3.model.DeleteObjectOutput;
import io.pileus.s3.model.DeleteObjectRequest;
import io.pileus.s3.model.DeleteObjectTaggingOutput;
import io.pileus.s3.model.DeleteObjectTaggingRequest;
import io.pileus.s3.model.DeleteObjectsOutput;
import io.pileus.s3.model.DeleteObjectsRequest;
import io.pileus.s3.model.DeletePublicAccessBlockRequest;
import io.pileus.s3.model.DeletePublicAccessBlockResponse;
import io.pileus.s3.model.GetBucketAbacOutput;
import io.pileus.s3.model.GetBucketAbacRequest;
import io.pileus.s3.model.GetBucketAccelerateConfigurationOutput;
import io.pileus.s3.model.GetBucketAccelerateConfigurationRequest;
import io.pileus.s3.model.GetBucketAclOutput;
import io.pileus.s3.model.GetBucketAclRequest;
import io.pileus.s3.model.GetBucketAnalyticsConfigurationOutput;
import io.pileus.s3.model.GetBucketAnalyticsConfigurationRequest;
import io.pileus.s3.model.GetBucketCorsOutput;
import io.pileus.s3.model.GetBucketCorsRequest;
import io.pileus.s3.model.GetBucketEncryptionOutput;
import io.pileus.s3.model.GetBucketEncryptionRequest;
import io.pileus.s3.model.GetBucketIntelligentTieringConfigurationOutput;
import io.pileus.s3.model.GetBucketIntelligentTieringConfigurationRequest;
import io.pileus.s3.model.GetBucketInventoryConfigurationOutput;
import io.pileus.s3.model.GetBucketInventoryConfigurationRequest;
import io.pileus.s3.model.GetBucketLifecycleConfigurationOutput;
import io.pileus.s3.model.GetBucketLifecycleConfigurationRequest;
import io.pileus.s3.model.GetBucketLocationOutput;
import io.pileus.s3.model.GetBucketLocationRequest;
import io.pileus.s3.model.GetBucketLoggingOutput;
import io.pileus.s3.model.GetBucketLoggingRequest;
import io.pileus.s3.model.GetBucketMetricsConfigurationOutput;
import io.pileus.s3.model.GetBucketMetricsConfigurationRequest;
import io.pileus.s3.model.GetBucketNotificationConfigurationRequest;
import io.pileus.s3.model.GetBucketOwnershipControlsOutput;
import io.pileus.s3.model.GetBucketOwnershipControlsRequest;
import io.pileus.s3.model.GetBucketPolicyOutput;
import io.pileus.s3.model.GetBucketPolicyRequest;
import io.pileus.s3.model.GetBucketPolicyStatusOutput;
import io.pileus.s3.model.GetBucketPolicyStatusRequest;
import io.pileus.s3.model.GetBucketReplicationOutput;
import io.pileus.s3.model.GetBucketReplicationRequest;
import io.pileus.s3.model.GetBucketRequestPaymentOutput;
import io.pileus.s3.model.GetBucketRequestPaymentRequest;
import io.pileus.s3.model.GetBucketTaggingOutput;
import io.pileus.s3.model.GetBucketTaggingRequest;
import io.pileus.s3.model.GetBucketVersioningOutput;
import io.pileus.s3.model.GetBucketVersioningRequest;
import io.pileus.s3.model.GetBucketWebsiteOutput;
import io.pileus.s3.model.GetBucketWebsiteRequest;
import io.pileus.s3.model.GetObjectAclOutput;
import io.pileus.s3.model.GetObjectAclRequest;
import io.pileus.s3.model.GetObjectAttributesOutput;
import io.pileus.s3.model.GetObjectAttributesRequest;
import io.pileus.s3.model.GetObjectLegalHoldOutput;
import io.pileus.s3.model.GetObjectLegalHoldRequest;
import io.pileus.s3.model.GetObjectLockConfigurationOutput;
import io.pileus.s3.model.GetObjectLockConfigurationRequest;
import io.pileus.s3.model.GetObjectOutput;
import io.pileus.s3.model.GetObjectRequest;
import io.pileus.s3.model.GetObjectRetentionOutput;
import io.pileus.s3.model.GetObjectRetentionRequest;
import io.pileus.s3.model.GetObjectTaggingOutput;
import io.pileus.s3.model.GetObjectTaggingRequest;
import io.pileus.s3.model.GetPublicAccessBlockOutput;
import io.pileus.s3.model.GetPublicAccessBlockRequest;
import io.pileus.s3.model.HeadBucketOutput;
import io.pileus.s3.model.HeadBucketRequest;
import io.pileus.s3.model.HeadObjectOutput;
import io.pileus.s3.model.HeadObjectRequest;
import io.pileus.s3.model.ListBucketAnalyticsConfigurationsOutput;
import io.pileus.s3.model.ListBucketAnalyticsConfigurationsRequest;
import io.pileus.s3.model.ListBucketIntelligentTieringConfigurationsOutput;
import io.pileus.s3.model.ListBucketIntelligentTieringConfigurationsRequest;
import io.pileus.s3.model.ListBucketInventoryConfigurationsOutput;
import io.pileus.s3.model.ListBucketInventoryConfigurationsRequest;
import io.pileus.s3.model.ListBucketMetricsConfigurationsOutput;
import io.pileus.s3.model.ListBucketMetricsConfigurationsRequest;
import io.pileus.s3.model.ListBucketsOutput;
import io.pileus.s3.model.ListBucketsRequest;
import io.pileus.s3.model.ListMultipartUploadsOutput;
import io.pileus.s3.model.ListMultipartUploadsRequest;
import io.pileus.s3.model.ListObjectVersionsOutput;
import io.pileus.s3.model.ListObjectVersionsRequest;
import io.pileus.s3.model.ListObjectsOutput;
import io.pileus.s3.model.ListObjectsRequest;
import io.pileus.s3.model.ListObjectsV2Output;
import io.pileus.s3.model.ListObjectsV2Request;
import io.pileus.s3.model.ListPartsOutput;
import io.pileus.s3.model.ListPartsRequest;
import io.pileus.s3.model.NotificationConfiguration;
import io.pileus.s3.model.PostObjectOutput;
import io.pileus.s3.model.PostObjectRequest;
import io.pileus.s3.model.PutBucketAbacRequest;
import io.pileus.s3.model.PutBucketAbacResponse;
import io.pileus.s3.model.PutBucketAccelerateConfigurationRequest;
import io.pileus.s3.model.PutBucketAccelerateConfigurationResponse;
import io.pileus.s3.model.PutBucketAclRequest;
import io.pileus.s3.model.PutBucketAclResponse;
import io.pileus.s3.model.PutBucketAnalyticsConfigurationRequest;
import io.pileus.s3.model.PutBucketAnalyticsConfigurationResponse;
import io.pileus.s3.model.PutBucketCorsRequest;
import io.pileus.s3.model.PutBucketCorsResponse;
import io.pileus.s3.model.PutBucketEncryptionRequest;
import io.pileus.s3.model.PutBucketEncryptionResponse;
import io.pileus.s3.model.PutBucketIntelligentTieringConfigurationRequest;
import io.pileus.s3.model.PutBucketIntelligentTieringConfigurationResponse;
import io.pileus.s3.model.PutBucketInventoryConfigurationRequest;
import io.pileus.s3.model.PutBucketInventoryConfigurationResponse;
import io.pileus.s3.model.PutBucketLifecycleConfigurationOutput;
import io.pileus.s3.model.PutBucketLifecycleConfigurationRequest;
import io.pileus.s3.model.PutBucketLoggingRequest;
import io.pileus.s3.model.PutBucketLoggingResponse;
import io.pileus.s3.model.PutBucketMetricsConfigurationRequest;
import io.pileus.s3.model.PutBucketMetricsConfigurationResponse;
import io.pileus.s3.model.PutBucketNotificationConfigurationRequest;
import io.pileus.s3.model.PutBucketNotificationConfigurationResponse;
import io.pileus.s3.model.PutBucketOwnershipControlsRequest;
import io.pileus.s3.model.PutBucketOwnershipControlsResponse;
import io.pileus.s3.model.PutBucketPolicyRequest;
import io.pileus.s3.model.PutBucketPolicyResponse;
import io.pileus.s3.model.PutBucketReplicationRequest;
import io.pileus.s3.model.PutBucketReplicationResponse;
import io.pileus.s3.model.PutBucketRequestPaymentRequest;
import io.pileus.s3.model.PutBucketRequestPaymentResponse;
import io.pileus.s3.model.PutBucketTaggingRequest;
import io.pileus.s3.model.PutBucketTaggingResponse;
import io.pileus.s3.model.PutBucketVersioningRequest;
import io.pileus.s3.model.PutBucketVersioningResponse;
import io.pileus.s3.model.PutBucketWebsiteRequest;
import io.pileus.s3.model.PutBucketWebsiteResponse;
import io.pileus.s3.model.PutObjectAclOutput;
import io.pileus.s3.model.PutObjectAclRequest;
import io.pileus.s3.model.PutObjectLegalHoldOutput;
import io.pileus.s3.model.PutObjectLegalHoldRequest;
import io.pileus.s3.model.PutObjectLockConfigurationOutput;
import io.pileus.s3.model.PutObjectLockConfigurationRequest;
import io.pileus.s3.model.PutObjectOutput;
import io.pileus.s3.model.PutObjectRequest;
import io.pileus.s3.model.PutObjectRetentionOutput;
import io.pileus.s3.model.PutObjectRetentionRequest;
import io.pileus.s3.model.PutObjectTaggingOutput;
import io.pileus.s3.model.PutObjectTaggingRequest;
import io.pileus.s3.model.PutPublicAccessBlockRequest;
import io.pileus.s3.model.PutPublicAccessBlockResponse;
import io.pileus.s3.model.RestoreObjectOutput;
import io.pileus.s3.model.RestoreObjectRequest;
import io.pileus.s3.model.S3Api;
import io.pileus.s3.model.S3Operations;
import io.pileus.s3.model.UpdateObjectEncryptionRequest;
import io.pileus.s3.model.UpdateObjectEncryptionResponse;
import io.pileus.s3.model.UploadPartCopyOutput;
import io.pileus.s3.model.UploadPartCopyRequest;
import io.pileus.s3.model.UploadPartOutput;
import io.pileus.s3.model.UploadPartRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Amazon S3: the table of contents of its operations.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/Welcome.html">Amazon S3 API reference</a>
 */
public final class S3Service implements EmulatedService, S3Operations {
    private final Buckets buckets = new Buckets();
    private final BucketOperations bucketOperations = new BucketOperations(buckets);
    private final BucketConfigurationOperations configurations = new BucketConfigurationOperations(buckets);
    private final PolicyOperations policies = new PolicyOperations(buckets);
    private final StatedOperations stated = new StatedOperations(buckets);
    private final WebsiteOperations website = new WebsiteOperations(buckets);
    private final ObjectLockOperations locks = new ObjectLockOperations(buckets);
    private final ListOperations listing = new ListOperations(buckets);
    private final VersionListing versions = new VersionListing(buckets);
    private final BucketStates states = new BucketStates(buckets);
    private final Lifecycles lifecycles;
    private final Restores restores;
    private final ForeignAccess foreignAccess;
    private final ServiceApi api;
    private final AclOperations acls;
    private final LifecycleOperations lifecycle;
    private final NotificationOperations notifications;
    private final ReplicationOperations replication;
    private final PutOperations puts;
    private final GetOperations gets;
    private final DeleteOperations deletes;
    private final ObjectStateOperations objectState;
    private final MultipartOperations multipart;
    private final CompleteMultipartUpload completion;
    private final UploadListing uploads;
    private final FormUploads forms;
    private final WebsiteEndpoint websites;

    public S3Service(ServiceEnvironment environment) {
        EventNotifications events = new EventNotifications(environment.ports());
        Objects objects = new Objects(buckets, environment.ids(), new Encryptions(environment.ports()), events);
        lifecycles = new Lifecycles(buckets, environment, events);
        S3Api operations = new S3Api(this);
        foreignAccess = new ForeignAccess(buckets, environment, operations);
        restores = new Restores(buckets, environment, events);
        acls = new AclOperations(buckets, events);
        RuleIds ruleIds = new RuleIds(environment.ids());
        lifecycle = new LifecycleOperations(buckets, lifecycles, ruleIds);
        notifications = new NotificationOperations(buckets, events, ruleIds);
        replication = new ReplicationOperations(buckets, ruleIds);
        puts = new PutOperations(objects, lifecycles);
        gets = new GetOperations(objects, lifecycles);
        deletes = new DeleteOperations(objects, foreignAccess);
        objectState = new ObjectStateOperations(objects);
        multipart = new MultipartOperations(objects, lifecycles);
        completion = new CompleteMultipartUpload(objects, lifecycles);
        uploads = new UploadListing(buckets, lifecycles);
        api = new GuardedApi(operations, foreignAccess, versions);
        forms = new FormUploads(puts, foreignAccess, environment.ports());
        environment.ports().provide(ObjectStore.class, new LocalObjects(objects, environment));
        CrossOrigin crossOrigin = new CrossOrigin(buckets);
        environment.ports().provide(CrossOriginRules.class, crossOrigin);
        websites = new WebsiteEndpoint(buckets, operations, foreignAccess, crossOrigin);
    }

    @Override
    public List<ServiceApi> apis() {
        return List.of(api);
    }

    @Override
    public List<HostRoute> hosts() {
        return List.of(websites.route());
    }

    @Override
    public void reset(ResetScope scope) {
        buckets.reset(scope);
    }

    @Override
    public void save(StateSink sink) {
        states.save(sink);
    }

    @Override
    public void saved() {
        states.saved();
    }

    @Override
    public void load(StateSource source) {
        states.load(source);
    }

    @Override
    public void resume() {
        for (BucketState bucket : buckets.all.values()) {
            lifecycles.resume(bucket);
            restores.resume(bucket);
        }
    }

    @Override
    public void close() {
        buckets.bodies.close();
    }

    @Override
    public @Nullable AwsException refusal(Violations violations) {
        return RequestRules.refusal(violations);
    }

    @Override
    public void checkRequest(Operation operation, HttpRequest request) {
        RequestRules.check(operation, request);
    }

    @Override
    public AwsException noSuchOperation(HttpRequest request) {
        return RequestRules.noSuchOperation(request);
    }

    // ---- buckets ----------------------------------------------------------------------------------------------------

    @Override
    public CreateBucketOutput createBucket(CreateBucketRequest in, CallContext call) {
        return bucketOperations.createBucket(in, call);
    }

    @Override
    public HeadBucketOutput headBucket(HeadBucketRequest in, CallContext call) {
        return bucketOperations.headBucket(in, call);
    }

    @Override
    public DeleteBucketResponse deleteBucket(DeleteBucketRequest in, CallContext call) {
        return bucketOperations.deleteBucket(in, call);
    }

    @Override
    public ListBucketsOutput listBuckets(ListBucketsRequest in, CallContext call) {
        return bucketOperations.listBuckets(in, call);
    }

    @Override
    public GetBucketLocationOutput getBucketLocation(GetBucketLocationRequest in, CallContext call) {
        return bucketOperations.getBucketLocation(in, call);
    }

    @Override
    public PutBucketVersioningResponse putBucketVersioning(PutBucketVersioningRequest in, CallContext call) {
        return bucketOperations.putBucketVersioning(in, call);
    }

    @Override
    public GetBucketVersioningOutput getBucketVersioning(GetBucketVersioningRequest in, CallContext call) {
        return bucketOperations.getBucketVersioning(in, call);
    }

    // ---- bucket configurations --------------------------------------------------------------------------------------

    @Override
    public PutBucketTaggingResponse putBucketTagging(PutBucketTaggingRequest in, CallContext call) {
        return configurations.putBucketTagging(in, call);
    }

    @Override
    public GetBucketTaggingOutput getBucketTagging(GetBucketTaggingRequest in, CallContext call) {
        return configurations.getBucketTagging(in, call);
    }

    @Override
    public DeleteBucketTaggingResponse deleteBucketTagging(DeleteBucketTaggingRequest in, CallContext call) {
        return configurations.deleteBucketTagging(in, call);
    }

    @Override
    public PutBucketCorsResponse putBucketCors(PutBucketCorsRequest in, CallContext call) {
        return configurations.putBucketCors(in, call);
    }

    @Override
    public GetBucketCorsOutput getBucketCors(GetBucketCorsRequest in, CallContext call) {
        return configurations.getBucketCors(in, call);
    }

    @Override
    public DeleteBucketCorsResponse deleteBucketCors(DeleteBucketCorsRequest in, CallContext call) {
        return configurations.deleteBucketCors(in, call);
    }

    @Override
    public PutBucketEncryptionResponse putBucketEncryption(PutBucketEncryptionRequest in, CallContext call) {
        return configurations.putBucketEncryption(in, call);
    }

    @Override
    public GetBucketEncryptionOutput getBucketEncryption(GetBucketEncryptionRequest in, CallContext call) {
        return configurations.getBucketEncryption(in, call);
    }

    @Override
    public DeleteBucketEncryptionResponse deleteBucketEncryption(DeleteBucketEncryptionRequest in, CallContext call) {
        return configurations.deleteBucketEncryption(in, call);
    }

    @Override
    public PutBucketOwnershipControlsResponse putBucketOwnershipControls(
            PutBucketOwnershipControlsRequest in, CallContext call) {
        return configurations.putBucketOwnershipControls(in, call);
    }

    @Override
    public GetBucketOwnershipControlsOutput getBucketOwnershipControls(
            GetBucketOwnershipControlsRequest in, CallContext call) {
        return configurations.getBucketOwnershipControls(in, call);
    }

    @Override
    public DeleteBucketOwnershipControlsResponse deleteBucketOwnershipControls(
            DeleteBucketOwnershipControlsRequest in, CallContext call) {
        return configurations.deleteBucketOwnershipControls(in, call);
    }

    @Override
    public PutBucketLoggingResponse putBucketLogging(PutBucketLoggingRequest in, CallContext call) {
        return configurations.putBucketLogging(in, call);
    }

    @Override
    public GetBucketLoggingOutput getBucketLogging(GetBucketLoggingRequest in, CallContext call) {
        return configurations.getBucketLogging(in, call);
    }

    @Override
    public PutBucketAccelerateConfigurationResponse putBucketAccelerateConfiguration(
            PutBucketAccelerateConfigurationRequest in, CallContext call) {
        return configurations.putBucketAccelerateConfiguration(in, call);
    }

    @Override
    public GetBucketAccelerateConfigurationOutput getBucketAccelerateConfiguration(
            GetBucketAccelerateConfigurationRequest in, CallContext call) {
        return configurations.getBucketAccelerateConfiguration(in, call);
    }

    @Override
    public PutBucketRequestPaymentResponse putBucketRequestPayment(
            PutBucketRequestPaymentRequest in, CallContext call) {
        return configurations.putBucketRequestPayment(in, call);
    }

    @Override
    public GetBucketRequestPaymentOutput getBucketRequestPayment(GetBucketRequestPaymentRequest in, CallContext call) {
        return configurations.getBucketRequestPayment(in, call);
    }

    @Override
    public PutBucketAbacResponse putBucketAbac(PutBucketAbacRequest in, CallContext call) {
        return configurations.putBucketAbac(in, call);
    }

    @Override
    public GetBucketAbacOutput getBucketAbac(GetBucketAbacRequest in, CallContext call) {
        return configurations.getBucketAbac(in, call);
    }

    // ---- policies and public access ---------------------------------------------------------------------------------

    @Override
    public PutBucketPolicyResponse putBucketPolicy(PutBucketPolicyRequest in, CallContext call) {
        return policies.putBucketPolicy(in, call);
    }

    @Override
    public GetBucketPolicyOutput getBucketPolicy(GetBucketPolicyRequest in, CallContext call) {
        return policies.getBucketPolicy(in, call);
    }

    @Override
    public GetBucketPolicyStatusOutput getBucketPolicyStatus(GetBucketPolicyStatusRequest in, CallContext call) {
        return policies.getBucketPolicyStatus(in, call);
    }

    @Override
    public DeleteBucketPolicyResponse deleteBucketPolicy(DeleteBucketPolicyRequest in, CallContext call) {
        return policies.deleteBucketPolicy(in, call);
    }

    @Override
    public PutPublicAccessBlockResponse putPublicAccessBlock(PutPublicAccessBlockRequest in, CallContext call) {
        return policies.putPublicAccessBlock(in, call);
    }

    @Override
    public GetPublicAccessBlockOutput getPublicAccessBlock(GetPublicAccessBlockRequest in, CallContext call) {
        return policies.getPublicAccessBlock(in, call);
    }

    @Override
    public DeletePublicAccessBlockResponse deletePublicAccessBlock(
            DeletePublicAccessBlockRequest in, CallContext call) {
        return policies.deletePublicAccessBlock(in, call);
    }

    // ---- access control lists ---------------------------------------------------------------------------------------

    @Override
    public PutBucketAclResponse putBucketAcl(PutBucketAclRequest in, CallContext call) {
        return acls.putBucketAcl(in, call);
    }

    @Override
    public GetBucketAclOutput getBucketAcl(GetBucketAclRequest in, CallContext call) {
        return acls.getBucketAcl(in, call);
    }

    @Override
    public PutObjectAclOutput putObjectAcl(PutObjectAclRequest in, CallContext call) {
        return acls.putObjectAcl(in, call);
    }

    @Override
    public GetObjectAclOutput getObjectAcl(GetObjectAclRequest in, CallContext call) {
        return acls.getObjectAcl(in, call);
    }

    // ---- lifecycle --------------------------------------------------------------------------------------------------

    @Override
    public PutBucketLifecycleConfigurationOutput putBucketLifecycleConfiguration(
            PutBucketLifecycleConfigurationRequest in, CallContext call) {
        return lifecycle.putBucketLifecycleConfiguration(in, call);
    }

    @Override
    public GetBucketLifecycleConfigurationOutput getBucketLifecycleConfiguration(
            GetBucketLifecycleConfigurationRequest in, CallContext call) {
        return lifecycle.getBucketLifecycleConfiguration(in, call);
    }

    @Override
    public DeleteBucketLifecycleResponse deleteBucketLifecycle(DeleteBucketLifecycleRequest in, CallContext call) {
        return lifecycle.deleteBucketLifecycle(in, call);
    }

    // ---- notifications ----------------------------------------------------------------------------------------------

    @Override
    public PutBucketNotificationConfigurationResponse putBucketNotificationConfiguration(
            PutBucketNotificationConfigurationRequest in, CallContext call) {
        return notifications.putBucketNotificationConfiguration(in, call);
    }

    @Override
    public NotificationConfiguration getBucketNotificationConfiguration(
            GetBucketNotificationConfigurationRequest in, CallContext call) {
        return notifications.getBucketNotificationConfiguration(in, call);
    }

    // ---- configurations without effect ------------------------------------------------------------------------------

    @Override
    public PutBucketAnalyticsConfigurationResponse putBucketAnalyticsConfiguration(
            PutBucketAnalyticsConfigurationRequest in, CallContext call) {
        return stated.putBucketAnalyticsConfiguration(in, call);
    }

    @Override
    public GetBucketAnalyticsConfigurationOutput getBucketAnalyticsConfiguration(
            GetBucketAnalyticsConfigurationRequest in, CallContext call) {
        return stated.getBucketAnalyticsConfiguration(in, call);
    }

    @Override
    public ListBucketAnalyticsConfigurationsOutput listBucketAnalyticsConfigurations(
            ListBucketAnalyticsConfigurationsRequest in, CallContext call) {
        return stated.listBucketAnalyticsConfigurations(in, call);
    }

    @Override
    public DeleteBucketAnalyticsConfigurationResponse deleteBucketAnalyticsConfiguration(
            DeleteBucketAnalyticsConfigurationRequest in, CallContext call) {
        return stated.deleteBucketAnalyticsConfiguration(in, call);
    }

    @Override
    public PutBucketIntelligentTieringConfigurationResponse putBucketIntelligentTieringConfiguration(
            PutBucketIntelligentTieringConfigurationRequest in, CallContext call) {
        return stated.putBucketIntelligentTieringConfiguration(in, call);
    }

    @Override
    public GetBucketIntelligentTieringConfigurationOutput getBucketIntelligentTieringConfiguration(
            GetBucketIntelligentTieringConfigurationRequest in, CallContext call) {
        return stated.getBucketIntelligentTieringConfiguration(in, call);
    }

    @Override
    public ListBucketIntelligentTieringConfigurationsOutput listBucketIntelligentTieringConfigurations(
            ListBucketIntelligentTieringConfigurationsRequest in, CallContext call) {
        return stated.listBucketIntelligentTieringConfigurations(in, call);
    }

    @Override
    public DeleteBucketIntelligentTieringConfigurationResponse deleteBucketIntelligentTieringConfiguration(
            DeleteBucketIntelligentTieringConfigurationRequest in, CallContext call) {
        return stated.deleteBucketIntelligentTieringConfiguration(in, call);
    }

    @Override
    public PutBucketInventoryConfigurationResponse putBucketInventoryConfiguration(
            PutBucketInventoryConfigurationRequest in, CallContext call) {
        return stated.putBucketInventoryConfiguration(in, call);
    }

    @Override
    public GetBucketInventoryConfigurationOutput getBucketInventoryConfiguration(
            GetBucketInventoryConfigurationRequest in, CallContext call) {
        return stated.getBucketInventoryConfiguration(in, call);
    }

    @Override
    public ListBucketInventoryConfigurationsOutput listBucketInventoryConfigurations(
            ListBucketInventoryConfigurationsRequest in, CallContext call) {
        return stated.listBucketInventoryConfigurations(in, call);
    }

    @Override
    public DeleteBucketInventoryConfigurationResponse deleteBucketInventoryConfiguration(
            DeleteBucketInventoryConfigurationRequest in, CallContext call) {
        return stated.deleteBucketInventoryConfiguration(in, call);
    }

    @Override
    public PutBucketMetricsConfigurationResponse putBucketMetricsConfiguration(
            PutBucketMetricsConfigurationRequest in, CallContext call) {
        return stated.putBucketMetricsConfiguration(in, call);
    }

    @Override
    public GetBucketMetricsConfigurationOutput getBucketMetricsConfiguration(
            GetBucketMetricsConfigurationRequest in, CallContext call) {
        return stated.getBucketMetricsConfiguration(in, call);
    }

    @Override
    public ListBucketMetricsConfigurationsOutput listBucketMetricsConfigurations(
            ListBucketMetricsConfigurationsRequest in, CallContext call) {
        return stated.listBucketMetricsConfigurations(in, call);
    }

    @Override
    public DeleteBucketMetricsConfigurationResponse deleteBucketMetricsConfiguration(
            DeleteBucketMetricsConfigurationRequest in, CallContext call) {
        return stated.deleteBucketMetricsConfiguration(in, call);
    }

    @Override
    public PutBucketWebsiteResponse putBucketWebsite(PutBucketWebsiteRequest in, CallContext call) {
        return website.putBucketWebsite(in, call);
    }

    @Override
    public GetBucketWebsiteOutput getBucketWebsite(GetBucketWebsiteRequest in, CallContext call) {
        return website.getBucketWebsite(in, call);
    }

    @Override
    public DeleteBucketWebsiteResponse deleteBucketWebsite(DeleteBucketWebsiteRequest in, CallContext call) {
        return website.deleteBucketWebsite(in, call);
    }

    @Override
    public PutBucketReplicationResponse putBucketReplication(PutBucketReplicationRequest in, CallContext call) {
        return replication.putBucketReplication(in, call);
    }

    @Override
    public GetBucketReplicationOutput getBucketReplication(GetBucketReplicationRequest in, CallContext call) {
        return replication.getBucketReplication(in, call);
    }

    @Override
    public DeleteBucketReplicationResponse deleteBucketReplication(
            DeleteBucketReplicationRequest in, CallContext call) {
        return replication.deleteBucketReplication(in, call);
    }

    // ---- objects: writing -------------------------------------------------------------------------------------------

    @Override
    public PutObjectOutput putObject(PutObjectRequest in, CallContext call) {
        return puts.putObject(in, call);
    }

    @Override
    public CopyObjectOutput copyObject(CopyObjectRequest in, CallContext call) {
        return puts.copyObject(in, call);
    }

    @Override
    public PostObjectOutput postObject(PostObjectRequest in, CallContext call) {
        return forms.postObject(in, call);
    }

    // ---- objects: reading -------------------------------------------------------------------------------------------

    @Override
    public GetObjectOutput getObject(GetObjectRequest in, CallContext call) {
        return gets.getObject(in, call);
    }

    @Override
    public HeadObjectOutput headObject(HeadObjectRequest in, CallContext call) {
        return gets.headObject(in, call);
    }

    @Override
    public GetObjectAttributesOutput getObjectAttributes(GetObjectAttributesRequest in, CallContext call) {
        return gets.getObjectAttributes(in, call);
    }

    // ---- objects: deleting ------------------------------------------------------------------------------------------

    @Override
    public DeleteObjectOutput deleteObject(DeleteObjectRequest in, CallContext call) {
        return deletes.deleteObject(in, call);
    }

    @Override
    public DeleteObjectsOutput deleteObjects(DeleteObjectsRequest in, CallContext call) {
        return deletes.deleteObjects(in, call);
    }

    // ---- objects: tags and archives ---------------------------------------------------------------------------------

    @Override
    public PutObjectTaggingOutput putObjectTagging(PutObjectTaggingRequest in, CallContext call) {
        return objectState.putObjectTagging(in, call);
    }

    @Override
    public GetObjectTaggingOutput getObjectTagging(GetObjectTaggingRequest in, CallContext call) {
        return objectState.getObjectTagging(in, call);
    }

    @Override
    public DeleteObjectTaggingOutput deleteObjectTagging(DeleteObjectTaggingRequest in, CallContext call) {
        return objectState.deleteObjectTagging(in, call);
    }

    @Override
    public RestoreObjectOutput restoreObject(RestoreObjectRequest in, CallContext call) {
        return restores.restoreObject(in, call);
    }

    @Override
    public UpdateObjectEncryptionResponse updateObjectEncryption(UpdateObjectEncryptionRequest in, CallContext call) {
        return objectState.updateObjectEncryption(in, call);
    }

    // ---- object lock ------------------------------------------------------------------------------------------------

    @Override
    public PutObjectLockConfigurationOutput putObjectLockConfiguration(
            PutObjectLockConfigurationRequest in, CallContext call) {
        return locks.putObjectLockConfiguration(in, call);
    }

    @Override
    public GetObjectLockConfigurationOutput getObjectLockConfiguration(
            GetObjectLockConfigurationRequest in, CallContext call) {
        return locks.getObjectLockConfiguration(in, call);
    }

    @Override
    public PutObjectRetentionOutput putObjectRetention(PutObjectRetentionRequest in, CallContext call) {
        return locks.putObjectRetention(in, call);
    }

    @Override
    public GetObjectRetentionOutput getObjectRetention(GetObjectRetentionRequest in, CallContext call) {
        return locks.getObjectRetention(in, call);
    }

    @Override
    public PutObjectLegalHoldOutput putObjectLegalHold(PutObjectLegalHoldRequest in, CallContext call) {
        return locks.putObjectLegalHold(in, call);
    }

    @Override
    public GetObjectLegalHoldOutput getObjectLegalHold(GetObjectLegalHoldRequest in, CallContext call) {
        return locks.getObjectLegalHold(in, call);
    }

    // ---- listings ---------------------------------------------------------------------------------------------------

    @Override
    public ListObjectsV2Output listObjectsV2(ListObjectsV2Request in, CallContext call) {
        return listing.listObjectsV2(in, call);
    }

    @Override
    public ListObjectsOutput listObjects(ListObjectsRequest in, CallContext call) {
        return listing.listObjects(in, call);
    }

    @Override
    public ListObjectVersionsOutput listObjectVersions(ListObjectVersionsRequest in, CallContext call) {
        return versions.listObjectVersions(in, call).inTwoLists();
    }

    // ---- uploads in parts -------------------------------------------------------------------------------------------

    @Override
    public CreateMultipartUploadOutput createMultipartUpload(CreateMultipartUploadRequest in, CallContext call) {
        return multipart.createMultipartUpload(in, call);
    }

    @Override
    public UploadPartOutput uploadPart(UploadPartRequest in, CallContext call) {
        return multipart.uploadPart(in, call);
    }

    @Override
    public UploadPartCopyOutput uploadPartCopy(UploadPartCopyRequest in, CallContext call) {
        return multipart.uploadPartCopy(in, call);
    }

    @Override
    public AbortMultipartUploadOutput abortMultipartUpload(AbortMultipartUploadRequest in, CallContext call) {
        return multipart.abortMultipartUpload(in, call);
    }

    @Override
    public CompleteMultipartUploadOutput completeMultipartUpload(CompleteMultipartUploadRequest in, CallContext call) {
        return completion.completeMultipartUpload(in, call);
    }

    @Override
    public ListMultipartUploadsOutput listMultipartUploads(ListMultipartUploadsRequest in, CallContext call) {
        return uploads.listMultipartUploads(in, call);
    }

    @Override
    public ListPartsOutput listParts(ListPartsRequest in, CallContext call) {
        return uploads.listParts(in, call);
    }
}
