package io.pileus.iam;

import io.pileus.iam.model.AttachedPermissionsBoundary;
import io.pileus.iam.model.AttachedPolicy;
import io.pileus.iam.model.Policy;
import io.pileus.iam.model.PolicyDetail;
import io.pileus.iam.model.PolicyVersion;
import io.pileus.iam.model.RoleLastUsed;
import io.pileus.iam.state.Group;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.IamEntity;
import io.pileus.iam.state.InstanceProfile;
import io.pileus.iam.state.ManagedPolicy;
import io.pileus.iam.state.Role;
import io.pileus.iam.state.User;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How IAM's state looks in answers. */
final class Answers {
    private Answers() {}

    /** A user without its tags and boundary, as lists show it. */
    static io.pileus.iam.model.User listed(User user) {
        return io.pileus.iam.model.User.builder()
                .path(user.path())
                .userName(user.name())
                .userId(user.id())
                .arn(user.arn())
                .createDate(user.created())
                .build();
    }

    static io.pileus.iam.model.User user(User user) {
        return listed(user).toBuilder()
                .permissionsBoundary(boundary(user))
                .tags(noneIfEmpty(Tags.of(user.tags())))
                .build();
    }

    static io.pileus.iam.model.Group group(Group group) {
        return io.pileus.iam.model.Group.builder()
                .path(group.path())
                .groupName(group.name())
                .groupId(group.id())
                .arn(group.arn())
                .createDate(group.created())
                .build();
    }

    /** A role without tags, boundary and use, as lists show it. */
    static io.pileus.iam.model.Role listed(Role role) {
        return io.pileus.iam.model.Role.builder()
                .path(role.path())
                .roleName(role.name())
                .roleId(role.id())
                .arn(role.arn())
                .createDate(role.created())
                .assumeRolePolicyDocument(Documents.encode(role.trustPolicy()))
                .description(role.description().orElse(null))
                .maxSessionDuration((int) role.maxSession().toSeconds())
                .build();
    }

    /** A role as CreateRole answers it, where it cannot have been used. */
    static io.pileus.iam.model.Role created(Role role) {
        return listed(role).toBuilder()
                .permissionsBoundary(boundary(role))
                .tags(noneIfEmpty(Tags.of(role.tags())))
                .build();
    }

    static io.pileus.iam.model.Role role(Role role) {
        return created(role).toBuilder().roleLastUsed(lastUsed(role)).build();
    }

    static RoleLastUsed lastUsed(Role role) {
        return role.lastUsed()
                .map(used -> RoleLastUsed.builder()
                        .lastUsedDate(used.at())
                        .region(used.region())
                        .build())
                .orElseGet(() -> RoleLastUsed.builder().build());
    }

    static @Nullable AttachedPermissionsBoundary boundary(IamEntity entity) {
        return entity.boundary().isEmpty()
                ? null
                : AttachedPermissionsBoundary.builder()
                        // Seen in answers; the model knows only PermissionsBoundaryPolicy.
                        .permissionsBoundaryType("Policy")
                        .permissionsBoundaryArn(entity.boundary())
                        .build();
    }

    static Policy policy(IamAccount account, ManagedPolicy policy) {
        return Policy.builder()
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
                .build();
    }

    static PolicyVersion version(ManagedPolicy policy, ManagedPolicy.Version version) {
        return PolicyVersion.builder()
                .versionId(version.id())
                .isDefaultVersion(version.id().equals(policy.defaultVersion()))
                .createDate(version.created())
                .build();
    }

    static PolicyVersion versionWithDocument(ManagedPolicy policy, ManagedPolicy.Version version) {
        return version(policy, version).toBuilder()
                .document(Documents.encode(version.document()))
                .build();
    }

    static AttachedPolicy attached(String policyArn) {
        return AttachedPolicy.builder()
                .policyName(policyArn.substring(policyArn.lastIndexOf('/') + 1))
                .policyArn(policyArn)
                .build();
    }

    static List<AttachedPolicy> attached(Collection<String> policyArns) {
        return policyArns.stream().map(Answers::attached).toList();
    }

    static List<PolicyDetail> inline(Map<String, String> policies) {
        return policies.entrySet().stream()
                .map(e -> PolicyDetail.builder()
                        .policyName(e.getKey())
                        .policyDocument(Documents.encode(e.getValue()))
                        .build())
                .toList();
    }

    static io.pileus.iam.model.InstanceProfile instanceProfile(IamAccount account, InstanceProfile profile) {
        return io.pileus.iam.model.InstanceProfile.builder()
                .path(profile.path())
                .instanceProfileName(profile.name())
                .instanceProfileId(profile.id())
                .arn(profile.arn())
                .createDate(profile.created())
                .roles(Stream.ofNullable(
                                profile.roleName().isEmpty()
                                        ? null
                                        : account.roles().get(profile.roleName()))
                        .filter(Objects::nonNull)
                        .map(Answers::listed)
                        .toList())
                .tags(noneIfEmpty(Tags.of(profile.tags())))
                .build();
    }

    /** Absent instead of empty, as AWS leaves out the tags of what has none. */
    static <T> @Nullable List<T> noneIfEmpty(List<T> list) {
        return list.isEmpty() ? null : list;
    }
}
