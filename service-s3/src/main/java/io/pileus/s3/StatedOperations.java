package io.pileus.s3;

import io.pileus.core.service.CallContext;
import io.pileus.s3.model.AnalyticsConfiguration;
import io.pileus.s3.model.DeleteBucketAnalyticsConfigurationRequest;
import io.pileus.s3.model.DeleteBucketAnalyticsConfigurationResponse;
import io.pileus.s3.model.DeleteBucketIntelligentTieringConfigurationRequest;
import io.pileus.s3.model.DeleteBucketIntelligentTieringConfigurationResponse;
import io.pileus.s3.model.DeleteBucketInventoryConfigurationRequest;
import io.pileus.s3.model.DeleteBucketInventoryConfigurationResponse;
import io.pileus.s3.model.DeleteBucketMetricsConfigurationRequest;
import io.pileus.s3.model.DeleteBucketMetricsConfigurationResponse;
import io.pileus.s3.model.GetBucketAnalyticsConfigurationOutput;
import io.pileus.s3.model.GetBucketAnalyticsConfigurationRequest;
import io.pileus.s3.model.GetBucketIntelligentTieringConfigurationOutput;
import io.pileus.s3.model.GetBucketIntelligentTieringConfigurationRequest;
import io.pileus.s3.model.GetBucketInventoryConfigurationOutput;
import io.pileus.s3.model.GetBucketInventoryConfigurationRequest;
import io.pileus.s3.model.GetBucketMetricsConfigurationOutput;
import io.pileus.s3.model.GetBucketMetricsConfigurationRequest;
import io.pileus.s3.model.IntelligentTieringConfiguration;
import io.pileus.s3.model.InventoryConfiguration;
import io.pileus.s3.model.ListBucketAnalyticsConfigurationsOutput;
import io.pileus.s3.model.ListBucketAnalyticsConfigurationsRequest;
import io.pileus.s3.model.ListBucketIntelligentTieringConfigurationsOutput;
import io.pileus.s3.model.ListBucketIntelligentTieringConfigurationsRequest;
import io.pileus.s3.model.ListBucketInventoryConfigurationsOutput;
import io.pileus.s3.model.ListBucketInventoryConfigurationsRequest;
import io.pileus.s3.model.ListBucketMetricsConfigurationsOutput;
import io.pileus.s3.model.ListBucketMetricsConfigurationsRequest;
import io.pileus.s3.model.MetricsConfiguration;
import io.pileus.s3.model.PutBucketAnalyticsConfigurationRequest;
import io.pileus.s3.model.PutBucketAnalyticsConfigurationResponse;
import io.pileus.s3.model.PutBucketIntelligentTieringConfigurationRequest;
import io.pileus.s3.model.PutBucketIntelligentTieringConfigurationResponse;
import io.pileus.s3.model.PutBucketInventoryConfigurationRequest;
import io.pileus.s3.model.PutBucketInventoryConfigurationResponse;
import io.pileus.s3.model.PutBucketMetricsConfigurationRequest;
import io.pileus.s3.model.PutBucketMetricsConfigurationResponse;
import io.pileus.s3.model.Tiering;

/** Configurations that are kept and shown, and have no effect here: said in the log whenever one is put. */
final class StatedOperations {
    private static final int TIERING_DAYS_MAX = 730;

    private final Buckets buckets;
    private final ConfigurationsById<AnalyticsConfiguration> analytics =
            new ConfigurationsById<>(AnalyticsConfiguration.class);
    private final ConfigurationsById<IntelligentTieringConfiguration> intelligentTiering =
            new ConfigurationsById<>(IntelligentTieringConfiguration.class);
    private final ConfigurationsById<InventoryConfiguration> inventory =
            new ConfigurationsById<>(InventoryConfiguration.class);
    private final ConfigurationsById<MetricsConfiguration> metrics =
            new ConfigurationsById<>(MetricsConfiguration.class);

    StatedOperations(Buckets buckets) {
        this.buckets = buckets;
    }

    // ---- storage class analysis ------------------------------------------------------------------------------

    PutBucketAnalyticsConfigurationResponse putBucketAnalyticsConfiguration(
            PutBucketAnalyticsConfigurationRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        analytics.put(bucket, in.id(), in.analyticsConfiguration().id(), in.analyticsConfiguration());
        call.notEmulated("Storage class analysis");
        return PutBucketAnalyticsConfigurationResponse.builder().build();
    }

    GetBucketAnalyticsConfigurationOutput getBucketAnalyticsConfiguration(
            GetBucketAnalyticsConfigurationRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        return GetBucketAnalyticsConfigurationOutput.builder()
                .analyticsConfiguration(analytics.get(bucket, in.id()))
                .build();
    }

    ListBucketAnalyticsConfigurationsOutput listBucketAnalyticsConfigurations(
            ListBucketAnalyticsConfigurationsRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        ConfigurationsById.Page<AnalyticsConfiguration> page = analytics.list(bucket, in.continuationToken());
        return ListBucketAnalyticsConfigurationsOutput.builder()
                .isTruncated(page.truncated())
                .continuationToken(in.continuationToken())
                .nextContinuationToken(page.next())
                .analyticsConfigurationList(page.configurations())
                .build();
    }

    DeleteBucketAnalyticsConfigurationResponse deleteBucketAnalyticsConfiguration(
            DeleteBucketAnalyticsConfigurationRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        analytics.delete(bucket, in.id());
        return DeleteBucketAnalyticsConfigurationResponse.builder().build();
    }

