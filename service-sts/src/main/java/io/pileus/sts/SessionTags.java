package io.pileus.sts;

import io.pileus.sts.model.Tag;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The tags of a session: those given, those that came along a chain of roles, and those of the role itself beneath.
 *
 * @param given the tags of the call, which need {@code sts:TagSession}
 * @param transitive the tags that go on to the next role
 * @param principal all tags of the principal
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html">Session tags</a>
 */
record SessionTags(Map<String, String> given, Map<String, String> transitive, Map<String, String> principal) {

    static Map<String, String> of(List<Tag> tags) {
        Map<String, String> given = new LinkedHashMap<>();
        for (Tag tag : tags) {
            String key = String.valueOf(tag.key());
            if (given.keySet().stream().anyMatch(key::equalsIgnoreCase)) {
                throw StsErrors.invalidParameter(
                        "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
            }
            if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
                throw StsErrors.invalidParameter("Tag keys that start with aws: are reserved for AWS use.");
            }
            given.put(key, String.valueOf(tag.value()));
        }
        return given;
    }

    /**
     * @param inherited transitive tags of the caller's own session
     * @param beneath the tags of the role
     */
    static SessionTags join(
            Map<String, String> given,
            List<String> transitiveKeys,
            Map<String, String> inherited,
            Map<String, String> beneath) {
        Map<String, String> transitive = new HashMap<>(inherited);
        for (String key : given.keySet()) {
            if (inherited.keySet().stream().anyMatch(key::equalsIgnoreCase)) {
                throw StsErrors.invalidParameter("One of the specified transitive tag keys can't be set because it"
                        + " conflicts with a transitive tag key from the calling session.");
            }
        }
        for (String key : transitiveKeys) {
            String own = given.keySet().stream()
                    .filter(key::equalsIgnoreCase)
                    .findFirst()
                    .orElseThrow(() -> StsErrors.invalidParameter(
                            "The specified transitive tag key must be included in the requested tags."));
            transitive.put(own, given.get(own));
        }
        Map<String, String> principal = new HashMap<>();
        add(principal, beneath);
        add(principal, inherited);
        add(principal, given);
        return new SessionTags(given, transitive, principal);
    }

    private static void add(Map<String, String> all, Map<String, String> more) {
        more.forEach((key, value) -> {
            all.keySet().removeIf(key::equalsIgnoreCase);
            all.put(key, value);
        });
    }
}
