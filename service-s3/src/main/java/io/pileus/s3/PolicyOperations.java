package io.pileus.s3;

import io.pileus.core.policy.Condition;
import io.pileus.core.policy.Effect;
import io.pileus.core.policy.MalformedPolicyException;
import io.pileus.core.policy.PolicyDocument;
import io.pileus.core.policy.PolicyKind;
import io.pileus.core.policy.Statement;
import io.pileus.core.service.CallContext;
import io.pileus.s3.model.DeleteBucketPolicyRequest;
import io.pileus.s3.model.DeleteBucketPolicyResponse;
import io.pileus.s3.model.DeletePublicAccessBlockRequest;
import io.pileus.s3.model.DeletePublicAccessBlockResponse;
import io.pileus.s3.model.GetBucketPolicyOutput;
import io.pileus.s3.model.GetBucketPolicyRequest;
import io.pileus.s3.model.GetBucketPolicyStatusOutput;
import io.pileus.s3.model.GetBucketPolicyStatusRequest;
import io.pileus.s3.model.GetPublicAccessBlockOutput;
import io.pileus.s3.model.GetPublicAccessBlockRequest;
import io.pileus.s3.model.PolicyStatus;
import io.pileus.s3.model.PublicAccessBlockConfiguration;
import io.pileus.s3.model.PutBucketPolicyRequest;
import io.pileus.s3.model.PutBucketPolicyResponse;
import io.pileus.s3.model.PutPublicAccessBlockRequest;
import io.pileus.s3.model.PutPublicAccessBlockResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** A bucket's policy, and what keeps it from being public. */
final class PolicyOperations {
    private static final int POLICY_BYTES_MAX = 20 << 10;

    /**
     * Conditions on these keys with fixed values make a policy for everyone not public.
     *
     * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html">The meaning of "public"</a>
     */
    private static final Set<String> FIXING_KEYS = Set.of(
            "aws:principalorgid",
            "aws:principalorgpaths",
            "aws:principalarn",
            "aws:principalaccount",
            "aws:sourceip",
            "aws:sourcearn",
            "aws:sourceaccount",
            "aws:sourceowner",
            "aws:sourcevpc",
            "aws:sourcevpce",
            "aws:userid",
            "s3:x-amz-server-side-encryption-aws-kms-key-id",
            "s3:dataaccesspointarn",
            "s3:dataaccesspointaccount");

    private final Buckets buckets;

    PolicyOperations(Buckets buckets) {
        this.buckets = buckets;
    }

    PutBucketPolicyResponse putBucketPolicy(PutBucketPolicyRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        String text = in.policy();
        if (text == null || text.isEmpty()) {
            throw S3Errors.missingBody();
        }
        if (!text.strip().startsWith("{")) {
            throw S3Errors.malformedPolicy("Policies must be valid JSON and the first byte must be '{'");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > POLICY_BYTES_MAX) {
            throw new S3Error("PolicyTooLarge", 400, "Policy exceeds the maximum allowed document size.");
        }
        PolicyDocument policy = parse(text);
        for (Statement statement : policy.statements()) {
            check(bucket, statement);
        }
        boolean blocks = bucket.configuration(PublicAccessBlockConfiguration.class)
                .map(b -> Boolean.TRUE.equals(b.blockPublicPolicy()))
                .orElse(false);
        if (blocks && isPublic(policy)) {
            throw S3Errors.accessDenied(
                    "User: " + call.caller().principalArn()
                            + " is not authorized to perform: s3:PutBucketPolicy on resource: \"" + bucket.arn()
                            + "\" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.");
        }
        bucket.policy = text;
        return PutBucketPolicyResponse.builder().build();
    }

    private static PolicyDocument parse(String text) {
        PolicyShape.check(text);
        try {
            return PolicyDocument.parse(text, PolicyKind.RESOURCE);
        } catch (MalformedPolicyException e) {
            String reason = String.valueOf(e.getMessage());
            throw S3Errors.malformedPolicy(
                    reason.startsWith("Syntax errors") ? "This policy contains invalid Json" : reason);
        }
    }

