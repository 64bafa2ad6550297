package io.pileus.iam;

import io.pileus.core.policy.PolicyKind;
import io.pileus.core.service.CallContext;
import io.pileus.iam.model.*;
import io.pileus.iam.state.Group;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.IamEntity;
import io.pileus.iam.state.Role;
import io.pileus.iam.state.User;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Policies on users, groups and roles: the inline ones, and the managed ones attached. The same three times over. */
final class AttachmentOperations {
    private final IamAccounts accounts;

    AttachmentOperations(IamAccounts accounts) {
        this.accounts = accounts;
    }

    // ---- what all three share -----------------------------------------------------------------------------------

    private static void put(IamEntity entity, String name, String document, int charactersMax) {
        Documents.check(document, PolicyKind.IDENTITY);
        int total = Documents.size(document);
        for (var other : entity.inlinePolicies().entrySet()) {
            total += other.getKey().equals(name) ? 0 : Documents.size(other.getValue());
        }
        if (total > charactersMax) {
            throw IamErrors.limitExceeded("Maximum policy size of " + charactersMax + " bytes exceeded for "
                    + entity.kind() + " " + entity.name());
        }
        entity.inlinePolicies().put(name, document);
    }

    private static String inline(IamEntity entity, String name) {
        String document = entity.inlinePolicies().get(name);
        if (document == null) {
            throw IamErrors.noSuch(entity.kind() + " policy", name);
        }
        return document;
    }

    private static Page<String> inlineNames(IamEntity entity, @Nullable String marker, @Nullable Integer maxItems) {
        List<String> names = entity.inlinePolicies().keySet().stream()
                .sorted(String.CASE_INSENSITIVE_ORDER)
                .toList();
        return Page.of(names, name -> name, marker, maxItems);
    }

    private void attach(IamAccount account, IamEntity entity, String policyArn, CallContext call) {
        Boundaries.checkAttachable(accounts, account, policyArn, call);
        if (!entity.attachedPolicies().contains(policyArn)
                && entity.attachedPolicies().size() >= IamLimits.POLICIES_PER_ENTITY) {
            String kind = entity.kind();
            throw IamErrors.quota(
                    "PoliciesPer" + Character.toUpperCase(kind.charAt(0)) + kind.substring(1),
                    IamLimits.POLICIES_PER_ENTITY);
        }
        entity.attachedPolicies().add(policyArn);
    }

    private static void detach(IamEntity entity, String policyArn) {
        if (!entity.attachedPolicies().remove(policyArn)) {
            throw IamErrors.noSuchPolicy(policyArn);
        }
    }

    private static Page<AttachedPolicy> attached(
            IamEntity entity, @Nullable String pathPrefix, @Nullable String marker, @Nullable Integer maxItems) {
        List<AttachedPolicy> policies = entity.attachedPolicies().stream()
                .filter(arn -> Entities.under(path(arn), pathPrefix))
                .map(Answers::attached)
                .sorted(Comparator.comparing(AttachmentOperations::arn, String.CASE_INSENSITIVE_ORDER))
                .toList();
        return Page.of(policies, AttachmentOperations::arn, marker, maxItems);
    }

    private static String arn(AttachedPolicy policy) {
        return Objects.requireNonNull(policy.policyArn());
    }

    /** The path in a policy's ARN: what stands between {@code policy} and the name. */
    private static String path(String policyArn) {
        int start = policyArn.indexOf(":policy/") + ":policy".length();
        return policyArn.substring(start, policyArn.lastIndexOf('/') + 1);
    }

    // ---- users -----------------------------------------------------------------------------------------------------

