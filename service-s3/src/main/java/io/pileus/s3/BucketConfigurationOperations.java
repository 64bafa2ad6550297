package io.pileus.s3;

import io.pileus.core.service.CallContext;
import io.pileus.s3.model.AbacStatus;
import io.pileus.s3.model.AccelerateConfiguration;
import io.pileus.s3.model.BucketLoggingStatus;
import io.pileus.s3.model.CORSConfiguration;
import io.pileus.s3.model.CORSRule;
import io.pileus.s3.model.DeleteBucketCorsRequest;
import io.pileus.s3.model.DeleteBucketCorsResponse;
import io.pileus.s3.model.DeleteBucketEncryptionRequest;
import io.pileus.s3.model.DeleteBucketEncryptionResponse;
import io.pileus.s3.model.DeleteBucketOwnershipControlsRequest;
import io.pileus.s3.model.DeleteBucketOwnershipControlsResponse;
import io.pileus.s3.model.DeleteBucketTaggingRequest;
import io.pileus.s3.model.DeleteBucketTaggingResponse;
import io.pileus.s3.model.GetBucketAbacOutput;
import io.pileus.s3.model.GetBucketAbacRequest;
import io.pileus.s3.model.GetBucketAccelerateConfigurationOutput;
import io.pileus.s3.model.GetBucketAccelerateConfigurationRequest;
import io.pileus.s3.model.GetBucketCorsOutput;
import io.pileus.s3.model.GetBucketCorsRequest;
import io.pileus.s3.model.GetBucketEncryptionOutput;
import io.pileus.s3.model.GetBucketEncryptionRequest;
import io.pileus.s3.model.GetBucketLoggingOutput;
import io.pileus.s3.model.GetBucketLoggingRequest;
import io.pileus.s3.model.GetBucketOwnershipControlsOutput;
import io.pileus.s3.model.GetBucketOwnershipControlsRequest;
import io.pileus.s3.model.GetBucketRequestPaymentOutput;
import io.pileus.s3.model.GetBucketRequestPaymentRequest;
import io.pileus.s3.model.GetBucketTaggingOutput;
import io.pileus.s3.model.GetBucketTaggingRequest;
import io.pileus.s3.model.OwnershipControls;
import io.pileus.s3.model.OwnershipControlsRule;
import io.pileus.s3.model.PutBucketAbacRequest;
import io.pileus.s3.model.PutBucketAbacResponse;
import io.pileus.s3.model.PutBucketAccelerateConfigurationRequest;
import io.pileus.s3.model.PutBucketAccelerateConfigurationResponse;
import io.pileus.s3.model.PutBucketCorsRequest;
import io.pileus.s3.model.PutBucketCorsResponse;
import io.pileus.s3.model.PutBucketEncryptionRequest;
import io.pileus.s3.model.PutBucketEncryptionResponse;
import io.pileus.s3.model.PutBucketLoggingRequest;
import io.pileus.s3.model.PutBucketLoggingResponse;
import io.pileus.s3.model.PutBucketOwnershipControlsRequest;
import io.pileus.s3.model.PutBucketOwnershipControlsResponse;
import io.pileus.s3.model.PutBucketRequestPaymentRequest;
import io.pileus.s3.model.PutBucketRequestPaymentResponse;
import io.pileus.s3.model.PutBucketTaggingRequest;
import io.pileus.s3.model.PutBucketTaggingResponse;
import io.pileus.s3.model.RequestPaymentConfiguration;
import io.pileus.s3.model.ServerSideEncryptionByDefault;
import io.pileus.s3.model.ServerSideEncryptionConfiguration;
import io.pileus.s3.model.ServerSideEncryptionRule;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The configurations that a bucket has once at most, one pair of operations after the other. */
final class BucketConfigurationOperations {
    private static final Set<String> CORS_METHODS = Set.of("GET", "PUT", "POST", "DELETE", "HEAD");
    private static final int CORS_RULES_MAX = 100;

