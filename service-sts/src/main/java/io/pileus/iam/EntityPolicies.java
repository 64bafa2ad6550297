package io.pileus.iam;

import io.pileus.core.policy.AttachedPolicy;
import io.pileus.core.policy.AttachedPolicy.Place;
import io.pileus.core.policy.MalformedPolicyException;
import io.pileus.core.policy.PolicyDocument;
import io.pileus.core.policy.PolicyKind;
import io.pileus.core.policy.PolicySet;
import io.pileus.iam.state.Group;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.IamEntity;
import io.pileus.iam.state.ManagedPolicy;
import io.pileus.iam.state.User;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The policies that users, groups and roles have, read once and kept while they stay as they are. */
public final class EntityPolicies {
    private static final int READ_MAX = 2_000;

    /** A boundary or an attached policy whose document is not known allows nothing. */
    private static final String NOTHING =
            "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"none:None\",\"Resource\":\"*\"}}";

    private final IamAccounts accounts;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, PolicyDocument> documents = new LinkedHashMap<>(16, 0.75f, true);

    public EntityPolicies(IamAccounts accounts) {
        this.accounts = accounts;
    }

    /** What a user (with its groups), a group or a role may do. Called under the account's lock. */
    public PolicySet of(IamAccount account, IamEntity entity) {
        List<AttachedPolicy> identity = new ArrayList<>();
        add(account, entity, identity);
        if (entity instanceof User user) {
            for (Group group : account.groupsOf(user)) {
                add(account, group, identity);
            }
        }
        Optional<AttachedPolicy> boundary = entity.boundary().isEmpty()
                ? Optional.empty()
                : Optional.of(managed(account, entity.boundary(), Place.BOUNDARY));
        return new PolicySet(identity, boundary, List.of(), Optional.empty(), PolicySet.ResourceRule.SUFFICES);
    }

    private void add(IamAccount account, IamEntity entity, List<AttachedPolicy> into) {
        entity.inlinePolicies()
                .forEach((name, text) -> into.add(new AttachedPolicy(
                        Place.IDENTITY, entity.kind() + "_" + entity.name() + "_" + name, document(text))));
        for (String arn : entity.attachedPolicies()) {
            into.add(managed(account, arn, Place.IDENTITY));
        }
    }

    /** A managed policy in a place. Called under the account's lock. */
    public AttachedPolicy managed(IamAccount account, String arn, Place place) {
        Optional<ManagedPolicy> policy = accounts.policy(account, arn);
        return new AttachedPolicy(
                place, arn, document(policy.map(ManagedPolicy::document).orElse(NOTHING)));
    }

    /** A document that has been checked when it was stored. */
    private PolicyDocument document(String text) {
        lock.lock();
        try {
            PolicyDocument known = documents.get(text);
            if (known == null) {
                known = read(text);
                documents.put(text, known);
                if (documents.size() > READ_MAX) {
                    documents.remove(documents.keySet().iterator().next());
                }
            }
            return known;
        } finally {
            lock.unlock();
        }
    }

    private static PolicyDocument read(String text) {
        try {
            return PolicyDocument.parse(text, PolicyKind.IDENTITY);
        } catch (MalformedPolicyException e) {
            throw new IllegalStateException("a stored policy does not parse", e);
        }
    }
}