    private static void check(BucketState bucket, Statement statement) {
        for (String resource : statement.resources().patterns()) {
            String own = bucket.arn();
            boolean fits = resource.equals("*")
                    || resource.equals(own)
                    || resource.startsWith(own + "/")
                    || resource.equals(own + "*")
                    || resource.startsWith("arn:") && resource.contains("*") && mayMatch(resource, own);
            if (!fits) {
                throw S3Errors.malformedPolicy("Policy has invalid resource").with("Detail", resource);
            }
        }
        for (String action : statement.actions().patterns()) {
            if (!PolicyActions.exist(action)) {
                throw S3Errors.malformedPolicy("Policy has invalid action").with("Detail", action);
            }
            boolean applies = statement.actions().negated()
                    || statement.resources().negated()
                    || statement.resources().patterns().stream()
                            .anyMatch(r -> PolicyActions.apply(action, r, bucket.arn()));
            if (!applies) {
                throw S3Errors.malformedPolicy("Action does not apply to any resource(s) in statement");
            }
        }
    }

    /** Whether the text before a pattern's first star is as the bucket's ARN begins. */
    private static boolean mayMatch(String pattern, String arn) {
        String before = pattern.substring(0, pattern.indexOf('*'));
        return arn.startsWith(before) || before.startsWith(arn + "/");
    }

    /** Whether everyone is allowed something, and nothing says from where or for whom. */
    static boolean isPublic(PolicyDocument policy) {
        return policy.statements().stream()
                .anyMatch(s -> s.effect() == Effect.ALLOW
                        && (s.principals().negated()
                                || s.principals().members().stream()
                                        .anyMatch(m -> m.value().equals("*")))
                        && s.conditions().stream().noneMatch(PolicyOperations::fixes));
    }

    private static boolean fixes(Condition condition) {
        return FIXING_KEYS.contains(condition.key().toLowerCase(Locale.ROOT))
                && !condition.operator().name().contains("NOT")
                && condition.values().stream()
                        .noneMatch(v -> v.equals("*") || v.equals("0.0.0.0/0") || v.equals("::/0"));
    }

    GetBucketPolicyOutput getBucketPolicy(GetBucketPolicyRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        String policy = bucket.policy;
        if (policy == null) {
            throw S3Errors.noSuchBucketPolicy(bucket.name);
        }
        return GetBucketPolicyOutput.builder().policy(policy).build();
    }

    GetBucketPolicyStatusOutput getBucketPolicyStatus(GetBucketPolicyStatusRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        String policy = bucket.policy;
        if (policy == null) {
            throw S3Errors.noSuchBucketPolicy(bucket.name);
        }
        return GetBucketPolicyStatusOutput.builder()
                .policyStatus(
                        PolicyStatus.builder().isPublic(isPublic(parse(policy))).build())
                .build();
    }

    DeleteBucketPolicyResponse deleteBucketPolicy(DeleteBucketPolicyRequest in, CallContext call) {
        buckets.of(in.bucket(), in.expectedBucketOwner(), call).policy = null;
        return DeleteBucketPolicyResponse.builder().build();
    }

    // ---- public access ------------------------------------------------------------------------------------------

    PutPublicAccessBlockResponse putPublicAccessBlock(PutPublicAccessBlockRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        PublicAccessBlockConfiguration asked = in.publicAccessBlockConfiguration();
        bucket.configure(
                PublicAccessBlockConfiguration.class,
                PublicAccessBlockConfiguration.builder()
                        .blockPublicAcls(Boolean.TRUE.equals(asked.blockPublicAcls()))
                        .ignorePublicAcls(Boolean.TRUE.equals(asked.ignorePublicAcls()))
                        .blockPublicPolicy(Boolean.TRUE.equals(asked.blockPublicPolicy()))
                        .restrictPublicBuckets(Boolean.TRUE.equals(asked.restrictPublicBuckets()))
                        .build());
        return PutPublicAccessBlockResponse.builder().build();
    }

    GetPublicAccessBlockOutput getPublicAccessBlock(GetPublicAccessBlockRequest in, CallContext call) {
        BucketState bucket = buckets.of(in.bucket(), in.expectedBucketOwner(), call);
        return GetPublicAccessBlockOutput.builder()
                .publicAccessBlockConfiguration(bucket.configuration(PublicAccessBlockConfiguration.class)
                        .orElseThrow(() -> S3Errors.noSuchPublicAccessBlock(bucket.name)))
                .build();
    }

    DeletePublicAccessBlockResponse deletePublicAccessBlock(DeletePublicAccessBlockRequest in, CallContext call) {
        buckets.of(in.bucket(), in.expectedBucketOwner(), call).deconfigure(PublicAccessBlockConfiguration.class);
        return DeletePublicAccessBlockResponse.builder().build();
    }
}