    private final Buckets buckets;

    BucketConfigurationOperations(Buckets buckets) {
        this.buckets = buckets;
    }

    // ---- tagging ------------------------------------------------------------------------------------------------

    PutBucketTaggingResponse putBucketTagging(PutBucketTaggingRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        bucket.tags = Tags.ofBucket(in.tagging().tagSet());
        return PutBucketTaggingResponse.builder().build();
    }

    GetBucketTaggingOutput getBucketTagging(GetBucketTaggingRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        if (bucket.tags.isEmpty()) {
            throw S3Errors.noSuchTagSet(bucket.name);
        }
        return GetBucketTaggingOutput.builder().tagSet(Tags.list(bucket.tags)).build();
    }

    DeleteBucketTaggingResponse deleteBucketTagging(DeleteBucketTaggingRequest in, CallContext call) {
        buckets.of(in.bucket(), in.expectedBucketOwner(), call).tags = Map.of();
        return DeleteBucketTaggingResponse.builder().build();
    }

    // ---- CORS ---------------------------------------------------------------------------------------------------

    PutBucketCorsResponse putBucketCors(PutBucketCorsRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        List<CORSRule> rules = in.corsConfiguration().corsRules();
        if (rules.isEmpty() || rules.size() > CORS_RULES_MAX) {
            throw S3Errors.malformedXml();
        }
        for (CORSRule rule : rules) {
            if (rule.allowedMethods().isEmpty() || rule.allowedOrigins().isEmpty()) {
                throw S3Errors.malformedXml();
            }
            for (String method : rule.allowedMethods()) {
                if (!CORS_METHODS.contains(method)) {
                    throw S3Errors.invalidRequest(
                            "Found unsupported HTTP method in CORS config. Unsupported method is " + method);
                }
            }
            for (String origin : rule.allowedOrigins()) {
                checkOneStar("AllowedOrigin", origin);
            }
            for (String header : rule.allowedHeaders()) {
                checkOneStar("AllowedHeader", header);
            }
            for (String header : rule.exposeHeaders()) {
                if (header.contains("*")) {
                    throw S3Errors.invalidRequest("ExposeHeader \"" + header
                            + "\" contains wildcard. We currently do not support wildcard for ExposeHeader.");
                }
            }
        }
        bucket.configure(CORSConfiguration.class, in.corsConfiguration());
        return PutBucketCorsResponse.builder().build();
    }

    private static void checkOneStar(String element, String pattern) {
        if (pattern.indexOf('*') != pattern.lastIndexOf('*')) {
            throw S3Errors.invalidRequest(element + " \"" + pattern + "\" can not have more than one wildcard.");
        }
    }

    GetBucketCorsOutput getBucketCors(GetBucketCorsRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        return GetBucketCorsOutput.builder()
                .corsRules(bucket.configuration(CORSConfiguration.class)
                        .orElseThrow(() -> S3Errors.noSuchCors(bucket.name))
                        .corsRules())
                .build();
    }

    DeleteBucketCorsResponse deleteBucketCors(DeleteBucketCorsRequest in, CallContext call) {
        buckets.of(in.bucket(), in.expectedBucketOwner(), call).deconfigure(CORSConfiguration.class);
        return DeleteBucketCorsResponse.builder().build();
    }

    // ---- encryption ---------------------------------------------------------------------------------------------

