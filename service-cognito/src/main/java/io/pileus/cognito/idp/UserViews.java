package io.pileus.cognito.idp;

import io.pileus.cognito.idp.model.AttributeType;
import io.pileus.cognito.idp.model.MFAOptionType;
import io.pileus.cognito.idp.model.UserType;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.triggers.Triggers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Users as the API shows them. */
final class UserViews {
    private UserViews() {}

    static UserType userType(User user) {
        return userType(user, name -> true);
    }

    static UserType userType(User user, Predicate<String> shown) {
        return UserType.builder()
                .username(user.username())
                .attributes(attributes(user, shown))
                .userCreateDate(user.createdAt())
                .userLastModifiedDate(user.modifiedAt())
                .enabled(user.enabled())
                .userStatus(user.status())
                .mfaOptions(mfaOptions(user))
                .build();
    }

    /** The attributes, with {@code sub} among them and {@code identities} where there are any. */
    static List<AttributeType> attributes(User user, Predicate<String> shown) {
        Map<String, String> all = new LinkedHashMap<>(user.attributes());
        all.put("sub", user.sub());
        if (!user.identities().isEmpty()) {
            all.put("identities", Triggers.identitiesJson(user));
        }
        List<AttributeType> attributes = new ArrayList<>();
        all.forEach((name, value) -> {
            if (shown.test(name)) {
                attributes.add(AttributeType.builder().name(name).value(value).build());
            }
        });
        return attributes;
    }

    /** The old way to say that SMS is the second factor; absent for all others. */
    static @Nullable Collection<MFAOptionType> mfaOptions(User user) {
        return user.mfa().legacySms()
                ? List.of(MFAOptionType.builder()
                        .deliveryMedium("SMS")
                        .attributeName("phone_number")
                        .build())
                : null;
    }

    /** Attributes of a request by name; a name given twice is refused, a missing value is an empty one. */
    static Map<String, String> map(List<AttributeType> attributes) {
        Map<String, String> map = new LinkedHashMap<>();
        for (AttributeType attribute : attributes) {
            if (map.put(attribute.name(), attribute.value() == null ? "" : attribute.value()) != null) {
                throw CognitoErrors.invalidParameter("Duplicate attribute: " + attribute.name());
            }
        }
        return map;
    }
}
