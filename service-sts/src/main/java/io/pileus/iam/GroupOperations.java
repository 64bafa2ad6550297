package io.pileus.iam;

import io.pileus.core.service.CallContext;
import io.pileus.iam.model.*;
import io.pileus.iam.state.Group;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.User;
import java.util.List;
import java.util.Objects;

/** Groups and who is in them. */
final class GroupOperations {
    private final IamAccounts accounts;

    GroupOperations(IamAccounts accounts) {
        this.accounts = accounts;
    }

    CreateGroupResponse createGroup(CreateGroupRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            if (account.groups().containsKey(input.groupName())) {
                throw IamErrors.alreadyExists("group", input.groupName());
            }
            if (account.groups().size() >= IamLimits.GROUPS) {
                throw IamErrors.quota("GroupsPerAccount", IamLimits.GROUPS);
            }
            Group group = account.createGroup(input.groupName(), Entities.path(input.path()), Times.of(call));
            return CreateGroupResponse.builder().group(Answers.group(group)).build();
        });
    }

    GetGroupResponse getGroup(GetGroupRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Group group = Entities.group(account, input.groupName());
            List<User> members = group.members().stream()
                    .map(account.users()::get)
                    .filter(Objects::nonNull)
                    .toList();
            Page<User> page = Page.of(members, User::name, input.marker(), input.maxItems());
            return GetGroupResponse.builder()
                    .group(Answers.group(group))
                    .users(page.items().stream().map(Answers::listed).toList())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    ListGroupsResponse listGroups(ListGroupsRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            List<Group> groups = account.groups().values().stream()
                    .filter(g -> Entities.under(g.path(), input.pathPrefix()))
                    .toList();
            Page<Group> page = Page.of(groups, Group::name, input.marker(), input.maxItems());
            return ListGroupsResponse.builder()
                    .groups(page.items().stream().map(Answers::group).toList())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    ListGroupsForUserResponse listGroupsForUser(ListGroupsForUserRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            List<Group> groups = account.groupsOf(Entities.user(account, input.userName()));
            Page<Group> page = Page.of(groups, Group::name, input.marker(), input.maxItems());
            return ListGroupsForUserResponse.builder()
                    .groups(page.items().stream().map(Answers::group).toList())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    UpdateGroupResponse updateGroup(UpdateGroupRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Group group = Entities.group(account, input.groupName());
            String newName = input.newGroupName() == null ? group.name() : input.newGroupName();
            Group other = account.groups().get(newName);
            if (other != null && other != group) {
                throw IamErrors.alreadyExists("group", newName);
            }
            account.renameGroup(group, newName, input.newPath() == null ? group.path() : input.newPath());
            return new UpdateGroupResponse();
        });
    }

    DeleteGroupResponse deleteGroup(DeleteGroupRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Group group = Entities.group(account, input.groupName());
            if (!group.members().isEmpty()) {
                throw IamErrors.deleteConflict("Cannot delete entity, must remove users from group first.");
            }
            if (!group.attachedPolicies().isEmpty()) {
                throw IamErrors.deleteConflict("Cannot delete entity, must detach all policies first.");
            }
            if (!group.inlinePolicies().isEmpty()) {
                throw IamErrors.deleteConflict("Cannot delete entity, must delete policies first.");
            }
            account.groups().remove(group.name());
            return new DeleteGroupResponse();
        });
    }

    AddUserToGroupResponse addUserToGroup(AddUserToGroupRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Group group = Entities.group(account, input.groupName());
            User user = Entities.user(account, input.userName());
            if (!group.members().contains(user.name()) && account.groupsOf(user).size() >= IamLimits.GROUPS_PER_USER) {
                throw IamErrors.quota("GroupsPerUser", IamLimits.GROUPS_PER_USER);
            }
            group.members().add(user.name());
            return new AddUserToGroupResponse();
        });
    }

    RemoveUserFromGroupResponse removeUserFromGroup(RemoveUserFromGroupRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Group group = Entities.group(account, input.groupName());
            Entities.user(account, input.userName());
            group.members().remove(input.userName());
            return new RemoveUserFromGroupResponse();
        });
    }
}
