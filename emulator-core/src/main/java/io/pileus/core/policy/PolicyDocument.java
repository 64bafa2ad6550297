package io.pileus.core.policy;

import java.util.List;

/**
 * A policy document that has been read.
 *
 * @param text the document as it was given
 * @param version {@code 2012-10-17} or {@code 2008-10-17}, which is also the default; only the later has policy variables
 * @param id the document's own id; empty for none
 * @param statements at least one
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html">Policy elements</a>
 */
public record PolicyDocument(String text, String version, String id, List<Statement> statements) {
    static final String WITH_VARIABLES = "2012-10-17";
    static final String WITHOUT_VARIABLES = "2008-10-17";

    public PolicyDocument {
        statements = List.copyOf(statements);
    }

    /** Reads a document. */
    public static PolicyDocument parse(String text, PolicyKind kind) throws MalformedPolicyException {
        return new PolicyParser(text, kind).parse();
    }
}
