package io.pileus.cognito.idp;

import io.pileus.cognito.idp.state.User;
import java.util.Optional;
import java.util.Set;

/**
 * The filter of ListUsers: {@code attribute = "value"} or {@code attribute ^= "prefix"}; quotes and backslashes in the
 * value are escaped by a backslash.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/how-to-manage-user-accounts.html#cognito-user-pools-searching-for-users-using-listusers-api">Searching
 *     for users</a>
 */
public record UserFilter(String attribute, boolean prefix, String value) {
    private static final Set<String> SEARCHABLE = Set.of(
            "username",
            "email",
            "phone_number",
            "name",
            "given_name",
            "family_name",
            "preferred_username",
            "cognito:user_status",
            "status",
            "sub");

    /** The filter that the text spells; empty for an empty text. */
    public static Optional<UserFilter> parse(String text) {
        if (text.isBlank()) {
            return Optional.empty();
        }
        String rest = text.strip();
        int end = 0;
        while (end < rest.length() && " =^\"".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        String attribute = rest.substring(0, end);
        rest = rest.substring(end).stripLeading();
        boolean prefix = rest.startsWith("^=");
        if (attribute.isEmpty() || !prefix && !rest.startsWith("=")) {
            throw malformed();
        }
        rest = rest.substring(prefix ? 2 : 1).stripLeading();
        String value = unquote(rest);
        if (!SEARCHABLE.contains(attribute)) {
            throw CognitoErrors.invalidParameter("Invalid search attribute: " + attribute);
        }
        return Optional.of(new UserFilter(attribute, prefix, value));
    }

    private static String unquote(String quoted) {
        if (quoted.length() < 2 || quoted.charAt(0) != '"') {
            throw malformed();
        }
        StringBuilder value = new StringBuilder();
        for (int i = 1; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            if (c == '"') {
                if (!quoted.substring(i + 1).isBlank()) {
                    throw malformed();
                }
                return value.toString();
            }
            if (c == '\\') {
                i++;
                if (i == quoted.length()) {
                    throw malformed();
                }
                c = quoted.charAt(i);
            }
            value.append(c);
        }
        throw malformed();
    }

    private static RuntimeException malformed() {
        return CognitoErrors.invalidParameter("Error while parsing filter.");
    }

    /** Whether the user passes; all but {@code cognito:user_status} is compared as it is. */
    public boolean accepts(User user) {
        return switch (attribute) {
            case "username" -> compare(user.username());
            case "cognito:user_status" -> compareIgnoringCase(user.status().wire());
            case "status" -> compare(user.enabled() ? "Enabled" : "Disabled");
            default -> user.attribute(attribute).map(this::compare).orElse(false);
        };
    }

    private boolean compare(String actual) {
        return prefix ? actual.startsWith(value) : actual.equals(value);
    }

    private boolean compareIgnoringCase(String actual) {
        return prefix ? actual.regionMatches(true, 0, value, 0, value.length()) : actual.equalsIgnoreCase(value);
    }
}
