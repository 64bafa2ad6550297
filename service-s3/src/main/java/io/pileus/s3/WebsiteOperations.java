package io.pileus.s3;

import io.pileus.core.service.CallContext;
import io.pileus.s3.model.Condition;
import io.pileus.s3.model.DeleteBucketWebsiteRequest;
import io.pileus.s3.model.DeleteBucketWebsiteResponse;
import io.pileus.s3.model.GetBucketWebsiteOutput;
import io.pileus.s3.model.GetBucketWebsiteRequest;
import io.pileus.s3.model.IndexDocument;
import io.pileus.s3.model.PutBucketWebsiteRequest;
import io.pileus.s3.model.PutBucketWebsiteResponse;
import io.pileus.s3.model.Redirect;
import io.pileus.s3.model.RedirectAllRequestsTo;
import io.pileus.s3.model.RoutingRule;
import io.pileus.s3.model.WebsiteConfiguration;
import org.jspecify.annotations.Nullable;

/** A bucket's website configuration; {@link WebsiteEndpoint} serves by it. */
final class WebsiteOperations {
    private static final int RULES_MAX = 50;

    private final Buckets buckets;

    WebsiteOperations(Buckets buckets) {
        this.buckets = buckets;
    }

    PutBucketWebsiteResponse putBucketWebsite(PutBucketWebsiteRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        WebsiteConfiguration website = in.websiteConfiguration();
        if (website.redirectAllRequestsTo() != null) {
            checkRedirectAll(website, website.redirectAllRequestsTo());
        } else {
            checkIndex(website.indexDocument());
        }
        if (website.routingRules().size() > RULES_MAX) {
            throw S3Errors.invalidRequest(website.routingRules().size()
                    + " routing rules provided, the number of routing rules in a website configuration is limited to "
                    + RULES_MAX + ".");
        }
        website.routingRules().forEach(WebsiteOperations::check);
        bucket.configure(WebsiteConfiguration.class, website);
        return PutBucketWebsiteResponse.builder().build();
    }

    private static void checkRedirectAll(WebsiteConfiguration website, RedirectAllRequestsTo all) {
        boolean more = website.indexDocument() != null
                || website.errorDocument() != null
                || !website.routingRules().isEmpty();
        if (more) {
            throw S3Errors.invalidArgument(
                    "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.",
                    "RedirectAllRequestsTo",
                    "not null");
        }
        checkProtocol(all.protocol());
    }

    private static void checkIndex(@Nullable IndexDocument index) {
        if (index == null || index.suffix() == null) {
            throw S3Errors.invalidArgument(
                    "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty",
                    "IndexDocument",
                    "null");
        }
        if (index.suffix().isEmpty() || index.suffix().contains("/")) {
            throw S3Errors.invalidArgument(
                    "The IndexDocument Suffix is not well formed", "IndexDocument", index.suffix());
        }
    }

    private static void check(RoutingRule rule) {
        Redirect redirect = rule.redirect();
        if (redirect == null) {
            throw S3Errors.malformedXml();
        }
        checkProtocol(redirect.protocol());
        String code = redirect.httpRedirectCode();
        if (code != null && !code.matches("3(0[1-9]|[1-9]\\d)")) {
            throw S3Errors.invalidRequest(
                    "The provided HTTP redirect code (" + code + ") is not valid. Valid codes are 3XX except 300.");
        }
        if (redirect.replaceKeyWith() != null && redirect.replaceKeyPrefixWith() != null) {
            throw S3Errors.invalidRequest("You can only define ReplaceKeyPrefix or ReplaceKey but not both.");
        }
        if (rule.condition() != null) {
            check(rule.condition());
        }
    }

    private static void check(Condition condition) {
        String error = condition.httpErrorCodeReturnedEquals();
        if (error == null && condition.keyPrefixEquals() == null) {
            throw S3Errors.invalidRequest(
                    "Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be present.");
        }
        if (error != null && !error.matches("[45]\\d\\d")) {
            throw S3Errors.invalidRequest(
                    "The provided HTTP error code (" + error + ") is not valid. Valid codes are 4XX or 5XX.");
        }
    }

    private static void checkProtocol(@Nullable String protocol) {
        if (protocol != null && !protocol.equals("http") && !protocol.equals("https")) {
            throw S3Errors.invalidRequest(
                    "Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically.");
        }
    }

    GetBucketWebsiteOutput getBucketWebsite(GetBucketWebsiteRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        WebsiteConfiguration website =
                bucket.configuration(WebsiteConfiguration.class).orElseThrow(() -> S3Errors.noSuchWebsite(bucket.name));
        return GetBucketWebsiteOutput.builder()
                .redirectAllRequestsTo(website.redirectAllRequestsTo())
                .indexDocument(website.indexDocument())
                .errorDocument(website.errorDocument())
                .routingRules(website.hasRoutingRules() ? website.routingRules() : null)
                .build();
    }

    DeleteBucketWebsiteResponse deleteBucketWebsite(DeleteBucketWebsiteRequest in, CallContext call) {
        buckets.of(in.bucket(), in.expectedBucketOwner(), call).deconfigure(WebsiteConfiguration.class);
        return DeleteBucketWebsiteResponse.builder().build();
    }
}
