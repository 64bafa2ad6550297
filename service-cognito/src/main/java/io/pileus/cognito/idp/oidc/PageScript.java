package io.pileus.cognito.idp.oidc;

import io.pileus.cognito.idp.crypto.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A script of the pages, which goes into them as it is: their content security policy knows it by its hash and lets no
 * other run.
 */
record PageScript(String text) {

    /** What passkeys need: only a script may talk to an authenticator. */
    static PageScript passkey() {
        try (InputStream in = PageScript.class.getResourceAsStream("passkey.js")) {
            if (in == null) {
                throw new IllegalStateException("passkey.js is missing");
            }
            return new PageScript(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a content security policy names it. */
    String hash() {
        return "sha256-" + Base64.getEncoder().encodeToString(Digests.sha256(Digests.utf8(text)));
    }
}
