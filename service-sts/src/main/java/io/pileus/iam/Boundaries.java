package io.pileus.iam;

import io.pileus.core.service.CallContext;
import io.pileus.iam.state.IamAccount;
import org.jspecify.annotations.Nullable;

/** Checks of policies that are attached or set as a boundary. */
final class Boundaries {
    private Boundaries() {}

    static void check(IamAccounts accounts, IamAccount account, @Nullable String policyArn, CallContext call) {
        if (policyArn != null) {
            checkAttachable(accounts, account, policyArn, call);
        }
    }

    /**
     * Refuses a policy that does not exist. An AWS managed policy whose document is not known here is taken, as real
     * stacks attach hundreds of them, but it grants nothing, which is said.
     */
    static void checkAttachable(IamAccounts accounts, IamAccount account, String policyArn, CallContext call) {
        if (accounts.policy(account, policyArn).isPresent()) {
            return;
        }
        if (policyArn.startsWith("arn:aws:iam::aws:policy/") && !policyArn.endsWith("/")) {
            call.notEmulated("the AWS managed policy " + policyArn + ": its document is not known, it grants nothing");
            return;
        }
        throw IamErrors.notAttachable(policyArn);
    }
}
