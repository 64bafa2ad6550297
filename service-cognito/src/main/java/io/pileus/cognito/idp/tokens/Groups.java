package io.pileus.cognito.idp.tokens;

import io.pileus.cognito.idp.model.GroupType;
import io.pileus.cognito.idp.state.Group;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A user's groups as tokens carry them: names and roles by precedence (the lowest number first, groups without one last),
 * and the preferred role, which is that of the first group unless another of equal precedence has a different one.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-user-groups.html">Adding
 *     groups to a user pool</a>
 */
public record Groups(List<String> names, List<String> roles, Optional<String> preferredRole) {

    public static Groups of(UserPool pool, User user) {
        List<GroupType> groups = user.groups().stream()
                .map(pool.groups()::get)
                .filter(Objects::nonNull)
                .map(Group::type)
                .sorted(Comparator.comparingInt(Groups::precedence).thenComparing(GroupType::groupName))
                .toList();
        List<String> roles = groups.stream()
                .map(GroupType::roleArn)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return new Groups(groups.stream().map(GroupType::groupName).toList(), roles, preferred(groups));
    }

    private static Optional<String> preferred(List<GroupType> groups) {
        if (groups.isEmpty()) {
            return Optional.empty();
        }
        int first = precedence(groups.getFirst());
        List<String> candidates = groups.stream()
                .filter(group -> precedence(group) == first)
                .map(GroupType::roleArn)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return candidates.size() == 1 ? Optional.of(candidates.getFirst()) : Optional.empty();
    }

    private static int precedence(GroupType group) {
        return group.precedence() == null ? Integer.MAX_VALUE : group.precedence();
    }
}
