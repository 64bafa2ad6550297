package io.pileus.cognito.idp.state;

import io.pileus.cognito.idp.model.GroupType;
import java.util.NavigableSet;

/** A group and the names of its members. */
public record Group(GroupType type, NavigableSet<String> members) {

    public Group with(GroupType changed) {
        return new Group(changed, members);
    }
}
