package io.pileus.iam;

import io.pileus.core.policy.PolicyKind;
import io.pileus.core.service.CallContext;
import io.pileus.iam.model.*;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.ManagedPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Managed policies and their versions. */
final class PolicyOperations {
    private final IamAccounts accounts;

    PolicyOperations(IamAccounts accounts) {
        this.accounts = accounts;
    }

    CreatePolicyResponse createPolicy(CreatePolicyRequest input, CallContext call) {
        checkDocument(input.policyDocument());
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            if (account.policies().containsKey(input.policyName())) {
                throw IamErrors.entityAlreadyExists(
                        "A policy called " + input.policyName() + " already exists. Duplicate names are not allowed.");
            }
            if (account.policies().size() >= IamLimits.POLICIES) {
                throw IamErrors.quota("PoliciesPerAccount", IamLimits.POLICIES);
            }
            Tags.check(Map.of(), input.tags());
            String path = Entities.path(input.path());
            ManagedPolicy policy = new ManagedPolicy(
                    "arn:aws:iam::" + account.id() + ":policy" + path + input.policyName(),
                    input.policyName(),
                    path,
                    account.uniqueId("ANPA"),
                    input.description() == null ? "" : input.description(),
                    input.policyDocument(),
                    Times.of(call));
            Tags.put(policy.tags(), input.tags());
            account.policies().put(policy.name(), policy);
            return CreatePolicyResponse.builder()
                    .policy(Answers.policy(account, policy).toBuilder()
                            .tags(Answers.noneIfEmpty(Tags.of(policy.tags())))
                            .build())
                    .build();
        });
    }

    private static void checkDocument(String document) {
        Documents.check(document, PolicyKind.IDENTITY);
        if (Documents.size(document) > IamLimits.MANAGED_POLICY_CHARACTERS) {
            throw IamErrors.quota("PolicySize", IamLimits.MANAGED_POLICY_CHARACTERS);
        }
    }

    GetPolicyResponse getPolicy(GetPolicyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            ManagedPolicy policy = Entities.policy(accounts, account, input.policyArn());
            return GetPolicyResponse.builder()
                    .policy(Answers.policy(account, policy).toBuilder()
                            .description(policy.description().isEmpty() ? null : policy.description())
                            .tags(Tags.of(policy.tags()))
                            .build())
                    .build();
        });
    }

    ListPoliciesResponse listPolicies(ListPoliciesRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            List<ManagedPolicy> all = new ArrayList<>();
            if (!"AWS".equals(input.scope())) {
                all.addAll(account.policies().values());
            }
            if (!"Local".equals(input.scope())) {
                all.addAll(accounts.awsManaged().all());
            }
            List<ManagedPolicy> matching = all.stream()
                    .filter(p -> Entities.under(p.path(), input.pathPrefix()))
                    .filter(p -> !Boolean.TRUE.equals(input.onlyAttached())
                            || account.attachments(p.arn()) > 0
                            || account.boundaryUses(p.arn()) > 0)
                    .filter(p -> input.policyUsageFilter() == null
                            || ("PermissionsBoundary".equals(input.policyUsageFilter())
                                            ? account.boundaryUses(p.arn())
                                            : account.attachments(p.arn()))
                                    > 0)
                    .sorted(Comparator.comparing(ManagedPolicy::arn, String.CASE_INSENSITIVE_ORDER))
                    .toList();
            Page<ManagedPolicy> page = Page.of(matching, ManagedPolicy::arn, input.marker(), input.maxItems());
            return ListPoliciesResponse.builder()
                    .policies(page.items().stream()
                            .map(p -> Answers.policy(account, p))
                            .toList())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    DeletePolicyResponse deletePolicy(DeletePolicyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            ManagedPolicy policy = Entities.ownPolicy(accounts, account, input.policyArn());
            if (account.attachments(policy.arn()) > 0 || account.boundaryUses(policy.arn()) > 0) {
                throw IamErrors.deleteConflict("Cannot delete a policy attached to entities.");
            }
            if (policy.versions().size() > 1) {
                throw IamErrors.deleteConflict("This policy has more than one version. Before you delete a policy,"
                        + " you must delete the policy's versions. The default version is deleted with the policy.");
            }
            account.policies().remove(policy.name());
            return new DeletePolicyResponse();
        });
    }

    CreatePolicyVersionResponse createPolicyVersion(CreatePolicyVersionRequest input, CallContext call) {
        checkDocument(input.policyDocument());
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            ManagedPolicy policy = Entities.ownPolicy(accounts, account, input.policyArn());
            if (policy.versions().size() >= IamLimits.VERSIONS_PER_POLICY) {
                throw IamErrors.limitExceeded("A managed policy can have up to 5 versions. Before you create a new"
                        + " version, you must delete an existing version.");
            }
            ManagedPolicy.Version version = policy.addVersion(input.policyDocument(), Times.of(call));
            if (Boolean.TRUE.equals(input.setAsDefault())) {
                policy.defaultVersion(version.id(), Times.of(call));
            }
            return CreatePolicyVersionResponse.builder()
                    .policyVersion(Answers.version(policy, version))
                    .build();
        });
    }

    GetPolicyVersionResponse getPolicyVersion(GetPolicyVersionRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            ManagedPolicy policy = Entities.policy(accounts, account, input.policyArn());
            return GetPolicyVersionResponse.builder()
                    .policyVersion(Answers.versionWithDocument(policy, version(policy, input.versionId())))
                    .build();
        });
    }

    ListPolicyVersionsResponse listPolicyVersions(ListPolicyVersionsRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            ManagedPolicy policy = Entities.policy(accounts, account, input.policyArn());
            List<ManagedPolicy.Version> newestFirst =
                    new ArrayList<>(policy.versions().values()).reversed();
            // Versions come newest first, so the key that orders the pages counts downwards.
            Page<ManagedPolicy.Version> page =
                    Page.of(newestFirst, v -> countdown(v.id()), input.marker(), input.maxItems());
            return ListPolicyVersionsResponse.builder()
                    .versions(page.items().stream()
                            .map(v -> Answers.version(policy, v))
                            .toList())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    private static String countdown(String versionId) {
        return Long.toString(9_999_999_999L - Long.parseLong(versionId.substring(1)));
    }

    SetDefaultPolicyVersionResponse setDefaultPolicyVersion(SetDefaultPolicyVersionRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            ManagedPolicy policy = Entities.ownPolicy(accounts, account, input.policyArn());
            policy.defaultVersion(version(policy, input.versionId()).id(), Times.of(call));
            return new SetDefaultPolicyVersionResponse();
        });
    }

    DeletePolicyVersionResponse deletePolicyVersion(DeletePolicyVersionRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            ManagedPolicy policy = Entities.ownPolicy(accounts, account, input.policyArn());
            ManagedPolicy.Version version = version(policy, input.versionId());
            if (version.id().equals(policy.defaultVersion())) {
                throw IamErrors.deleteConflict("Cannot delete the default version of a policy.");
            }
            policy.versions().remove(version.id());
            return new DeletePolicyVersionResponse();
        });
    }

    private static ManagedPolicy.Version version(ManagedPolicy policy, String versionId) {
        ManagedPolicy.Version version = policy.versions().get(versionId);
        if (version == null) {
            throw IamErrors.noSuchEntity(
                    "Policy " + policy.arn() + " version " + versionId + " does not exist or is not attachable.");
        }
        return version;
    }

    TagPolicyResponse tagPolicy(TagPolicyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Tags.put(Entities.ownPolicy(accounts, account, input.policyArn()).tags(), input.tags());
            return new TagPolicyResponse();
        });
    }

    UntagPolicyResponse untagPolicy(UntagPolicyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Tags.remove(Entities.ownPolicy(accounts, account, input.policyArn()).tags(), input.tagKeys());
            return new UntagPolicyResponse();
        });
    }

    ListPolicyTagsResponse listPolicyTags(ListPolicyTagsRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            ManagedPolicy policy = Entities.policy(accounts, account, input.policyArn());
            Page<Tag> page = Tags.page(policy.tags(), input.marker(), input.maxItems());
            return ListPolicyTagsResponse.builder()
                    .tags(page.items())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }
}
