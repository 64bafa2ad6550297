package io.pileus.iam;

import io.pileus.core.identity.Ids;
import io.pileus.core.policy.PolicyKind;
import io.pileus.core.service.CallContext;
import io.pileus.iam.model.*;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.Role;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Roles, those linked to services included. */
final class RoleOperations {
    private static final int SESSION_SECONDS_DEFAULT = 3_600;

    private final IamAccounts accounts;
    private final Ids ids;

    RoleOperations(IamAccounts accounts, Ids ids) {
        this.accounts = accounts;
        this.ids = ids;
    }

    CreateRoleResponse createRole(CreateRoleRequest input, CallContext call) {
        checkTrustPolicy(input.assumeRolePolicyDocument());
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            if (account.roles().containsKey(input.roleName())) {
                throw IamErrors.alreadyExists("role", input.roleName());
            }
            String path = Entities.path(input.path());
            if (path.startsWith("/aws-service-role/")) {
                throw IamErrors.accessDenied("Cannot create a role in the path /aws-service-role/");
            }
            Boundaries.check(accounts, account, input.permissionsBoundary(), call);
            Tags.check(Map.of(), input.tags());
            Role role = create(account, input.roleName(), path, input.assumeRolePolicyDocument(), "", call);
            if (input.description() != null) {
                role.description(input.description());
            }
            role.maxSession(seconds(input.maxSessionDuration()));
            if (input.permissionsBoundary() != null) {
                role.boundary(input.permissionsBoundary());
            }
            Tags.put(role.tags(), input.tags());
            return CreateRoleResponse.builder().role(Answers.created(role)).build();
        });
    }

    private static Role create(
            IamAccount account, String name, String path, String trust, String service, CallContext call) {
        if (account.roles().size() >= IamLimits.ROLES) {
            throw IamErrors.quota("RolesPerAccount", IamLimits.ROLES);
        }
        return account.createRole(name, path, trust, service, Times.of(call));
    }

    private static Duration seconds(@org.jspecify.annotations.Nullable Integer seconds) {
        return Duration.ofSeconds(seconds == null ? SESSION_SECONDS_DEFAULT : seconds);
    }

    private static void checkTrustPolicy(String document) {
        Documents.check(document, PolicyKind.TRUST);
        if (Documents.size(document) > IamLimits.TRUST_POLICY_CHARACTERS) {
            throw IamErrors.quota("ACLSizePerRole", IamLimits.TRUST_POLICY_CHARACTERS);
        }
    }

    GetRoleResponse getRole(GetRoleRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> GetRoleResponse.builder()
                .role(Answers.role(Entities.role(account, input.roleName())))
                .build());
    }

    ListRolesResponse listRoles(ListRolesRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            List<Role> roles = account.roles().values().stream()
                    .filter(r -> Entities.under(r.path(), input.pathPrefix()))
                    .toList();
            Page<Role> page = Page.of(roles, Role::name, input.marker(), input.maxItems());
            return ListRolesResponse.builder()
                    .roles(page.items().stream().map(Answers::listed).toList())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    UpdateRoleResponse updateRole(UpdateRoleRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Role role = Entities.ownRole(account, input.roleName());
            if (input.description() != null) {
                role.description(input.description());
            }
            // AWS sets the duration back to its default when a call leaves it out.
            role.maxSession(seconds(input.maxSessionDuration()));
            return UpdateRoleResponse.builder().build();
        });
    }

    UpdateRoleDescriptionResponse updateRoleDescription(UpdateRoleDescriptionRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Role role = Entities.ownRole(account, input.roleName());
            role.description(input.description());
            return UpdateRoleDescriptionResponse.builder()
                    .role(Answers.role(role))
                    .build();
        });
    }

    UpdateAssumeRolePolicyResponse updateAssumeRolePolicy(UpdateAssumeRolePolicyRequest input, CallContext call) {
        checkTrustPolicy(input.policyDocument());
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Entities.ownRole(account, input.roleName()).trustPolicy(input.policyDocument());
            return new UpdateAssumeRolePolicyResponse();
        });
    }

    DeleteRoleResponse deleteRole(DeleteRoleRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Role role = Entities.ownRole(account, input.roleName());
            if (!account.instanceProfilesOf(role).isEmpty()) {
                throw IamErrors.deleteConflict("Cannot delete entity, must remove roles from instance profile first.");
            }
            if (!role.attachedPolicies().isEmpty()) {
                throw IamErrors.deleteConflict("Cannot delete entity, must detach all policies first.");
            }
            if (!role.inlinePolicies().isEmpty()) {
                throw IamErrors.deleteConflict("Cannot delete entity, must delete policies first.");
            }
            account.roles().remove(role.name());
            return new DeleteRoleResponse();
        });
    }

    TagRoleResponse tagRole(TagRoleRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Tags.put(Entities.ownRole(account, input.roleName()).tags(), input.tags());
            return new TagRoleResponse();
        });
    }

    UntagRoleResponse untagRole(UntagRoleRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Tags.remove(Entities.ownRole(account, input.roleName()).tags(), input.tagKeys());
            return new UntagRoleResponse();
        });
    }

    ListRoleTagsResponse listRoleTags(ListRoleTagsRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Page<Tag> page =
                    Tags.page(Entities.role(account, input.roleName()).tags(), input.marker(), input.maxItems());
            return ListRoleTagsResponse.builder()
                    .tags(page.items())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    PutRolePermissionsBoundaryResponse putRolePermissionsBoundary(
            PutRolePermissionsBoundaryRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Role role = Entities.ownRole(account, input.roleName());
            Boundaries.check(accounts, account, input.permissionsBoundary(), call);
            role.boundary(input.permissionsBoundary());
            return new PutRolePermissionsBoundaryResponse();
        });
    }

    DeleteRolePermissionsBoundaryResponse deleteRolePermissionsBoundary(
            DeleteRolePermissionsBoundaryRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Entities.ownRole(account, input.roleName()).boundary("");
            return new DeleteRolePermissionsBoundaryResponse();
        });
    }

    // ---- service-linked roles -----------------------------------------------------------------------------------

    CreateServiceLinkedRoleResponse createServiceLinkedRole(CreateServiceLinkedRoleRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        String service = input.awsServiceName();
        if (!service.endsWith(".amazonaws.com") || service.startsWith(".")) {
            throw IamErrors.invalidInput("Invalid AWS service name: " + service);
        }
        return account.locked(() -> {
            String name =
                    LinkedRoleNames.of(service) + (input.customSuffix() == null ? "" : "_" + input.customSuffix());
            if (account.roles().containsKey(name)) {
                throw IamErrors.invalidInput("Service role name " + name
                        + " has been taken in this account, please try a different suffix.");
            }
            String trust =
                    "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":[\""
                            + service + "\"]},\"Action\":[\"sts:AssumeRole\"]}]}";
            Role role = create(account, name, "/aws-service-role/" + service + "/", trust, service, call);
            if (input.description() != null) {
                role.description(input.description());
            }
            return CreateServiceLinkedRoleResponse.builder()
                    .role(Answers.created(role))
                    .build();
        });
    }

    DeleteServiceLinkedRoleResponse deleteServiceLinkedRole(DeleteServiceLinkedRoleRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Role role = Entities.role(account, input.roleName());
            if (role.linkedService().isEmpty()) {
                throw IamErrors.noSuch("role", input.roleName());
            }
            account.roles().remove(role.name());
            return DeleteServiceLinkedRoleResponse.builder()
                    .deletionTaskId(
                            "task/aws-service-role/" + role.linkedService() + "/" + role.name() + "/" + ids.uuid())
                    .build();
        });
    }

    /** Deletions are done at once, so a task that names a role that is gone has succeeded. */
    GetServiceLinkedRoleDeletionStatusResponse getServiceLinkedRoleDeletionStatus(
            GetServiceLinkedRoleDeletionStatusRequest input, CallContext call) {
        String[] parts = input.deletionTaskId().split("/");
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            if (parts.length != 5
                    || !parts[1].equals("aws-service-role")
                    || account.roles().containsKey(parts[3])) {
                throw IamErrors.noSuchEntity("Deletion task " + input.deletionTaskId() + " cannot be found.");
            }
            return GetServiceLinkedRoleDeletionStatusResponse.builder()
                    .status("SUCCEEDED")
                    .build();
        });
    }
}
