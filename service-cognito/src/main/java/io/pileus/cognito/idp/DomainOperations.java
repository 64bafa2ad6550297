package io.pileus.cognito.idp;

import io.pileus.cognito.idp.model.*;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.cognito.idp.state.UserPools;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.Violation;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** A pool's domains and resource servers. */
final class DomainOperations {
    private static final DateTimeFormatter VERSION =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

    /** A host name of at least two labels. */
    private static final Pattern CUSTOM_DOMAIN =
            Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+");

    private final Realm realm;

    DomainOperations(Realm realm) {
        this.realm = realm;
    }

    /**
     * Whether a violation is only that a domain has dots, which the model's pattern does not know though custom domains
     * have them. Without a certificate such a domain is refused by {@link #createUserPoolDomain}.
     */
    static boolean isCustomDomain(Violation violation) {
        if (!violation.member().equals("Domain") || violation.kind() != Violation.Kind.PATTERN) {
            return false;
        }
        int end = violation.message().indexOf("' at '");
        return violation.message().startsWith("Value '")
                && end > 0
                && CUSTOM_DOMAIN
                        .matcher(violation.message().substring("Value '".length(), end))
                        .matches();
    }

    CreateUserPoolDomainResponse createUserPoolDomain(CreateUserPoolDomainRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        boolean custom = input.customDomainConfig() != null;
        if (custom != CUSTOM_DOMAIN.matcher(input.domain()).matches()) {
            throw CognitoErrors.invalidParameter(
                    custom
                            ? "Custom domain is not a valid subdomain: " + input.domain()
                            : "Invalid domain: a domain with a dot needs a CustomDomainConfig.");
        }
        if (custom ? pool.settings().customDomain() != null : pool.settings().domain() != null) {
            throw CognitoErrors.invalidParameter("User pool already has a domain configured.");
        }
        for (String reserved : new String[] {"aws", "amazon", "cognito"}) {
            if (!custom && input.domain().contains(reserved)) {
                throw CognitoErrors.invalidParameter("Domain cannot contain reserved word: " + reserved);
            }
        }
        int version = input.managedLoginVersion() == null ? 1 : input.managedLoginVersion();
        DomainDescriptionType description = DomainDescriptionType.builder()
                .userPoolId(pool.id())
                .awsAccountId(pool.account().id())
                .domain(input.domain())
                .status("ACTIVE")
                .version(VERSION.format(call.receivedAt()))
                .s3Bucket("aws-cognito-prod-" + pool.region() + "-assets")
                .cloudFrontDistribution(cloudFront(pool, input.domain()))
                .customDomainConfig(
                        custom
                                ? input.customDomainConfig()
                                : CustomDomainConfigType.builder().build())
                .managedLoginVersion(version)
                .build();
        if (realm.pools().domains().putIfAbsent(input.domain(), new UserPools.Domain(pool, description)) != null) {
            throw CognitoErrors.invalidParameter("Domain already associated with another user pool.");
        }
        pool.change(old -> custom
                ? old.toBuilder().customDomain(input.domain()).build()
                : old.toBuilder().domain(input.domain()).build());
        return CreateUserPoolDomainResponse.builder()
                .managedLoginVersion(version)
                .cloudFrontDomain(custom ? description.cloudFrontDistribution() : null)
                .build();
    }

    private static String cloudFront(UserPool pool, String domain) {
        return "d" + Integer.toHexString((pool.id() + domain).hashCode()) + ".cloudfront.net";
    }

    /** An unknown domain is described by nothing, not by an error, as in AWS. */
    DescribeUserPoolDomainResponse describeUserPoolDomain(DescribeUserPoolDomainRequest input, CallContext call) {
        UserPools.Domain domain = realm.pools().domains().get(input.domain());
        boolean mine = domain != null && domain.pool().account().equals(call.account());
        return DescribeUserPoolDomainResponse.builder()
                .domainDescription(
                        mine
                                ? domain.description()
                                : DomainDescriptionType.builder().build())
                .build();
    }

