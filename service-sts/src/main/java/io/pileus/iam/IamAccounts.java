package io.pileus.iam;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Ids;
import io.pileus.core.identity.Region;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.Scopes;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.ManagedPolicy;
import java.util.List;
import java.util.Optional;

/** IAM of all accounts. IAM is global: its state hangs under the region of its endpoint, us-east-1, whatever the call's region. */
public final class IamAccounts {
    private static final Region HOME = Region.US_EAST_1;

    private final Scopes<IamAccount> scopes;
    private final AwsManagedPolicies awsManaged = new AwsManagedPolicies();

    public IamAccounts(Ids ids) {
        this.scopes = new Scopes<>((account, region) -> new IamAccount(account, ids));
    }

    public IamAccount of(CallContext call) {
        return of(call.account());
    }

    public IamAccount of(AccountId account) {
        return scopes.of(account, HOME);
    }

    /** An account that has been touched. */
    public Optional<IamAccount> find(AccountId account) {
        return scopes.find(account, HOME);
    }

    public List<IamAccount> all() {
        return scopes.all();
    }

    public void reset(ResetScope scope) {
        scopes.remove(scope);
    }

    public AwsManagedPolicies awsManaged() {
        return awsManaged;
    }

    /** The managed policy of this ARN: AWS's or the account's own. Called under the account's lock. */
    public Optional<ManagedPolicy> policy(IamAccount account, String arn) {
        Optional<Arn> parsed = Arn.parse(arn);
        if (parsed.isEmpty()
                || !parsed.get().service().equals("iam")
                || !parsed.get().resource().startsWith("policy/")) {
            return Optional.empty();
        }
        if (parsed.get().account().equals("aws")) {
            return awsManaged.find(arn);
        }
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        return Optional.ofNullable(account.policies().get(name))
                .filter(p -> p.arn().equals(arn));
    }
}
