package io.pileus.cognito.idp;

import io.pileus.cognito.idp.model.*;
import io.pileus.cognito.idp.saml.InvalidSamlException;
import io.pileus.cognito.idp.saml.SamlMetadata;
import io.pileus.cognito.idp.state.LinkedIdentity;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.core.service.CallContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** External identity providers of a pool, and the links between their users and ours. */
final class IdentityProviderOperations {
    private static final int LINKS_MAX = 5;
    private final Realm realm;

    IdentityProviderOperations(Realm realm) {
        this.realm = realm;
    }

    CreateIdentityProviderResponse createIdentityProvider(CreateIdentityProviderRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        String type = input.providerType();
        boolean social = !type.equals("OIDC") && !type.equals("SAML");
        if (social && !input.providerName().equals(type)) {
            throw CognitoErrors.invalidParameter("The provider name of a " + type + " provider must be " + type + ".");
        }
        checkDetails(type, input.providerDetails());
        checkMapping(pool, input.attributeMapping());
        IdentityProviderType provider = IdentityProviderType.builder()
                .userPoolId(pool.id())
                .providerName(input.providerName())
                .providerType(type)
                .providerDetails(SocialProviders.completed(pool, type, input.providerDetails()))
                .attributeMapping(mapping(type, input.attributeMapping()))
                .idpIdentifiers(input.idpIdentifiers())
                .creationDate(call.receivedAt())
                .lastModifiedDate(call.receivedAt())
                .build();
        checkIdentifiers(pool, provider);
        if (pool.identityProviders().putIfAbsent(input.providerName(), provider) != null) {
            throw DuplicateProviderException.of("A provider with the name already exists.");
        }
        return CreateIdentityProviderResponse.builder()
                .identityProvider(provider)
                .build();
    }

    private static void checkDetails(String type, Map<String, String> details) {
        List<String> required = switch (type) {
            case "SAML" -> List.of();
            case "SignInWithApple" -> List.of("client_id", "team_id", "key_id", "authorize_scopes");
            case "OIDC" -> List.of("client_id", "attributes_request_method", "oidc_issuer", "authorize_scopes");
            default -> List.of("client_id", "client_secret", "authorize_scopes");
        };
        for (String name : required) {
            if (!details.containsKey(name)) {
                throw CognitoErrors.invalidParameter("Missing required parameter " + name + " in provider details.");
            }
        }
        if (type.equals("SAML") && details.containsKey("MetadataURL") == details.containsKey("MetadataFile")) {
            throw CognitoErrors.invalidParameter("Exactly one of MetadataURL and MetadataFile must be given.");
        }
        if (type.equals("SAML") && details.containsKey("MetadataFile")) {
            try {
                SamlMetadata.parse(details.get("MetadataFile"));
            } catch (InvalidSamlException e) {
                throw CognitoErrors.invalidParameter("Invalid SAML metadata: " + e.getMessage() + ".");
            }
        }
        String algorithm = details.get("RequestSigningAlgorithm");
        if (type.equals("SAML") && algorithm != null && !algorithm.equals("rsa-sha256")) {
            throw CognitoErrors.invalidParameter("RequestSigningAlgorithm must be rsa-sha256.");
        }
        String method = details.get("attributes_request_method");
        if (type.equals("OIDC") && !"GET".equals(method) && !"POST".equals(method)) {
            throw CognitoErrors.invalidParameter("attributes_request_method must be GET or POST.");
        }
    }

    private static void checkMapping(UserPool pool, Map<String, String> mapping) {
        for (String name : mapping.keySet()) {
            if (!name.equals("username") && !pool.schema().has(name)) {
                throw CognitoErrors.invalidParameter("Invalid attribute mapping: " + name + " is not in the schema.");
            }
        }
    }

    /** Providers other than SAML name users by their subject unless another claim is given. */
    private static Map<String, String> mapping(String type, Map<String, String> given) {
        Map<String, String> mapping = new LinkedHashMap<>(given);
        if (!type.equals("SAML")) {
            mapping.putIfAbsent("username", "sub");
        }
        return mapping;
    }

    private static void checkIdentifiers(UserPool pool, IdentityProviderType provider) {
        for (IdentityProviderType other : pool.identityProviders().values()) {
            if (other.providerName().equals(provider.providerName())) {
                continue;
            }
            for (String identifier : provider.idpIdentifiers()) {
                if (other.idpIdentifiers().contains(identifier)) {
                    throw DuplicateProviderException.of("A provider with the identifier already exists.");
                }
            }
        }
    }

    private static IdentityProviderType provider(UserPool pool, String name) {
        IdentityProviderType provider = pool.identityProviders().get(name);
        if (provider == null) {
            throw ResourceNotFoundException.of("Identity provider " + name + " does not exist.");
        }
        return provider;
    }

    DescribeIdentityProviderResponse describeIdentityProvider(DescribeIdentityProviderRequest input, CallContext call) {
        return DescribeIdentityProviderResponse.builder()
                .identityProvider(provider(realm.pool(input.userPoolId(), call), input.providerName()))
                .build();
    }

    GetIdentityProviderByIdentifierResponse getIdentityProviderByIdentifier(
            GetIdentityProviderByIdentifierRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        return GetIdentityProviderByIdentifierResponse.builder()
                .identityProvider(pool.identityProviders().values().stream()
                        .filter(p -> p.idpIdentifiers().contains(input.idpIdentifier()))
                        .findFirst()
                        .orElseThrow(() -> ResourceNotFoundException.of(
                                "Identity provider with identifier " + input.idpIdentifier() + " does not exist.")))
                .build();
    }