    // ---- intelligent-tiering archives ------------------------------------------------------------------------

    PutBucketIntelligentTieringConfigurationResponse putBucketIntelligentTieringConfiguration(
            PutBucketIntelligentTieringConfigurationRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        in.intelligentTieringConfiguration().tierings().forEach(StatedOperations::check);
        intelligentTiering.put(
                bucket, in.id(), in.intelligentTieringConfiguration().id(), in.intelligentTieringConfiguration());
        call.notEmulated("Intelligent-Tiering archives");
        return PutBucketIntelligentTieringConfigurationResponse.builder().build();
    }

    /**
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_Tiering.html">Tiering</a>, and
     *     <a href="https://github.com/aws-cloudformation/cfn-lint/issues/3992">an answer</a>
     */
    private static void check(Tiering tiering) {
        String tier = tiering.accessTier();
        Integer days = tiering.days();
        if (tier == null || days == null) {
            throw S3Errors.malformedXml();
        }
        int daysMin = tier.equals("DEEP_ARCHIVE_ACCESS") ? 180 : 90;
        if (days < daysMin) {
            throw S3Errors.invalidArgument(
                    "Days specified in " + tier + " tier should not be less than " + daysMin + ".");
        }
        if (days > TIERING_DAYS_MAX) {
            throw S3Errors.invalidArgument(
                    "Days specified in " + tier + " tier should not be more than " + TIERING_DAYS_MAX + ".");
        }
    }

    GetBucketIntelligentTieringConfigurationOutput getBucketIntelligentTieringConfiguration(
            GetBucketIntelligentTieringConfigurationRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        return GetBucketIntelligentTieringConfigurationOutput.builder()
                .intelligentTieringConfiguration(intelligentTiering.get(bucket, in.id()))
                .build();
    }

    ListBucketIntelligentTieringConfigurationsOutput listBucketIntelligentTieringConfigurations(
            ListBucketIntelligentTieringConfigurationsRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        ConfigurationsById.Page<IntelligentTieringConfiguration> page =
                intelligentTiering.list(bucket, in.continuationToken());
        return ListBucketIntelligentTieringConfigurationsOutput.builder()
                .isTruncated(page.truncated())
                .continuationToken(in.continuationToken())
                .nextContinuationToken(page.next())
                .intelligentTieringConfigurationList(page.configurations())
                .build();
    }

    DeleteBucketIntelligentTieringConfigurationResponse deleteBucketIntelligentTieringConfiguration(
            DeleteBucketIntelligentTieringConfigurationRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        intelligentTiering.delete(bucket, in.id());
        return DeleteBucketIntelligentTieringConfigurationResponse.builder().build();
    }

    // ---- inventories -----------------------------------------------------------------------------------------

    PutBucketInventoryConfigurationResponse putBucketInventoryConfiguration(
            PutBucketInventoryConfigurationRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        inventory.put(bucket, in.id(), in.inventoryConfiguration().id(), in.inventoryConfiguration());
        call.notEmulated("Inventories");
        return PutBucketInventoryConfigurationResponse.builder().build();
    }

    GetBucketInventoryConfigurationOutput getBucketInventoryConfiguration(
            GetBucketInventoryConfigurationRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        return GetBucketInventoryConfigurationOutput.builder()
                .inventoryConfiguration(inventory.get(bucket, in.id()))
                .build();
    }

    ListBucketInventoryConfigurationsOutput listBucketInventoryConfigurations(
            ListBucketInventoryConfigurationsRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        ConfigurationsById.Page<InventoryConfiguration> page = inventory.list(bucket, in.continuationToken());
        return ListBucketInventoryConfigurationsOutput.builder()
                .isTruncated(page.truncated())
                .continuationToken(in.continuationToken())
                .nextContinuationToken(page.next())
                .inventoryConfigurationList(page.configurations())
                .build();
    }

    DeleteBucketInventoryConfigurationResponse deleteBucketInventoryConfiguration(
            DeleteBucketInventoryConfigurationRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        inventory.delete(bucket, in.id());
        return DeleteBucketInventoryConfigurationResponse.builder().build();
    }

    // ---- request metrics -------------------------------------------------------------------------------------

    PutBucketMetricsConfigurationResponse putBucketMetricsConfiguration(
            PutBucketMetricsConfigurationRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        metrics.put(bucket, in.id(), in.metricsConfiguration().id(), in.metricsConfiguration());
        call.notEmulated("Request metrics");
        return PutBucketMetricsConfigurationResponse.builder().build();
    }

    GetBucketMetricsConfigurationOutput getBucketMetricsConfiguration(
            GetBucketMetricsConfigurationRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        return GetBucketMetricsConfigurationOutput.builder()
                .metricsConfiguration(metrics.get(bucket, in.id()))
                .build();
    }

    ListBucketMetricsConfigurationsOutput listBucketMetricsConfigurations(
            ListBucketMetricsConfigurationsRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        ConfigurationsById.Page<MetricsConfiguration> page = metrics.list(bucket, in.continuationToken());
        return ListBucketMetricsConfigurationsOutput.builder()
                .isTruncated(page.truncated())
                .continuationToken(in.continuationToken())
                .nextContinuationToken(page.next())
                .metricsConfigurationList(page.configurations())
                .build();
    }

    DeleteBucketMetricsConfigurationResponse deleteBucketMetricsConfiguration(
            DeleteBucketMetricsConfigurationRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        metrics.delete(bucket, in.id());
        return DeleteBucketMetricsConfigurationResponse.builder().build();
    }
}