    private UserPools.Domain domain(UserPool pool, String name) {
        UserPools.Domain domain = realm.pools().domains().get(name);
        if (domain == null || domain.pool() != pool) {
            throw CognitoErrors.invalidParameter("No such domain or user pool exists.");
        }
        return domain;
    }

    UpdateUserPoolDomainResponse updateUserPoolDomain(UpdateUserPoolDomainRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        DomainDescriptionType old = domain(pool, input.domain()).description();
        DomainDescriptionType.Builder changed = old.toBuilder();
        if (input.managedLoginVersion() != null) {
            changed.managedLoginVersion(input.managedLoginVersion());
        }
        if (input.customDomainConfig() != null) {
            changed.customDomainConfig(input.customDomainConfig());
        }
        realm.pools().domains().put(input.domain(), new UserPools.Domain(pool, changed.build()));
        return UpdateUserPoolDomainResponse.builder()
                .managedLoginVersion(changed.build().managedLoginVersion())
                .cloudFrontDomain(
                        input.domain().equals(pool.settings().customDomain()) ? old.cloudFrontDistribution() : null)
                .build();
    }

    DeleteUserPoolDomainResponse deleteUserPoolDomain(DeleteUserPoolDomainRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        domain(pool, input.domain());
        realm.pools().domains().remove(input.domain());
        pool.change(old -> input.domain().equals(old.customDomain())
                ? old.toBuilder().customDomain(null).build()
                : old.toBuilder().domain(null).build());
        return DeleteUserPoolDomainResponse.builder().build();
    }

    CreateResourceServerResponse createResourceServer(CreateResourceServerRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        ResourceServerType server = ResourceServerType.builder()
                .userPoolId(pool.id())
                .identifier(input.identifier())
                .name(input.name())
                .scopes(input.scopes())
                .build();
        checkScopes(server);
        if (pool.resourceServers().putIfAbsent(input.identifier(), server) != null) {
            throw CognitoErrors.invalidParameter(
                    input.identifier() + " already exists in user pool " + pool.id() + ".");
        }
        return CreateResourceServerResponse.builder().resourceServer(server).build();
    }

    private static void checkScopes(ResourceServerType server) {
        Set<String> names = new HashSet<>();
        for (ResourceServerScopeType scope : server.scopes()) {
            if (!names.add(scope.scopeName())) {
                throw CognitoErrors.invalidParameter("Duplicate scope: " + scope.scopeName());
            }
        }
    }

    private static ResourceServerType server(UserPool pool, String identifier) {
        ResourceServerType server = pool.resourceServers().get(identifier);
        if (server == null) {
            throw ResourceNotFoundException.of("Resource server " + identifier + " does not exist.");
        }
        return server;
    }

    DescribeResourceServerResponse describeResourceServer(DescribeResourceServerRequest input, CallContext call) {
        return DescribeResourceServerResponse.builder()
                .resourceServer(server(realm.pool(input.userPoolId(), call), input.identifier()))
                .build();
    }

    UpdateResourceServerResponse updateResourceServer(UpdateResourceServerRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        ResourceServerType changed = server(pool, input.identifier()).toBuilder()
                .name(input.name())
                .scopes(input.scopes())
                .build();
        checkScopes(changed);
        pool.resourceServers().put(input.identifier(), changed);
        return UpdateResourceServerResponse.builder().resourceServer(changed).build();
    }

    DeleteResourceServerResponse deleteResourceServer(DeleteResourceServerRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        server(pool, input.identifier());
        pool.resourceServers().remove(input.identifier());
        return DeleteResourceServerResponse.builder().build();
    }

    ListResourceServersResponse listResourceServers(ListResourceServersRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        Pages<ResourceServerType> page = Pages.of(pool.resourceServers(), input.nextToken(), input.maxResults(), 50);
        return ListResourceServersResponse.builder()
                .resourceServers(page.items())
                .nextToken(page.nextToken().orElse(null))
                .build();
    }
}
