package io.pileus.iam;

import io.pileus.core.service.CallContext;
import io.pileus.iam.state.IamAccount;

/** The issuer of an account's own web identity tokens. AWS's is a host under tokens.sts.global.api.aws; ours is a path here, so that verifiers reach it. */
public final class OutboundIssuer {
    /** The path under which the issuers' documents are. */
    public static final String PATH = "/_pileus/sts/issuers/";

    private OutboundIssuer() {}

    /** The URL, under the endpoint by which the caller reached us. Called under the account's lock. */
    public static String url(IamAccount account, CallContext call) {
        return call.endpoint() + PATH + account.outboundIssuer();
    }
}
