package io.pileus.sts;

import io.pileus.core.identity.AccountId;
import io.pileus.core.policy.AttachedPolicy;
import io.pileus.core.policy.AttachedPolicy.Place;
import io.pileus.core.policy.MalformedPolicyException;
import io.pileus.core.policy.PolicyDocument;
import io.pileus.core.policy.PolicyKind;
import io.pileus.iam.EntityPolicies;
import io.pileus.iam.IamAccounts;
import io.pileus.iam.state.IamAccount;
import io.pileus.sts.model.PolicyDescriptorType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * The policies that narrow a session, given inline and by ARN, and their packed size together with the session's tags.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">STS quotas</a>
 */
final class SessionPolicies {
    private static final int INLINE_CHARACTERS_MAX = 2_048;
    private static final int ARNS_MAX = 10;

    /** AWS does not publish its packing; ours is DEFLATE, measured against the plain limit. */
    private static final int PACKED_BYTES_MAX = 2_048;

    private final IamAccounts accounts;
    private final EntityPolicies entityPolicies;

    SessionPolicies(IamAccounts accounts, EntityPolicies entityPolicies) {
        this.accounts = accounts;
        this.entityPolicies = entityPolicies;
    }

    /** The session's policies and what they and the tags take of the allotted space, which is absent without either. */
    record Packed(List<AttachedPolicy> policies, Optional<Integer> percent) {}

    Packed of(
            AccountId accountId,
            @Nullable String inline,
            List<PolicyDescriptorType> descriptors,
            Map<String, String> tags) {
        List<AttachedPolicy> policies = new ArrayList<>();
        StringBuilder all = new StringBuilder();
        if (inline != null) {
            policies.add(new AttachedPolicy(Place.SESSION, "session policy", parse(inline)));
            if (inline.length() > INLINE_CHARACTERS_MAX) {
                throw StsErrors.packedPolicyTooLarge(inline.length() * 100 / INLINE_CHARACTERS_MAX);
            }
            all.append(inline);
        }
        List<String> arns = descriptors.stream()
                .map(PolicyDescriptorType::arn)
                .filter(a -> a != null)
                .toList();
        if (arns.size() > ARNS_MAX) {
            throw StsErrors.validation(
                    "1 validation error detected: Value at 'policyArns' failed to satisfy constraint:"
                            + " Member must have length less than or equal to 10");
        }
        IamAccount account = accounts.of(accountId);
        for (String arn : arns) {
            AttachedPolicy policy = account.locked(() -> entityPolicies.managed(account, arn, Place.SESSION));
            if (account.locked(() -> accounts.policy(account, arn)).isEmpty()) {
                throw StsErrors.malformedPolicy("PolicyArn " + arn + " does not exist or is not attachable");
            }
            policies.add(policy);
            all.append(arn);
        }
        tags.forEach((key, value) -> all.append(key).append('\n').append(value).append('\n'));
        if (all.isEmpty()) {
            return new Packed(policies, Optional.empty());
        }
        int percent = Math.max(1, packedBytes(all.toString()) * 100 / PACKED_BYTES_MAX);
        if (percent > 100) {
            throw StsErrors.packedPolicyTooLarge(percent);
        }
        return new Packed(policies, Optional.of(percent));
    }

    private static int packedBytes(String text) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
            deflater.finish();
            byte[] buffer = new byte[4_096];
            while (!deflater.finished()) {
                deflater.deflate(buffer);
            }
            return (int) deflater.getBytesWritten();
        } finally {
            deflater.end();
        }
    }

    static PolicyDocument parse(String text) {
        try {
            return PolicyDocument.parse(text, PolicyKind.IDENTITY);
        } catch (MalformedPolicyException e) {
            throw StsErrors.malformedPolicy(e.getMessage());
        }
    }
}
