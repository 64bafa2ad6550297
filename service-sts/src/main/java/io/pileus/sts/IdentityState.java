package io.pileus.sts;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Region;
import io.pileus.core.policy.AttachedPolicy;
import io.pileus.core.policy.MalformedPolicyException;
import io.pileus.core.policy.PolicyDocument;
import io.pileus.core.policy.PolicyKind;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.shape.Blob;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import io.pileus.iam.IamAccounts;
import io.pileus.iam.state.SavedAccount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * IAM and STS saved and loaded: accounts, the sessions that were issued, and the keys that tokens are sealed and signed with,
 * so that credentials go on to be good. What was decided on requests is not kept.
 */
final class IdentityState {
    private static final Scope HOUSE = new Scope(AccountId.DEFAULT, Region.US_EAST_1);

    private final IamAccounts accounts;
    private final Sessions sessions;
    private final Seal seal;
    private final OutboundTokens outbound;
    private final WebIdentityKeys webIdentityKeys;

    IdentityState(
            IamAccounts accounts,
            Sessions sessions,
            Seal seal,
            OutboundTokens outbound,
            WebIdentityKeys webIdentityKeys) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.seal = seal;
        this.outbound = outbound;
        this.webIdentityKeys = webIdentityKeys;
    }

    /** Keys of the house: what seals tokens, what signs our own, and what the user supplied by issuer. */
    record SavedKeys(Blob seal, List<String> outbound, Map<String, String> supplied) {}

    record SavedSession(
            String secretAccessKey,
            String sessionToken,
            Instant issuedAt,
            Instant expiration,
            Caller.Kind kind,
            Session.Principal principal,
            Map<String, String> tags,
            Map<String, String> transitiveTags,
            String sourceIdentity,
            Optional<Instant> mfaAt,
            List<SavedSessionPolicy> policies,
            String federatedProvider,
            Set<String> sessionTagKeys) {

        static SavedSession of(Session session) {
            Session.Traits traits = session.traits();
            return new SavedSession(
                    session.secretAccessKey(),
                    session.sessionToken(),
                    session.issuedAt(),
                    session.expiration(),
                    session.kind(),
                    session.principal(),
                    new TreeMap<>(traits.tags()),
                    new TreeMap<>(traits.transitiveTags()),
                    traits.sourceIdentity(),
                    traits.mfaAt(),
                    traits.policies().stream().map(SavedSessionPolicy::of).toList(),
                    traits.federatedProvider(),
                    new TreeSet<>(traits.sessionTagKeys()));
        }

        Session session(String accessKeyId) {
            return new Session(
                    accessKeyId,
                    secretAccessKey,
                    sessionToken,
                    issuedAt,
                    expiration,
                    kind,
                    principal,
                    new Session.Traits(
                            tags,
                            transitiveTags,
                            sourceIdentity,
                            mfaAt,
                            policies.stream().map(SavedSessionPolicy::policy).toList(),
                            federatedProvider,
                            sessionTagKeys));
        }
    }

    record SavedSessionPolicy(AttachedPolicy.Place place, String name, String document) {
        static SavedSessionPolicy of(AttachedPolicy policy) {
            return new SavedSessionPolicy(
                    policy.place(), policy.name(), policy.document().text());
        }

        AttachedPolicy policy() {
            try {
                return new AttachedPolicy(place, name, PolicyDocument.parse(document, PolicyKind.IDENTITY));
            } catch (MalformedPolicyException e) {
                throw new IllegalArgumentException(e);
            }
        }
    }

    void save(StateSink sink) {
        accounts.all().forEach(account -> SavedAccount.save(account, new Scope(account.id(), Region.US_EAST_1), sink));
        for (Session session : sessions.all()) {
            Scope scope = new Scope(session.principal().account(), Region.US_EAST_1);
            sink.put(scope, "session", session.accessKeyId(), session, () -> SavedSession.of(session));
        }
        sink.put(
                HOUSE,
                "keys",
                "",
                new SavedKeys(Blob.of(seal.key()), outbound.saved(), new TreeMap<>(webIdentityKeys.supplied())));
    }

    void load(StateSource source) {
        SavedAccount.load(source, accounts::of);
        List<Session> loaded = new ArrayList<>();
        source.each("session", SavedSession.class, (scope, id, saved) -> loaded.add(saved.session(id)));
        loaded.sort(Comparator.comparing(Session::issuedAt));
        loaded.forEach(sessions::restore);
        source.each("keys", SavedKeys.class, (scope, id, saved) -> {
            seal.restore(saved.seal().bytes());
            outbound.restore(saved.outbound());
            saved.supplied().forEach(webIdentityKeys::restore);
        });
    }
}