    UpdateIdentityProviderResponse updateIdentityProvider(UpdateIdentityProviderRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        IdentityProviderType old = provider(pool, input.providerName());
        IdentityProviderType.Builder changed = old.toBuilder().lastModifiedDate(call.receivedAt());
        if (input.hasProviderDetails()) {
            checkDetails(old.providerType(), input.providerDetails());
            changed.providerDetails(SocialProviders.completed(pool, old.providerType(), input.providerDetails()));
        }
        if (input.hasAttributeMapping()) {
            checkMapping(pool, input.attributeMapping());
            changed.attributeMapping(mapping(old.providerType(), input.attributeMapping()));
        }
        if (input.hasIdpIdentifiers()) {
            changed.idpIdentifiers(input.idpIdentifiers());
        }
        IdentityProviderType provider = changed.build();
        checkIdentifiers(pool, provider);
        pool.identityProviders().put(provider.providerName(), provider);
        return UpdateIdentityProviderResponse.builder()
                .identityProvider(provider)
                .build();
    }

    DeleteIdentityProviderResponse deleteIdentityProvider(DeleteIdentityProviderRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        provider(pool, input.providerName());
        pool.identityProviders().remove(input.providerName());
        return DeleteIdentityProviderResponse.builder().build();
    }

    ListIdentityProvidersResponse listIdentityProviders(ListIdentityProvidersRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        Pages<IdentityProviderType> page =
                Pages.of(pool.identityProviders(), input.nextToken(), input.maxResults(), 60);
        return ListIdentityProvidersResponse.builder()
                .providers(page.items().stream()
                        .map(provider -> ProviderDescription.builder()
                                .providerName(provider.providerName())
                                .providerType(provider.providerType())
                                .creationDate(provider.creationDate())
                                .lastModifiedDate(provider.lastModifiedDate())
                                .build())
                        .toList())
                .nextToken(page.nextToken().orElse(null))
                .build();
    }

    AdminLinkProviderForUserResponse adminLinkProviderForUser(AdminLinkProviderForUserRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        ProviderUserIdentifierType source = input.sourceUser();
        if ("Cognito".equals(source.providerName())) {
            throw CognitoErrors.invalidParameter("Invalid SourceUser: Cognito users with a username/password may not be"
                    + " passed in as a SourceUser, only as a DestinationUser");
        }
        IdentityProviderType provider = provider(pool, required(source.providerName(), "SourceUser ProviderName"));
        String userId = required(source.providerAttributeValue(), "SourceUser ProviderAttributeValue");
        User destination = destination(pool, input.destinationUser());
        Optional<User> holder = pool.users().withIdentity(provider.providerName(), userId);
        if (holder.isPresent() && !holder.get().sub().equals(destination.sub())) {
            throw CognitoErrors.invalidParameter(
                    "Merging is not currently supported, provide a SourceUser that has not been signed up in order to link");
        }
        LinkedIdentity identity = new LinkedIdentity(
                userId,
                provider.providerName(),
                provider.providerType(),
                provider.providerDetails().getOrDefault("oidc_issuer", ""),
                source.providerAttributeName() == null ? "Cognito_Subject" : source.providerAttributeName(),
                false,
                call.receivedAt());
        pool.users().update(destination.username(), call.receivedAt(), draft -> {
            draft.identities.removeIf(i -> i.providerName().equals(identity.providerName())
                    && i.userId().equals(userId));
            if (draft.identities.size() >= LINKS_MAX) {
                throw LimitExceededException.of("The user already has the maximum number of linked identities.");
            }
            draft.identities.add(identity);
        });
        return AdminLinkProviderForUserResponse.builder().build();
    }

    private static String required(@Nullable String value, String name) {
        if (value == null || value.isEmpty()) {
            throw CognitoErrors.invalidParameter(name + " is required.");
        }
        return value;
    }

    private User destination(UserPool pool, ProviderUserIdentifierType wanted) {
        String value = required(wanted.providerAttributeValue(), "DestinationUser ProviderAttributeValue");
        String provider = required(wanted.providerName(), "DestinationUser ProviderName");
        return provider.equals("Cognito")
                ? realm.user(pool, value)
                : pool.users().withIdentity(provider, value).orElseThrow(CognitoErrors::userNotFound);
    }

    AdminDisableProviderForUserResponse adminDisableProviderForUser(
            AdminDisableProviderForUserRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        ProviderUserIdentifierType wanted = input.user();
        String name = required(wanted.providerName(), "ProviderName");
        String value = required(wanted.providerAttributeValue(), "ProviderAttributeValue");
        if (name.equals("Cognito")) {
            User user = realm.user(pool, value);
            pool.users().update(user.username(), call.receivedAt(), draft -> draft.password = Optional.empty());
            return AdminDisableProviderForUserResponse.builder().build();
        }
        provider(pool, name);
        User user = pool.users().withIdentity(name, value).orElseThrow(CognitoErrors::userNotFound);
        pool.users()
                .update(
                        user.username(),
                        call.receivedAt(),
                        draft -> draft.identities.removeIf(
                                i -> i.providerName().equals(name) && i.userId().equals(value)));
        return AdminDisableProviderForUserResponse.builder().build();
    }
}
