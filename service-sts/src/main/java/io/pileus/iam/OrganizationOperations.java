package io.pileus.iam;

import io.pileus.core.service.CallContext;
import io.pileus.iam.model.*;
import io.pileus.iam.state.IamAccount;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Central root access for the member accounts of an organization. There are no organizations here, so each account is taken
 * for the management account of one of its own, as AssumeRoot takes it.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html">Centralize root access</a>
 */
final class OrganizationOperations {
    private static final String CREDENTIALS = "RootCredentialsManagement";
    private static final String SESSIONS = "RootSessions";

    private final IamAccounts accounts;

    OrganizationOperations(IamAccounts accounts) {
        this.accounts = accounts;
    }

    ListOrganizationsFeaturesResponse listOrganizationsFeatures(
            ListOrganizationsFeaturesRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> ListOrganizationsFeaturesResponse.builder()
                .organizationId(organization(account))
                .enabledFeatures(enabled(account))
                .build());
    }

    EnableOrganizationsRootCredentialsManagementResponse enableOrganizationsRootCredentialsManagement(
            EnableOrganizationsRootCredentialsManagementRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            account.organizationsFeatures().add(CREDENTIALS);
            return EnableOrganizationsRootCredentialsManagementResponse.builder()
                    .organizationId(organization(account))
                    .enabledFeatures(enabled(account))
                    .build();
        });
    }

    DisableOrganizationsRootCredentialsManagementResponse disableOrganizationsRootCredentialsManagement(
            DisableOrganizationsRootCredentialsManagementRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            account.organizationsFeatures().remove(CREDENTIALS);
            return DisableOrganizationsRootCredentialsManagementResponse.builder()
                    .organizationId(organization(account))
                    .enabledFeatures(enabled(account))
                    .build();
        });
    }

    EnableOrganizationsRootSessionsResponse enableOrganizationsRootSessions(
            EnableOrganizationsRootSessionsRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            account.organizationsFeatures().add(SESSIONS);
            return EnableOrganizationsRootSessionsResponse.builder()
                    .organizationId(organization(account))
                    .enabledFeatures(enabled(account))
                    .build();
        });
    }

    DisableOrganizationsRootSessionsResponse disableOrganizationsRootSessions(
            DisableOrganizationsRootSessionsRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            account.organizationsFeatures().remove(SESSIONS);
            return DisableOrganizationsRootSessionsResponse.builder()
                    .organizationId(organization(account))
                    .enabledFeatures(enabled(account))
                    .build();
        });
    }

    private static List<String> enabled(IamAccount account) {
        Set<String> features = account.organizationsFeatures();
        return features.stream().sorted().toList();
    }

    /** {@code o-} and ten characters, the same for an account each time. */
    private static String organization(IamAccount account) {
        String number = Long.toString(Long.parseLong(account.id().id()), 36).toLowerCase(Locale.ROOT);
        return "o-" + "0".repeat(10 - number.length()) + number;
    }
}
