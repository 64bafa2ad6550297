package io.pileus.core.port;

import io.pileus.core.identity.Caller;
import java.time.Instant;
import java.util.Optional;

/** Tells who signed the policy of a form: browsers send it beside what they upload, and no signed header. */
public interface FormSigners {

    /** Whether signatures must be right, and a form without one is nobody's. */
    boolean checksSignatures();

    /**
     * Who signed.
     *
     * @throws io.pileus.core.service.AwsException when signatures are checked and this one is wrong, or its key is unknown
     */
    Caller signerOf(SignedForm form);

    /**
     * The fields of a form that sign it.
     *
     * @param credential the scope, such as {@code AKIA…/20260101/us-east-1/s3/aws4_request}
     * @param policy as sent: in base64
     * @param signature in hexadecimal
     * @param token the session's token, for temporary credentials
     */
    record SignedForm(
            String algorithm,
            String credential,
            String policy,
            String signature,
            Optional<String> token,
            Instant now) {}
}
