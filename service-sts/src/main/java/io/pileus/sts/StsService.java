package io.pileus.sts;

import io.pileus.core.service.CallContext;
import io.pileus.sts.model.*;
import java.util.concurrent.CompletionStage;

/** STS, as a table of contents: each operation and where it is done. */
public final class StsService implements StsOperations {
    private final AssumeRoleOperations assumeRole;
    private final FederationOperations federation;
    private final CallerOperations caller;
    private final WebIdentityTokenOperations tokens;

    StsService(
            AssumeRoleOperations assumeRole,
            FederationOperations federation,
            CallerOperations caller,
            WebIdentityTokenOperations tokens) {
        this.assumeRole = assumeRole;
        this.federation = federation;
        this.caller = caller;
        this.tokens = tokens;
    }

    @Override
    public AssumeRoleResponse assumeRole(AssumeRoleRequest input, CallContext call) {
        return assumeRole.assumeRole(input, call);
    }

    @Override
    public AssumeRootResponse assumeRoot(AssumeRootRequest input, CallContext call) {
        return assumeRole.assumeRoot(input, call);
    }

    @Override
    public AssumeRoleWithSAMLResponse assumeRoleWithSAML(AssumeRoleWithSAMLRequest input, CallContext call) {
        return federation.assumeRoleWithSAML(input, call);
    }

    @Override
    public CompletionStage<AssumeRoleWithWebIdentityResponse> assumeRoleWithWebIdentity(
            AssumeRoleWithWebIdentityRequest input, CallContext call) {
        return federation.assumeRoleWithWebIdentity(input, call);
    }

    @Override
    public GetFederationTokenResponse getFederationToken(GetFederationTokenRequest input, CallContext call) {
        return caller.getFederationToken(input, call);
    }

    @Override
    public GetSessionTokenResponse getSessionToken(GetSessionTokenRequest input, CallContext call) {
        return caller.getSessionToken(input, call);
    }

    @Override
    public GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest input, CallContext call) {
        return caller.getCallerIdentity(input, call);
    }

    @Override
    public GetAccessKeyInfoResponse getAccessKeyInfo(GetAccessKeyInfoRequest input, CallContext call) {
        return caller.getAccessKeyInfo(input, call);
    }

    @Override
    public DecodeAuthorizationMessageResponse decodeAuthorizationMessage(
            DecodeAuthorizationMessageRequest input, CallContext call) {
        return caller.decodeAuthorizationMessage(input, call);
    }

    @Override
    public GetWebIdentityTokenResponse getWebIdentityToken(GetWebIdentityTokenRequest input, CallContext call) {
        return tokens.getWebIdentityToken(input, call);
    }

    @Override
    public GetDelegatedAccessTokenResponse getDelegatedAccessToken(
            GetDelegatedAccessTokenRequest input, CallContext call) {
        return caller.getDelegatedAccessToken(input, call);
    }
}
