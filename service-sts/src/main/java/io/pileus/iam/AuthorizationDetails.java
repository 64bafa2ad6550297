package io.pileus.iam;

import io.pileus.iam.model.*;
import io.pileus.iam.state.Group;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.ManagedPolicy;
import io.pileus.iam.state.Role;
import io.pileus.iam.state.User;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** GetAccountAuthorizationDetails: everything that policies are attached to, in one paged list of four kinds. */
final class AuthorizationDetails {
    private AuthorizationDetails() {}

    static GetAccountAuthorizationDetailsResponse of(
            IamAccounts accounts, IamAccount account, GetAccountAuthorizationDetailsRequest input) {
        List<String> filter = input.filter();
        List<Map.Entry<String, Object>> all = new ArrayList<>();
        if (filter.isEmpty() || filter.contains("User")) {
            account.users().values().forEach(u -> all.add(Map.entry("user/" + u.name(), u)));
        }
        if (filter.isEmpty() || filter.contains("Group")) {
            account.groups().values().forEach(g -> all.add(Map.entry("group/" + g.name(), g)));
        }
        if (filter.isEmpty() || filter.contains("Role")) {
            account.roles().values().forEach(r -> all.add(Map.entry("role/" + r.name(), r)));
        }
        for (ManagedPolicy policy : AccountOperations.policiesInUse(accounts, account)) {
            if (filter.isEmpty() || filter.contains(policy.isAws() ? "AWSManagedPolicy" : "LocalManagedPolicy")) {
                all.add(Map.entry("policy/" + policy.arn(), policy));
            }
        }
        all.sort(Comparator.comparing(Map.Entry::getKey, String.CASE_INSENSITIVE_ORDER));
        Page<Map.Entry<String, Object>> page = Page.of(all, Map.Entry::getKey, input.marker(), input.maxItems());
        List<UserDetail> users = new ArrayList<>();
        List<GroupDetail> groups = new ArrayList<>();
        List<RoleDetail> roles = new ArrayList<>();
        List<ManagedPolicyDetail> policies = new ArrayList<>();
        for (Map.Entry<String, Object> entry : page.items()) {
            switch (entry.getValue()) {
                case User user -> users.add(user(account, user));
                case Group group -> groups.add(group(group));
                case Role role -> roles.add(role(account, role));
                case ManagedPolicy policy -> policies.add(policy(account, policy));
                default -> throw new IllegalStateException(entry.getKey());
            }
        }
        return GetAccountAuthorizationDetailsResponse.builder()
                .userDetailList(users)
                .groupDetailList(groups)
                .roleDetailList(roles)
                .policies(policies)
                .isTruncated(page.truncated())
                .marker(page.marker())
                .build();
    }

    private static UserDetail user(IamAccount account, User user) {
        return UserDetail.builder()
                .path(user.path())
                .userName(user.name())
                .userId(user.id())
                .arn(user.arn())
                .createDate(user.created())
                .userPolicyList(Answers.noneIfEmpty(Answers.inline(user.inlinePolicies())))
                .groupList(account.groupsOf(user).stream().map(Group::name).toList())
                .attachedManagedPolicies(Answers.attached(user.attachedPolicies()))
                .permissionsBoundary(Answers.boundary(user))
                .tags(Tags.of(user.tags()))
                .build();
    }

    private static GroupDetail group(Group group) {
        return GroupDetail.builder()
                .path(group.path())
                .groupName(group.name())
                .groupId(group.id())
                .arn(group.arn())
                .createDate(group.created())
                .groupPolicyList(Answers.inline(group.inlinePolicies()))
                .attachedManagedPolicies(Answers.attached(group.attachedPolicies()))
                .build();
    }

    private static RoleDetail role(IamAccount account, Role role) {
        return RoleDetail.builder()
                .path(role.path())
                .roleName(role.name())
                .roleId(role.id())
                .arn(role.arn())
                .createDate(role.created())
                .assumeRolePolicyDocument(Documents.encode(role.trustPolicy()))
                .instanceProfileList(account.instanceProfilesOf(role).stream()
                        .map(p -> Answers.instanceProfile(account, p))
                        .toList())
                .rolePolicyList(Answers.inline(role.inlinePolicies()))
                .attachedManagedPolicies(Answers.attached(role.attachedPolicies()))
                .permissionsBoundary(Answers.boundary(role))
                .tags(Tags.of(role.tags()))
                .roleLastUsed(Answers.lastUsed(role))
                .build();
    }

    private static ManagedPolicyDetail policy(IamAccount account, ManagedPolicy policy) {
        return ManagedPolicyDetail.builder()
                .policyName(policy.name())
                .policyId(policy.id())
                .arn(policy.arn())
                .path(policy.path())
                .defaultVersionId(policy.defaultVersion())
                .attachmentCount(account.attachments(policy.arn()))
                .permissionsBoundaryUsageCount(account.boundaryUses(policy.arn()))
                .isAttachable(true)
                .createDate(policy.created())
                .updateDate(policy.updated())
                .policyVersionList(policy.versions().values().stream()
                        .map(v -> Answers.versionWithDocument(policy, v))
                        .toList())
                .build();
    }
}
