package io.pileus.sts;

import io.pileus.core.identity.Caller;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.iam.AccessKeyIds;
import io.pileus.sts.model.*;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What callers ask about themselves, and sessions of their own. */
final class CallerOperations {
    /** What sealed messages about denials are for. */
    static final String AUTHORIZATION_MESSAGE = "authorization-message";

    /** What sealed trade-in tokens are for; their content is an expiry in epoch seconds, a blank and the principal's ARN. */
    static final String TRADE_IN_TOKEN = "trade-in-token";

    /** @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html">GetSessionToken</a> */
    private static final Duration DURATION_DEFAULT = Duration.ofHours(12);

    /** Longer sessions of root are cut to this. */
    private static final Duration ROOT_DURATION_MAX = Duration.ofHours(1);

    private final Sessions sessions;
    private final SessionPolicies sessionPolicies;
    private final MfaCheck mfa;
    private final RoleTrust roles;
    private final AssumedRoles assumed;
    private final Seal seal;

    CallerOperations(
            Sessions sessions,
            SessionPolicies sessionPolicies,
            MfaCheck mfa,
            RoleTrust roles,
            AssumedRoles assumed,
            Seal seal) {
        this.sessions = sessions;
        this.sessionPolicies = sessionPolicies;
        this.mfa = mfa;
        this.roles = roles;
        this.assumed = assumed;
        this.seal = seal;
    }

    GetCallerIdentityResponse getCallerIdentity(GetCallerIdentityRequest input, CallContext call) {
        return GetCallerIdentityResponse.builder()
                .userId(call.caller().userId())
                .account(call.caller().account().id())
                .arn(call.caller().principalArn())
                .build();
    }

    GetAccessKeyInfoResponse getAccessKeyInfo(GetAccessKeyInfoRequest input, CallContext call) {
        String id = Objects.requireNonNull(input.accessKeyId());
        return GetAccessKeyInfoResponse.builder()
                .account(AccessKeyIds.account(id)
                        .orElseThrow(() -> StsErrors.validation("Invalid access key id: " + id))
                        .id())
                .build();
    }

    DecodeAuthorizationMessageResponse decodeAuthorizationMessage(
            DecodeAuthorizationMessageRequest input, CallContext call) {
        return DecodeAuthorizationMessageResponse.builder()
                .decodedMessage(seal.open(AUTHORIZATION_MESSAGE, Objects.requireNonNull(input.encodedMessage()))
                        .orElseThrow(StsErrors::invalidAuthorizationMessage))
                .build();
    }

    GetSessionTokenResponse getSessionToken(GetSessionTokenRequest input, CallContext call) {
        Caller caller = longTerm(call, "GetSessionToken");
        Optional<Instant> mfaAt = mfa.check(input.serialNumber(), input.tokenCode(), call);
        Session session = sessions.issue(
                caller.kind(),
                new Session.Principal(
                        caller.account(),
                        caller.principalArn(),
                        caller.userId(),
                        caller.principalArn(),
                        caller.userId()),
                new Session.Traits(caller.sessionTags(), Map.of(), "", mfaAt, List.of(), "", Set.of()),
                call.receivedAt(),
                duration(input.durationSeconds(), caller));
        return GetSessionTokenResponse.builder()
                .credentials(Answers.credentials(session))
                .build();
    }

    GetFederationTokenResponse getFederationToken(GetFederationTokenRequest input, CallContext call) {
        Caller caller = longTerm(call, "GetFederationToken");
        Map<String, String> given = SessionTags.of(input.tags());
        SessionPolicies.Packed policies =
                sessionPolicies.of(caller.account(), input.policy(), input.policyArns(), given);
        SessionTags tags = SessionTags.join(given, List.of(), Map.of(), caller.sessionTags());
        String id = caller.account() + ":" + input.name();
        String arn = "arn:aws:sts::" + caller.account() + ":federated-user/" + input.name();
        Session session = sessions.issue(
                Caller.Kind.FEDERATED_USER,
                new Session.Principal(caller.account(), arn, id, caller.principalArn(), caller.userId()),
                new Session.Traits(
                        tags.principal(), Map.of(), "", Optional.empty(), policies.policies(), "", given.keySet()),
                call.receivedAt(),
                duration(input.durationSeconds(), caller));
        return GetFederationTokenResponse.builder()
                .credentials(Answers.credentials(session))
                .federatedUser(
                        FederatedUser.builder().federatedUserId(id).arn(arn).build())
                .packedPolicySize(policies.percent().orElse(null))
                .build();
    }

    private Caller longTerm(CallContext call, String operation) {
        Caller caller = call.caller();
        boolean plain = caller.kind() == Caller.Kind.ROOT || caller.kind() == Caller.Kind.USER;
        if (!plain || sessions.find(caller.accessKeyId()).isPresent()) {
            throw StsErrors.notWithSessionCredentials(operation);
        }
        return caller;
    }

    private static Duration duration(@org.jspecify.annotations.Nullable Integer seconds, Caller caller) {
        Duration duration = seconds == null ? DURATION_DEFAULT : Duration.ofSeconds(seconds);
        boolean root = caller.kind() == Caller.Kind.ROOT;
        return root && duration.compareTo(ROOT_DURATION_MAX) > 0 ? ROOT_DURATION_MAX : duration;
    }

    // ---- delegation ---------------------------------------------------------------------------------------------

    /**
     * Trades in a token that the emulator's own endpoint made for a role: AWS sends them to its partners only, out of the
     * console, so there is nothing else to trade in here.
     */
    GetDelegatedAccessTokenResponse getDelegatedAccessToken(GetDelegatedAccessTokenRequest input, CallContext call) {
        String[] content = seal.open(TRADE_IN_TOKEN, Objects.requireNonNull(input.tradeInToken()))
                .orElseThrow(() -> StsErrors.accessDenied("The trade-in token is invalid."))
                .split(" ", 2);
        if (!Instant.ofEpochSecond(Long.parseLong(content[0])).isAfter(call.receivedAt())) {
            throw ExpiredTradeInTokenException.of("The trade-in token has expired.");
        }
        AwsException denied =
                StsErrors.notAuthorized(call.caller().principalArn(), "sts:GetDelegatedAccessToken", content[1]);
        RoleTrust.Target target = roles.find(content[1], () -> denied);
        Session session = assumed.issue(
                target,
                new AssumedRoles.Wanted(
                        "delegated",
                        Duration.ofHours(1),
                        SessionTags.join(Map.of(), List.of(), Map.of(), target.tags()),
                        "",
                        Optional.empty(),
                        new SessionPolicies.Packed(List.of(), Optional.empty()),
                        ""),
                call.receivedAt(),
                call.region());
        return GetDelegatedAccessTokenResponse.builder()
                .credentials(Answers.credentials(session))
                .assumedPrincipal(session.principal().arn())
                .build();
    }
}