    PutUserPolicyResponse putUserPolicy(PutUserPolicyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = Entities.user(account, input.userName());
            put(user, input.policyName(), input.policyDocument(), IamLimits.USER_INLINE_CHARACTERS);
            return new PutUserPolicyResponse();
        });
    }

    GetUserPolicyResponse getUserPolicy(GetUserPolicyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = Entities.user(account, input.userName());
            return GetUserPolicyResponse.builder()
                    .userName(user.name())
                    .policyName(input.policyName())
                    .policyDocument(Documents.encode(inline(user, input.policyName())))
                    .build();
        });
    }

    DeleteUserPolicyResponse deleteUserPolicy(DeleteUserPolicyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = Entities.user(account, input.userName());
            inline(user, input.policyName());
            user.inlinePolicies().remove(input.policyName());
            return new DeleteUserPolicyResponse();
        });
    }

    ListUserPoliciesResponse listUserPolicies(ListUserPoliciesRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Page<String> page = inlineNames(Entities.user(account, input.userName()), input.marker(), input.maxItems());
            return ListUserPoliciesResponse.builder()
                    .policyNames(page.items())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    AttachUserPolicyResponse attachUserPolicy(AttachUserPolicyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            attach(account, Entities.user(account, input.userName()), input.policyArn(), call);
            return new AttachUserPolicyResponse();
        });
    }

    DetachUserPolicyResponse detachUserPolicy(DetachUserPolicyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            detach(Entities.user(account, input.userName()), input.policyArn());
            return new DetachUserPolicyResponse();
        });
    }

    ListAttachedUserPoliciesResponse listAttachedUserPolicies(ListAttachedUserPoliciesRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = Entities.user(account, input.userName());
            Page<AttachedPolicy> page = attached(user, input.pathPrefix(), input.marker(), input.maxItems());
            return ListAttachedUserPoliciesResponse.builder()
                    .attachedPolicies(page.items())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    // ---- groups ----------------------------------------------------------------------------------------------------

    PutGroupPolicyResponse putGroupPolicy(PutGroupPolicyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Group group = Entities.group(account, input.groupName());
            put(group, input.policyName(), input.policyDocument(), IamLimits.GROUP_INLINE_CHARACTERS);
            return new PutGroupPolicyResponse();
        });
    }

    GetGroupPolicyResponse getGroupPolicy(GetGroupPolicyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Group group = Entities.group(account, input.groupName());
            return GetGroupPolicyResponse.builder()
                    .groupName(group.name())
                    .policyName(input.policyName())
                    .policyDocument(Documents.encode(inline(group, input.policyName())))
                    .build();
        });
    }

    DeleteGroupPolicyResponse deleteGroupPolicy(DeleteGroupPolicyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Group group = Entities.group(account, input.groupName());
            inline(group, input.policyName());
            group.inlinePolicies().remove(input.policyName());
            return new DeleteGroupPolicyResponse();
        });
    }

    ListGroupPoliciesResponse listGroupPolicies(ListGroupPoliciesRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Page<String> page =
                    inlineNames(Entities.group(account, input.groupName()), input.marker(), input.maxItems());
            return ListGroupPoliciesResponse.builder()
                    .policyNames(page.items())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    AttachGroupPolicyResponse attachGroupPolicy(AttachGroupPolicyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            attach(account, Entities.group(account, input.groupName()), input.policyArn(), call);
            return new AttachGroupPolicyResponse();
        });
    }

    DetachGroupPolicyResponse detachGroupPolicy(DetachGroupPolicyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            detach(Entities.group(account, input.groupName()), input.policyArn());
            return new DetachGroupPolicyResponse();
        });
    }

    ListAttachedGroupPoliciesResponse listAttachedGroupPolicies(
            ListAttachedGroupPoliciesRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Group group = Entities.group(account, input.groupName());
            Page<AttachedPolicy> page = attached(group, input.pathPrefix(), input.marker(), input.maxItems());
            return ListAttachedGroupPoliciesResponse.builder()
                    .attachedPolicies(page.items())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    // ---- roles -----------------------------------------------------------------------------------------------------

    PutRolePolicyResponse putRolePolicy(PutRolePolicyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Role role = Entities.ownRole(account, input.roleName());
            put(role, input.policyName(), input.policyDocument(), IamLimits.ROLE_INLINE_CHARACTERS);
            return new PutRolePolicyResponse();
        });
    }

    GetRolePolicyResponse getRolePolicy(GetRolePolicyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Role role = Entities.role(account, input.roleName());
            return GetRolePolicyResponse.builder()
                    .roleName(role.name())
                    .policyName(input.policyName())
                    .policyDocument(Documents.encode(inline(role, input.policyName())))
                    .build();
        });
    }

    DeleteRolePolicyResponse deleteRolePolicy(DeleteRolePolicyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Role role = Entities.ownRole(account, input.roleName());
            inline(role, input.policyName());
            role.inlinePolicies().remove(input.policyName());
            return new DeleteRolePolicyResponse();
        });
    }

    ListRolePoliciesResponse listRolePolicies(ListRolePoliciesRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Page<String> page = inlineNames(Entities.role(account, input.roleName()), input.marker(), input.maxItems());
            return ListRolePoliciesResponse.builder()
                    .policyNames(page.items())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    AttachRolePolicyResponse attachRolePolicy(AttachRolePolicyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            attach(account, Entities.ownRole(account, input.roleName()), input.policyArn(), call);
            return new AttachRolePolicyResponse();
        });
    }

    DetachRolePolicyResponse detachRolePolicy(DetachRolePolicyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            detach(Entities.ownRole(account, input.roleName()), input.policyArn());
            return new DetachRolePolicyResponse();
        });
    }

    ListAttachedRolePoliciesResponse listAttachedRolePolicies(ListAttachedRolePoliciesRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Role role = Entities.role(account, input.roleName());
            Page<AttachedPolicy> page = attached(role, input.pathPrefix(), input.marker(), input.maxItems());
            return ListAttachedRolePoliciesResponse.builder()
                    .attachedPolicies(page.items())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    // ---- the other way round ------------------------------------------------------------------------------------

    ListEntitiesForPolicyResponse listEntitiesForPolicy(ListEntitiesForPolicyRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            String arn = input.policyArn();
            boolean known = account.attachments(arn) + account.boundaryUses(arn) > 0;
            if (!known) {
                Entities.policy(accounts, account, arn);
            }
            String filter = input.entityFilter();
            boolean asBoundary = "PermissionsBoundary".equals(input.policyUsageFilter());
            List<IamEntity> entities = account.entities()
                    .filter(e -> filter == null || filter.equalsIgnoreCase(e.kind()))
                    .filter(e -> Entities.under(e.path(), input.pathPrefix()))
                    .filter(e -> asBoundary
                            ? e.boundary().equals(arn)
                            : e.attachedPolicies().contains(arn)
                                    || (input.policyUsageFilter() == null
                                            && e.boundary().equals(arn)))
                    .sorted(Comparator.comparing(AttachmentOperations::kindAndName, String.CASE_INSENSITIVE_ORDER))
                    .toList();
            Page<IamEntity> page =
                    Page.of(entities, AttachmentOperations::kindAndName, input.marker(), input.maxItems());
            return ListEntitiesForPolicyResponse.builder()
                    .policyUsers(of(page, User.class).stream()
                            .map(u -> PolicyUser.builder()
                                    .userName(u.name())
                                    .userId(u.id())
                                    .build())
                            .toList())
                    .policyGroups(of(page, Group.class).stream()
                            .map(g -> PolicyGroup.builder()
                                    .groupName(g.name())
                                    .groupId(g.id())
                                    .build())
                            .toList())
                    .policyRoles(of(page, Role.class).stream()
                            .map(r -> PolicyRole.builder()
                                    .roleName(r.name())
                                    .roleId(r.id())
                                    .build())
                            .toList())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    private static String kindAndName(IamEntity entity) {
        return entity.kind() + "/" + entity.name();
    }

    private static <E extends IamEntity> List<E> of(Page<IamEntity> page, Class<E> kind) {
        return page.items().stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
