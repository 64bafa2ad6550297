package io.pileus.sts;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.policy.PolicySet;
import io.pileus.core.policy.RequestContext;
import io.pileus.core.policy.Subject;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.iam.IamAccounts;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.OidcProvider;
import io.pileus.iam.state.SamlProvider;
import io.pileus.sts.model.*;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Roles for those whom an identity provider vouches for: web identity and SAML. */
final class FederationOperations {
    private static final String WEB_IDENTITY = "sts:AssumeRoleWithWebIdentity";
    private static final String SAML = "sts:AssumeRoleWithSAML";
    private static final Duration DURATION_DEFAULT = Duration.ofHours(1);

    /** Providers that every account knows, by issuer. */
    private static final Map<String, String> WELL_KNOWN = Map.of(
            "https://accounts.google.com", "accounts.google.com",
            "https://cognito-identity.amazonaws.com", "cognito-identity.amazonaws.com");

    private final IamAccounts accounts;
    private final RoleTrust roles;
    private final AssumedRoles assumed;
    private final SessionPolicies sessionPolicies;
    private final WebIdentityKeys keys;

    FederationOperations(
            IamAccounts accounts,
            RoleTrust roles,
            AssumedRoles assumed,
            SessionPolicies sessionPolicies,
            WebIdentityKeys keys) {
        this.accounts = accounts;
        this.roles = roles;
        this.assumed = assumed;
        this.sessionPolicies = sessionPolicies;
        this.keys = keys;
    }

    // ---- web identity -------------------------------------------------------------------------------------------