    PutBucketEncryptionResponse putBucketEncryption(PutBucketEncryptionRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        List<ServerSideEncryptionRule> rules =
                in.serverSideEncryptionConfiguration().rules();
        if (rules.size() != 1) {
            throw S3Errors.malformedXml();
        }
        ServerSideEncryptionRule rule = rules.getFirst();
        ServerSideEncryptionByDefault byDefault = rule.applyServerSideEncryptionByDefault();
        if (byDefault != null) {
            String algorithm = byDefault.sseAlgorithm();
            if (!Set.of("AES256", "aws:kms", "aws:kms:dsse").contains(String.valueOf(algorithm))) {
                throw S3Errors.malformedXml();
            }
            if (byDefault.kmsMasterKeyID() != null && "AES256".equals(algorithm)) {
                throw S3Errors.invalidArgument(
                        "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
                        "ApplyServerSideEncryptionByDefault",
                        algorithm);
            }
        }
        if (rule.blockedEncryptionTypes() != null) {
            call.notEmulated("BlockedEncryptionTypes");
        }
        ServerSideEncryptionRule kept = rule.bucketKeyEnabled() == null
                ? rule.toBuilder().bucketKeyEnabled(false).build()
                : rule;
        bucket.configure(
                ServerSideEncryptionConfiguration.class,
                ServerSideEncryptionConfiguration.builder().rules(List.of(kept)).build());
        return PutBucketEncryptionResponse.builder().build();
    }

    /** Every bucket encrypts: with S3's own keys where nothing else was said. */
    GetBucketEncryptionOutput getBucketEncryption(GetBucketEncryptionRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        return GetBucketEncryptionOutput.builder()
                .serverSideEncryptionConfiguration(bucket.configuration(ServerSideEncryptionConfiguration.class)
                        .orElseGet(BucketConfigurationOperations::byDefault))
                .build();
    }

    private static ServerSideEncryptionConfiguration byDefault() {
        return ServerSideEncryptionConfiguration.builder()
                .rules(List.of(ServerSideEncryptionRule.builder()
                        .applyServerSideEncryptionByDefault(ServerSideEncryptionByDefault.builder()
                                .sseAlgorithm("AES256")
                                .build())
                        .bucketKeyEnabled(false)
                        .build()))
                .build();
    }

    DeleteBucketEncryptionResponse deleteBucketEncryption(DeleteBucketEncryptionRequest in, CallContext call) {
        buckets.of(in.bucket(), in.expectedBucketOwner(), call).deconfigure(ServerSideEncryptionConfiguration.class);
        return DeleteBucketEncryptionResponse.builder().build();
    }

    // ---- ownership ----------------------------------------------------------------------------------------------

    PutBucketOwnershipControlsResponse putBucketOwnershipControls(
            PutBucketOwnershipControlsRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        List<OwnershipControlsRule> rules = in.ownershipControls().rules();
        if (rules.size() != 1) {
            throw S3Errors.malformedXml();
        }
        boolean enforces = AccessControl.ENFORCED.equals(rules.getFirst().objectOwnership());
        if (enforces && AclOperations.grantsToOthers(bucket)) {
            throw new S3Error(
                            "InvalidBucketAclWithObjectOwnership",
                            400,
                            "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting")
                    .with("BucketName", bucket.name);
        }
        bucket.configure(OwnershipControls.class, in.ownershipControls());
        return PutBucketOwnershipControlsResponse.builder().build();
    }

    GetBucketOwnershipControlsOutput getBucketOwnershipControls(
            GetBucketOwnershipControlsRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        return GetBucketOwnershipControlsOutput.builder()
                .ownershipControls(bucket.configuration(OwnershipControls.class)
                        .orElseThrow(() -> S3Errors.noOwnershipControls(bucket.name)))
                .build();
    }

    DeleteBucketOwnershipControlsResponse deleteBucketOwnershipControls(
            DeleteBucketOwnershipControlsRequest in, CallContext call) {
        buckets.of(in.bucket(), in.expectedBucketOwner(), call).deconfigure(OwnershipControls.class);
        return DeleteBucketOwnershipControlsResponse.builder().build();
    }

    // ---- logging ------------------------------------------------------------------------------------------------

