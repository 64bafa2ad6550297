package io.pileus.iam;

import io.pileus.core.policy.MalformedPolicyException;
import io.pileus.core.policy.PolicyDocument;
import io.pileus.core.policy.PolicyKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Policy documents as they come in and go out. */
final class Documents {
    private Documents() {}

    /** Refuses what is no policy document of the kind. */
    static PolicyDocument check(String text, PolicyKind kind) {
        try {
            return PolicyDocument.parse(text, kind);
        } catch (MalformedPolicyException e) {
            throw IamErrors.malformed(e);
        }
    }

    /** The characters that count towards a quota: all but white space. */
    static int size(String text) {
        return (int) text.chars().filter(c -> !Character.isWhitespace(c)).count();
    }

    /** RFC 3986 percent-encoding, in which IAM's answers carry documents. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
