package io.pileus.cognito.idp;

import io.pileus.cognito.idp.model.*;
import io.pileus.cognito.idp.state.Group;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.core.service.CallContext;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** Groups and who is in them. */
final class GroupOperations {
    private static final int GROUPS_MAX = 10_000;
    private static final int GROUPS_PER_USER_MAX = 100;
    private final Realm realm;

    GroupOperations(Realm realm) {
        this.realm = realm;
    }

    CreateGroupResponse createGroup(CreateGroupRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        GroupType type = GroupType.builder()
                .groupName(input.groupName())
                .userPoolId(pool.id())
                .description(input.description())
                .roleArn(input.roleArn())
                .precedence(input.precedence())
                .creationDate(call.receivedAt())
                .lastModifiedDate(call.receivedAt())
                .build();
        if (pool.groups().size() >= GROUPS_MAX) {
            throw LimitExceededException.of("Exceeded the limit of " + GROUPS_MAX + " groups in a user pool.");
        }
        if (pool.groups().putIfAbsent(input.groupName(), new Group(type, new ConcurrentSkipListSet<>())) != null) {
            throw GroupExistsException.of("A group with the name already exists.");
        }
        return CreateGroupResponse.builder().group(type).build();
    }

    private static Group group(UserPool pool, String name) {
        Group group = pool.groups().get(name);
        if (group == null) {
            throw CognitoErrors.groupNotFound();
        }
        return group;
    }

    GetGroupResponse getGroup(GetGroupRequest input, CallContext call) {
        return GetGroupResponse.builder()
                .group(group(realm.pool(input.userPoolId(), call), input.groupName())
                        .type())
                .build();
    }

    UpdateGroupResponse updateGroup(UpdateGroupRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        Group changed = pool.groups().computeIfPresent(input.groupName(), (name, old) -> {
            GroupType.Builder type = old.type().toBuilder().lastModifiedDate(call.receivedAt());
            if (input.description() != null) {
                type.description(input.description());
            }
            if (input.roleArn() != null) {
                type.roleArn(input.roleArn());
            }
            if (input.precedence() != null) {
                type.precedence(input.precedence());
            }
            return old.with(type.build());
        });
        if (changed == null) {
            throw CognitoErrors.groupNotFound();
        }
        return UpdateGroupResponse.builder().group(changed.type()).build();
    }

    DeleteGroupResponse deleteGroup(DeleteGroupRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        Group group = pool.groups().remove(input.groupName());
        if (group == null) {
            throw CognitoErrors.groupNotFound();
        }
        group.members().forEach(name -> pool.users().note(name, draft -> draft.groups.remove(input.groupName())));
        return DeleteGroupResponse.builder().build();
    }

    ListGroupsResponse listGroups(ListGroupsRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        Pages<Group> page = Pages.of(pool.groups(), input.nextToken(), input.limit(), 60);
        return ListGroupsResponse.builder()
                .groups(page.items().stream().map(Group::type).toList())
                .nextToken(page.nextToken().orElse(null))
                .build();
    }

    AdminAddUserToGroupResponse adminAddUserToGroup(AdminAddUserToGroupRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        User user = realm.user(pool, input.username());
        Group group = group(pool, input.groupName());
        pool.users().note(user.username(), draft -> {
            if (draft.groups.contains(input.groupName())) {
                return;
            }
            if (draft.groups.size() >= GROUPS_PER_USER_MAX) {
                throw LimitExceededException.of("Exceeded the limit of groups that a user can belong to.");
            }
            draft.groups.add(input.groupName());
        });
        group.members().add(pool.users().normalize(user.username()));
        return AdminAddUserToGroupResponse.builder().build();
    }

    AdminRemoveUserFromGroupResponse adminRemoveUserFromGroup(AdminRemoveUserFromGroupRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        User user = realm.user(pool, input.username());
        Group group = group(pool, input.groupName());
        pool.users().note(user.username(), draft -> draft.groups.remove(input.groupName()));
        group.members().remove(pool.users().normalize(user.username()));
        return AdminRemoveUserFromGroupResponse.builder().build();
    }

    AdminListGroupsForUserResponse adminListGroupsForUser(AdminListGroupsForUserRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        User user = realm.user(pool, input.username());
        NavigableMap<String, Group> groups = new TreeMap<>();
        for (String name : user.groups()) {
            Group group = pool.groups().get(name);
            if (group != null) {
                groups.put(name, group);
            }
        }
        Pages<Group> page = Pages.of(groups, input.nextToken(), input.limit(), 60);
        return AdminListGroupsForUserResponse.builder()
                .groups(page.items().stream().map(Group::type).toList())
                .nextToken(page.nextToken().orElse(null))
                .build();
    }

    ListUsersInGroupResponse listUsersInGroup(ListUsersInGroupRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        Group group = group(pool, input.groupName());
        NavigableSet<String> members = input.nextToken() == null
                ? group.members()
                : Pages.after(group.members(), Pages.decode(input.nextToken()));
        Pages<User> page = Pages.of(members, pool.users()::named, name -> name, Pages.max(input.limit(), 60));
        return ListUsersInGroupResponse.builder()
                .users(page.items().stream().map(UserViews::userType).toList())
                .nextToken(page.nextToken().orElse(null))
                .build();
    }
}