    PutBucketLoggingResponse putBucketLogging(PutBucketLoggingRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        var enabled = in.bucketLoggingStatus().loggingEnabled();
        if (enabled == null) {
            bucket.deconfigure(BucketLoggingStatus.class);
            return PutBucketLoggingResponse.builder().build();
        }
        if (enabled.targetBucket() == null || enabled.targetPrefix() == null) {
            throw S3Errors.malformedXml();
        }
        BucketState target = buckets.all.get(enabled.targetBucket());
        if (target == null || !target.owner.equals(bucket.owner)) {
            throw new S3Error("InvalidTargetBucketForLogging", 400, "The target bucket for logging does not exist")
                    .with("TargetBucket", enabled.targetBucket());
        }
        if (!target.region.equals(bucket.region)) {
            throw new S3Error("CrossLocationLoggingProhibitted", 403, "Cross S3 location logging not allowed. ")
                    .with("TargetBucketLocation", target.region.id());
        }
        call.notEmulated("Server access logs");
        bucket.configure(BucketLoggingStatus.class, in.bucketLoggingStatus());
        return PutBucketLoggingResponse.builder().build();
    }

    GetBucketLoggingOutput getBucketLogging(GetBucketLoggingRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        return GetBucketLoggingOutput.builder()
                .loggingEnabled(bucket.configuration(BucketLoggingStatus.class)
                        .map(BucketLoggingStatus::loggingEnabled)
                        .orElse(null))
                .build();
    }

    // ---- transfer acceleration ----------------------------------------------------------------------------------

    PutBucketAccelerateConfigurationResponse putBucketAccelerateConfiguration(
            PutBucketAccelerateConfigurationRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        String status = in.accelerateConfiguration().status();
        if (!"Enabled".equals(status) && !"Suspended".equals(status)) {
            throw S3Errors.malformedXml();
        }
        if (bucket.name.contains(".")) {
            throw S3Errors.invalidRequest(
                    "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names");
        }
        bucket.configure(AccelerateConfiguration.class, in.accelerateConfiguration());
        return PutBucketAccelerateConfigurationResponse.builder().build();
    }

    GetBucketAccelerateConfigurationOutput getBucketAccelerateConfiguration(
            GetBucketAccelerateConfigurationRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        return GetBucketAccelerateConfigurationOutput.builder()
                .status(bucket.configuration(AccelerateConfiguration.class)
                        .map(AccelerateConfiguration::status)
                        .orElse(null))
                .build();
    }

    // ---- who pays -----------------------------------------------------------------------------------------------

    PutBucketRequestPaymentResponse putBucketRequestPayment(PutBucketRequestPaymentRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        String payer = in.requestPaymentConfiguration().payer();
        if (!"Requester".equals(payer) && !"BucketOwner".equals(payer)) {
            throw S3Errors.malformedXml();
        }
        bucket.configure(RequestPaymentConfiguration.class, in.requestPaymentConfiguration());
        return PutBucketRequestPaymentResponse.builder().build();
    }

    GetBucketRequestPaymentOutput getBucketRequestPayment(GetBucketRequestPaymentRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        return GetBucketRequestPaymentOutput.builder()
                .payer(bucket.configuration(RequestPaymentConfiguration.class)
                        .map(RequestPaymentConfiguration::payer)
                        .orElse("BucketOwner"))
                .build();
    }

    // ---- attribute-based access control -------------------------------------------------------------------------

    PutBucketAbacResponse putBucketAbac(PutBucketAbacRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        String status = in.abacStatus().status();
        if (!"Enabled".equals(status) && !"Disabled".equals(status)) {
            throw S3Errors.malformedXml();
        }
        if (status.equals("Enabled")) {
            call.notEmulated("Attribute-based access control by a bucket's tags");
        }
        bucket.configure(AbacStatus.class, in.abacStatus());
        return PutBucketAbacResponse.builder().build();
    }

    GetBucketAbacOutput getBucketAbac(GetBucketAbacRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        return GetBucketAbacOutput.builder()
                .abacStatus(bucket.configuration(AbacStatus.class)
                        .orElseGet(() -> AbacStatus.builder().status("Disabled").build()))
                .build();
    }
}
