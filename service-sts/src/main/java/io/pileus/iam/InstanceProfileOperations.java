package io.pileus.iam;

import io.pileus.core.service.CallContext;
import io.pileus.iam.model.*;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.InstanceProfile;
import io.pileus.iam.state.Role;
import java.util.List;
import java.util.Map;

/** Instance profiles. */
final class InstanceProfileOperations {
    private final IamAccounts accounts;

    InstanceProfileOperations(IamAccounts accounts) {
        this.accounts = accounts;
    }

    CreateInstanceProfileResponse createInstanceProfile(CreateInstanceProfileRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            if (account.instanceProfiles().containsKey(input.instanceProfileName())) {
                throw IamErrors.entityAlreadyExists(
                        "Instance Profile " + input.instanceProfileName() + " already exists.");
            }
            if (account.instanceProfiles().size() >= IamLimits.INSTANCE_PROFILES) {
                throw IamErrors.quota("InstanceProfilesPerAccount", IamLimits.INSTANCE_PROFILES);
            }
            Tags.check(Map.of(), input.tags());
            InstanceProfile profile = new InstanceProfile(
                    account.id(),
                    input.instanceProfileName(),
                    Entities.path(input.path()),
                    account.uniqueId("AIPA"),
                    Times.of(call));
            Tags.put(profile.tags(), input.tags());
            account.instanceProfiles().put(profile.name(), profile);
            return CreateInstanceProfileResponse.builder()
                    .instanceProfile(Answers.instanceProfile(account, profile))
                    .build();
        });
    }

    GetInstanceProfileResponse getInstanceProfile(GetInstanceProfileRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> GetInstanceProfileResponse.builder()
                .instanceProfile(Answers.instanceProfile(
                        account, Entities.instanceProfile(account, input.instanceProfileName())))
                .build());
    }

    ListInstanceProfilesResponse listInstanceProfiles(ListInstanceProfilesRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            List<InstanceProfile> profiles = account.instanceProfiles().values().stream()
                    .filter(p -> Entities.under(p.path(), input.pathPrefix()))
                    .toList();
            Page<InstanceProfile> page = Page.of(profiles, InstanceProfile::name, input.marker(), input.maxItems());
            return ListInstanceProfilesResponse.builder()
                    .instanceProfiles(page.items().stream()
                            .map(p -> Answers.instanceProfile(account, p))
                            .toList())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    ListInstanceProfilesForRoleResponse listInstanceProfilesForRole(
            ListInstanceProfilesForRoleRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Role role = Entities.role(account, input.roleName());
            Page<InstanceProfile> page =
                    Page.of(account.instanceProfilesOf(role), InstanceProfile::name, input.marker(), input.maxItems());
            return ListInstanceProfilesForRoleResponse.builder()
                    .instanceProfiles(page.items().stream()
                            .map(p -> Answers.instanceProfile(account, p))
                            .toList())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    AddRoleToInstanceProfileResponse addRoleToInstanceProfile(AddRoleToInstanceProfileRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            InstanceProfile profile = Entities.instanceProfile(account, input.instanceProfileName());
            Role role = Entities.ownRole(account, input.roleName());
            if (!profile.roleName().isEmpty()) {
                throw IamErrors.quota("InstanceSessionsPerInstanceProfile", 1);
            }
            profile.roleName(role.name());
            return new AddRoleToInstanceProfileResponse();
        });
    }

    RemoveRoleFromInstanceProfileResponse removeRoleFromInstanceProfile(
            RemoveRoleFromInstanceProfileRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            InstanceProfile profile = Entities.instanceProfile(account, input.instanceProfileName());
            if (!profile.roleName().equalsIgnoreCase(input.roleName())) {
                throw IamErrors.noSuch("role", input.roleName());
            }
            profile.roleName("");
            return new RemoveRoleFromInstanceProfileResponse();
        });
    }

    DeleteInstanceProfileResponse deleteInstanceProfile(DeleteInstanceProfileRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            InstanceProfile profile = Entities.instanceProfile(account, input.instanceProfileName());
            if (!profile.roleName().isEmpty()) {
                throw IamErrors.deleteConflict("Cannot delete entity, must remove roles from instance profile first.");
            }
            account.instanceProfiles().remove(profile.name());
            return new DeleteInstanceProfileResponse();
        });
    }

    TagInstanceProfileResponse tagInstanceProfile(TagInstanceProfileRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Tags.put(
                    Entities.instanceProfile(account, input.instanceProfileName())
                            .tags(),
                    input.tags());
            return new TagInstanceProfileResponse();
        });
    }

    UntagInstanceProfileResponse untagInstanceProfile(UntagInstanceProfileRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Tags.remove(
                    Entities.instanceProfile(account, input.instanceProfileName())
                            .tags(),
                    input.tagKeys());
            return new UntagInstanceProfileResponse();
        });
    }

    ListInstanceProfileTagsResponse listInstanceProfileTags(ListInstanceProfileTagsRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            InstanceProfile profile = Entities.instanceProfile(account, input.instanceProfileName());
            Page<Tag> page = Tags.page(profile.tags(), input.marker(), input.maxItems());
            return ListInstanceProfileTagsResponse.builder()
                    .tags(page.items())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }
}
