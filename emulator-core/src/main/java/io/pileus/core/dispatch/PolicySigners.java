package io.pileus.core.dispatch;

import io.pileus.core.identity.Caller;
import io.pileus.core.port.FormSigners;
import io.pileus.core.service.WireProtocol;
import org.jspecify.annotations.Nullable;

/** Judges forms as requests are judged. */
record PolicySigners(Identities identities, @Nullable SignatureCheck signatures) implements FormSigners {

    @Override
    public boolean checksSignatures() {
        return signatures != null;
    }

    @Override
    public Caller signerOf(SignedForm form) {
        Credential credential = Credential.ofScope(form.credential(), false);
        if (credential == null) {
            throw FrameErrors.malformedFormCredential(form.credential());
        }
        if (signatures != null) {
            signatures.verifyForm(form, credential);
        }
        return identities.callerOf(credential, form.token(), WireProtocol.REST_XML);
    }
}
