package io.pileus.iam;

import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Ids;
import io.pileus.core.service.CallContext;
import io.pileus.iam.model.*;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.ServiceCredential;
import io.pileus.iam.state.User;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Credentials of users that are good for one service only.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateServiceSpecificCredential.html">CreateServiceSpecificCredential</a>
 */
final class ServiceCredentialOperations {
    /** Services whose credential is a user name with a password. */
    private static final Set<String> PASSWORD_SERVICES = Set.of("codecommit.amazonaws.com", "cassandra.amazonaws.com");

    /** Services whose credential is an API key that may expire. */
    private static final Set<String> API_KEY_SERVICES = Set.of("bedrock.amazonaws.com", "logs.amazonaws.com");

    private final IamAccounts accounts;
    private final Ids ids;

    ServiceCredentialOperations(IamAccounts accounts, Ids ids) {
        this.accounts = accounts;
        this.ids = ids;
    }

    CreateServiceSpecificCredentialResponse createServiceSpecificCredential(
            CreateServiceSpecificCredentialRequest input, CallContext call) {
        checkService(input.serviceName());
        boolean apiKey = API_KEY_SERVICES.contains(input.serviceName());
        if (input.credentialAgeDays() != null && !apiKey) {
            throw IamErrors.validation("CredentialAgeDays is not supported for service " + input.serviceName());
        }
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = Entities.user(account, input.userName());
            List<ServiceCredential> present = user.serviceCredentials().values().stream()
                    .filter(c -> c.service().equals(input.serviceName()))
                    .toList();
            if (present.size() >= IamLimits.SERVICE_CREDENTIALS_PER_USER) {
                throw IamErrors.quota("ServiceSpecificCredentialsPerUser", IamLimits.SERVICE_CREDENTIALS_PER_USER);
            }
            ServiceCredential credential = new ServiceCredential(
                    AccessKeyIds.of("ACCA", account.id(), ids),
                    input.serviceName(),
                    serviceUserName(account, user, present),
                    secret(),
                    "Active",
                    Times.of(call),
                    Optional.ofNullable(input.credentialAgeDays())
                            .map(days -> Times.of(call).plus(Duration.ofDays(days))));
            user.serviceCredentials().put(credential.id(), credential);
            return CreateServiceSpecificCredentialResponse.builder()
                    .serviceSpecificCredential(withSecret(user, credential, call))
                    .build();
        });
    }

    private static void checkService(String service) {
        if (!PASSWORD_SERVICES.contains(service) && !API_KEY_SERVICES.contains(service)) {
            throw ServiceNotSupportedException.of("No such service " + service + " exists.");
        }
    }

    /** {@code anika-at-111122223333}, and {@code anika+1-at-111122223333} for the second. */
    private static String serviceUserName(IamAccount account, User user, List<ServiceCredential> present) {
        for (int number = 0; ; number++) {
            String name = user.name() + (number == 0 ? "" : "+" + number) + "-at-" + account.id();
            if (present.stream().noneMatch(c -> c.serviceUserName().equals(name))) {
                return name;
            }
        }
    }

    private String secret() {
        return Base64.getEncoder().encodeToString(ids.bytes(32));
    }

    ResetServiceSpecificCredentialResponse resetServiceSpecificCredential(
            ResetServiceSpecificCredentialRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = owner(account, input.userName(), input.serviceSpecificCredentialId(), call);
            ServiceCredential fresh =
                    credential(user, input.serviceSpecificCredentialId()).withSecret(secret());
            user.serviceCredentials().put(fresh.id(), fresh);
            return ResetServiceSpecificCredentialResponse.builder()
                    .serviceSpecificCredential(withSecret(user, fresh, call))
                    .build();
        });
    }

    private static ServiceSpecificCredential withSecret(User user, ServiceCredential credential, CallContext call) {
        ServiceSpecificCredential.Builder answer = ServiceSpecificCredential.builder()
                .createDate(credential.created())
                .expirationDate(credential.expiration().orElse(null))
                .serviceName(credential.service())
                .serviceSpecificCredentialId(credential.id())
                .userName(user.name())
                .status(credential.statusAt(Times.of(call)));
        return API_KEY_SERVICES.contains(credential.service())
                ? answer.serviceCredentialAlias(credential.serviceUserName())
                        .serviceCredentialSecret(credential.secret())
                        .build()
                : answer.serviceUserName(credential.serviceUserName())
                        .servicePassword(credential.secret())
                        .build();
    }

    ListServiceSpecificCredentialsResponse listServiceSpecificCredentials(
            ListServiceSpecificCredentialsRequest input, CallContext call) {
        if (input.serviceName() != null) {
            checkService(input.serviceName());
        }
        boolean allUsers = Boolean.TRUE.equals(input.allUsers());
        if (allUsers && input.userName() != null) {
            throw IamErrors.validation("UserName and AllUsers cannot be specified together");
        }
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            List<User> users = allUsers
                    ? List.copyOf(account.users().values())
                    : List.of(Entities.userOrCaller(account, input.userName(), call));
            List<Map.Entry<User, ServiceCredential>> all = users.stream()
                    .flatMap(u -> u.serviceCredentials().values().stream().map(c -> Map.entry(u, c)))
                    .filter(e -> input.serviceName() == null
                            || e.getValue().service().equals(input.serviceName()))
                    .sorted(Comparator.comparing(e -> e.getValue().id()))
                    .toList();
            Page<Map.Entry<User, ServiceCredential>> page =
                    Page.of(all, e -> e.getValue().id(), input.marker(), input.maxItems());
            return ListServiceSpecificCredentialsResponse.builder()
                    .serviceSpecificCredentials(page.items().stream()
                            .map(e -> listed(e.getKey(), e.getValue(), call))
                            .toList())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    private static ServiceSpecificCredentialMetadata listed(User user, ServiceCredential credential, CallContext call) {
        boolean apiKey = API_KEY_SERVICES.contains(credential.service());
        return ServiceSpecificCredentialMetadata.builder()
                .userName(user.name())
                .status(credential.statusAt(Times.of(call)))
                .serviceUserName(apiKey ? null : credential.serviceUserName())
                .serviceCredentialAlias(apiKey ? credential.serviceUserName() : null)
                .createDate(credential.created())
                .expirationDate(credential.expiration().orElse(null))
                .serviceSpecificCredentialId(credential.id())
                .serviceName(credential.service())
                .build();
    }

    UpdateServiceSpecificCredentialResponse updateServiceSpecificCredential(
            UpdateServiceSpecificCredentialRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = owner(account, input.userName(), input.serviceSpecificCredentialId(), call);
            ServiceCredential changed = credential(user, input.serviceSpecificCredentialId())
                    .withStatus(Entities.settableStatus(input.status()));
            user.serviceCredentials().put(changed.id(), changed);
            return new UpdateServiceSpecificCredentialResponse();
        });
    }

    DeleteServiceSpecificCredentialResponse deleteServiceSpecificCredential(
            DeleteServiceSpecificCredentialRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            User user = owner(account, input.userName(), input.serviceSpecificCredentialId(), call);
            user.serviceCredentials()
                    .remove(credential(user, input.serviceSpecificCredentialId())
                            .id());
            return new DeleteServiceSpecificCredentialResponse();
        });
    }

    /** The user as named, the caller, or, for other callers, the one whose credential it is. */
    private static User owner(IamAccount account, @Nullable String name, String credentialId, CallContext call) {
        if (name != null || call.caller().kind() == Caller.Kind.USER) {
            return Entities.userOrCaller(account, name, call);
        }
        return account.users().values().stream()
                .filter(u -> u.serviceCredentials().containsKey(credentialId))
                .findFirst()
                .orElseThrow(() -> noSuch(credentialId));
    }

    private static ServiceCredential credential(User user, String id) {
        ServiceCredential credential = user.serviceCredentials().get(id);
        if (credential == null) {
            throw noSuch(id);
        }
        return credential;
    }

    private static RuntimeException noSuch(String id) {
        return IamErrors.noSuchEntity("No such credential " + id + " exists");
    }
}