    CompletionStage<AssumeRoleWithWebIdentityResponse> assumeRoleWithWebIdentity(
            AssumeRoleWithWebIdentityRequest input, CallContext call) {
        if (input.providerId() != null) {
            return CompletableFuture.failedFuture(io.pileus.core.service.NotImplemented.feature(
                    "AssumeRoleWithWebIdentity with an OAuth 2.0 access token (ProviderId)"));
        }
        try {
            Arn role = RoleTrust.roleArn(Objects.requireNonNull(input.roleArn()));
            WebIdentityToken token = WebIdentityToken.parse(Objects.requireNonNull(input.webIdentityToken()));
            Provider provider = provider(new AccountId(role.account()), token);
            token.checkTimes(call.receivedAt());
            return keys.of(token.issuer()).thenApply(set -> {
                token.checkSignature(set);
                provider.clientIds().ifPresent(token::checkAudience);
                return webIdentitySession(input, token, provider, call);
            });
        } catch (AwsException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** @param clientIds the audiences to accept; empty for providers that trust policies must restrict */
    private record Provider(String name, Optional<Set<String>> clientIds) {}

    private Provider provider(AccountId accountId, WebIdentityToken token) {
        String wellKnown = WELL_KNOWN.get(token.issuer());
        if (wellKnown != null) {
            return new Provider(wellKnown, Optional.empty());
        }
        IamAccount account = accounts.of(accountId);
        return account.locked(() -> {
            OidcProvider registered =
                    account.oidcProviders().get("arn:aws:iam::" + accountId + ":oidc-provider/" + token.provider());
            if (registered == null) {
                throw StsErrors.invalidToken("No OpenIDConnect provider found in your account for " + token.issuer());
            }
            return new Provider(registered.arn(), Optional.of(Set.copyOf(registered.clientIds())));
        });
    }

    private AssumeRoleWithWebIdentityResponse webIdentitySession(
            AssumeRoleWithWebIdentityRequest input, WebIdentityToken token, Provider provider, CallContext call) {
        RoleTrust.Target target = roles.find(
                Objects.requireNonNull(input.roleArn()), () -> StsErrors.notAuthorizedToAssume(WEB_IDENTITY));
        SessionTags tags = SessionTags.join(token.tags(), token.transitiveTagKeys(), Map.of(), target.tags());
        AssumedRoles.Wanted wanted = new AssumedRoles.Wanted(
                Objects.requireNonNull(input.roleSessionName()),
                duration(input.durationSeconds(), target),
                tags,
                token.sourceIdentity(),
                Optional.empty(),
                sessionPolicies.of(target.account().id(), input.policy(), input.policyArns(), tags.given()),
                provider.name());
        RequestContext.Builder context = context(wanted, provider.name(), call);
        token.addTo(context);
        Session session = checked(target, wanted, provider.name(), WEB_IDENTITY, context.build(), call);
        return AssumeRoleWithWebIdentityResponse.builder()
                .credentials(Answers.credentials(session))
                .assumedRoleUser(Answers.assumedRoleUser(session))
                .subjectFromWebIdentityToken(token.subject())
                .provider(provider.name())
                .audience(token.audience())
                .packedPolicySize(wanted.policies().percent().orElse(null))
                .sourceIdentity(wanted.sourceIdentity().isEmpty() ? null : wanted.sourceIdentity())
                .build();
    }

    private static Duration duration(@Nullable Integer seconds, RoleTrust.Target target) {
        Duration duration = seconds == null ? DURATION_DEFAULT : Duration.ofSeconds(seconds);
        if (duration.compareTo(target.maxSession()) > 0) {
            throw StsErrors.durationExceedsRole();
        }
        return duration;
    }

    private static RequestContext.Builder context(AssumedRoles.Wanted wanted, String provider, CallContext call) {
        RequestContext.Builder keys = RequestContext.builder()
                .with("aws:CurrentTime", call.receivedAt().toString())
                .with("aws:EpochTime", Long.toString(call.receivedAt().getEpochSecond()))
                .with("aws:SecureTransport", String.valueOf(call.endpoint().startsWith("https:")))
                .with("aws:RequestedRegion", call.region().id())
                .with("aws:FederatedProvider", provider)
                .with("sts:RoleSessionName", wanted.sessionName());
        if (!wanted.sourceIdentity().isEmpty()) {
            keys.with("sts:SourceIdentity", wanted.sourceIdentity());
        }
        CallerPolicies.addRequestTags(keys, wanted.tags().given());
        return keys;
    }

    private Session checked(
            RoleTrust.Target target,
            AssumedRoles.Wanted wanted,
            String provider,
            String action,
            RequestContext context,
            CallContext call) {
        assumed.checkTrust(
                target,
                new AssumedRoles.Asking(Subject.federated(provider), PolicySet.NONE, action, context),
                wanted,
                denial -> StsErrors.notAuthorizedToAssume(denial.action()));
        return assumed.issue(target, wanted, call.receivedAt(), call.region());
    }

    // ---- SAML ---------------------------------------------------------------------------------------------------

    AssumeRoleWithSAMLResponse assumeRoleWithSAML(AssumeRoleWithSAMLRequest input, CallContext call) {
        String roleArn = Objects.requireNonNull(input.roleArn());
        String principalArn = Objects.requireNonNull(input.principalArn());
        Arn role = RoleTrust.roleArn(roleArn);
        String metadata = metadata(new AccountId(role.account()), principalArn);
        SamlAssertion assertion = SamlAssertion.verified(Objects.requireNonNull(input.samlAssertion()), metadata);
        assertion.checkTimes(call.receivedAt());
        assertion.checkRole(roleArn, principalArn);
        RoleTrust.Target target = roles.find(roleArn, () -> StsErrors.notAuthorizedToAssume(SAML));
        SessionTags tags = SessionTags.join(assertion.tags(), assertion.transitiveTagKeys(), Map.of(), target.tags());
        AssumedRoles.Wanted wanted = new AssumedRoles.Wanted(
                assertion.sessionName(),
                samlDuration(input.durationSeconds(), assertion, target, call),
                tags,
                assertion.sourceIdentity(),
                Optional.empty(),
                sessionPolicies.of(target.account().id(), input.policy(), input.policyArns(), tags.given()),
                principalArn);
        RequestContext.Builder context = context(wanted, principalArn, call);
        assertion.addTo(context, role.account(), principalArn);
        Session session = checked(target, wanted, principalArn, SAML, context.build(), call);
        return AssumeRoleWithSAMLResponse.builder()
                .credentials(Answers.credentials(session))
                .assumedRoleUser(Answers.assumedRoleUser(session))
                .packedPolicySize(wanted.policies().percent().orElse(null))
                .subject(assertion.subject())
                .subjectType(assertion.subjectType())
                .issuer(assertion.issuer())
                .audience(assertion.recipient())
                .nameQualifier(assertion.nameQualifier(role.account(), principalArn))
                .sourceIdentity(wanted.sourceIdentity().isEmpty() ? null : wanted.sourceIdentity())
                .build();
    }

    private String metadata(AccountId accountId, String principalArn) {
        IamAccount account = accounts.of(accountId);
        return account.locked(() -> {
            SamlProvider provider = account.samlProviders().get(principalArn);
            if (provider == null) {
                throw StsErrors.invalidToken("Specified provider doesn't exist");
            }
            return provider.metadata();
        });
    }

    /** The shortest of what the call asks for, what the assertion's SessionDuration says, and the assertion's own end. */
    private static Duration samlDuration(
            @Nullable Integer seconds, SamlAssertion assertion, RoleTrust.Target target, CallContext call) {
        Duration duration = duration(seconds, target);
        for (Optional<Duration> limit :
                List.of(assertion.sessionDuration(), assertion.sessionLeft(call.receivedAt()))) {
            if (limit.isPresent() && limit.get().compareTo(duration) < 0) {
                duration = limit.get();
            }
        }
        return duration;
    }
}
