package io.pileus.cognito.identity;

import io.pileus.cognito.identity.model.*;
import io.pileus.cognito.idp.Realm;
import io.pileus.cognito.idp.tokens.AccessTokens;
import io.pileus.cognito.idp.tokens.SigningKeys;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Region;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The operations on identity pools; {@link IdentityCredentials} has those that give identities and credentials. */
public final class CognitoIdentityService implements CognitoIdentityOperations {
    private static final Pattern USER_POOL = Pattern.compile("[^/\\s]+/[\\w-]+_[0-9a-zA-Z]+");
    private static final int LINKED_LOGINS_MAX = 20;
    private final Realm realm;
    private final ConcurrentSkipListMap<String, IdentityPoolState> pools = new ConcurrentSkipListMap<>();
    private final IdentityCredentials credentials;

    public CognitoIdentityService(Realm realm, AccessTokens tokens) {
        this.realm = realm;
        this.credentials = new IdentityCredentials(realm, new LoginChecks(realm, tokens));
    }

    /** The keys of the OpenID tokens that identity pools issue. */
    public SigningKeys signingKeys() {
        return credentials.keys();
    }

    public void reset(ResetScope scope) {
        pools.values().removeIf(pool -> scope.covers(pool.account(), pool.region()));
    }

    /** The keys are told under a scope of their own, for all pools have the same. */
    private static final Scope KEYS = new Scope(AccountId.DEFAULT, Region.US_EAST_1);

    private record SavedKeys(String jwks) {
        @Override
        public String toString() {
            return "SavedKeys";
        }
    }

    public void save(StateSink sink) {
        SigningKeys keys = signingKeys();
        if (keys.made()) {
            sink.put(
                    KEYS,
                    "identity-keys",
                    "keys",
                    keys.jwks(),
                    () -> new SavedKeys(keys.secretJwks().orElseThrow()));
        }
        pools.forEach((id, pool) -> {
            Scope scope = new Scope(pool.account(), pool.region());
            sink.put(scope, "identity-pool", id, pool.saved());
            pool.identities()
                    .forEach(
                            (name, identity) -> sink.put(scope, "identity", id + "/" + name, identity, () -> identity));
        });
    }

    public void load(StateSource source) {
        source.each(
                "identity-keys",
                SavedKeys.class,
                (scope, id, saved) -> signingKeys().restore(saved.jwks()));
        source.each(
                "identity-pool",
                IdentityPoolState.Saved.class,
                (scope, id, saved) ->
                        pools.put(id, IdentityPoolState.restored(scope.account(), scope.region(), saved)));
        source.each(
                "identity",
                Identity.class,
                (scope, id, identity) ->
                        anyPool(id.substring(0, id.indexOf('/'))).put(identity));
    }

    private IdentityPoolState anyPool(String id) {
        IdentityPoolState pool = pools.get(id);
        if (pool == null) {
            throw IdentityErrors.poolNotFound(id);
        }
        return pool;
    }

    private IdentityPoolState pool(String id, CallContext call) {
        IdentityPoolState pool = anyPool(id);
        if (!pool.account().equals(call.account()) || !pool.region().equals(call.region())) {
            throw IdentityErrors.poolNotFound(id);
        }
        return pool;
    }

    /** A user pool is named {@code HOST/POOL_ID}; its host may be AWS's or ours. */
    private static void checkProviders(List<CognitoIdentityProvider> providers) {
        for (CognitoIdentityProvider provider : providers) {
            String name = provider.providerName();
            if (name == null
                    || provider.clientId() == null
                    || !USER_POOL.matcher(name).matches()) {
                throw IdentityErrors.invalidParameter("Invalid Cognito Identity Provider");
            }
        }
    }

    @Override
    public IdentityPool createIdentityPool(CreateIdentityPoolInput input, CallContext call) {
        checkProviders(input.cognitoIdentityProviders());
        String id = Optional.ofNullable(input.identityPoolTags().get("_custom_id_"))
                .or(() -> Optional.ofNullable(input.identityPoolTags().get("floci:override-id")))
                .orElseGet(() -> call.region() + ":" + realm.env().ids().uuid());
        IdentityPool settings = IdentityPool.builder()
                .identityPoolId(id)
                .identityPoolName(input.identityPoolName())
                .allowUnauthenticatedIdentities(input.allowUnauthenticatedIdentities())
                .allowClassicFlow(input.allowClassicFlow())
                .supportedLoginProviders(input.hasSupportedLoginProviders() ? input.supportedLoginProviders() : null)
                .developerProviderName(input.developerProviderName())
                .openIdConnectProviderARNs(
                        input.hasOpenIdConnectProviderARNs() ? input.openIdConnectProviderARNs() : null)
                .cognitoIdentityProviders(input.hasCognitoIdentityProviders() ? input.cognitoIdentityProviders() : null)
                .samlProviderARNs(input.hasSamlProviderARNs() ? input.samlProviderARNs() : null)
                .identityPoolTags(input.identityPoolTags())
                .build();
        if (pools.putIfAbsent(id, new IdentityPoolState(call.account(), call.region(), settings)) != null) {
            throw ResourceConflictException.of("Identity pool " + id + " already exists.");
        }
        return settings;
    }

    @Override
    public IdentityPool describeIdentityPool(DescribeIdentityPoolInput input, CallContext call) {
        return pool(input.identityPoolId(), call).settings();
    }

    @Override
    public IdentityPool updateIdentityPool(IdentityPool input, CallContext call) {
        IdentityPoolState pool = pool(input.identityPoolId(), call);
        checkProviders(input.cognitoIdentityProviders());
        String developer = pool.settings().developerProviderName();
        if (developer != null && !developer.equals(input.developerProviderName())) {
            throw IdentityErrors.invalidParameter("Developer provider name cannot be changed once it has been set.");
        }
        IdentityPool changed = input.hasIdentityPoolTags()
                ? input
                : input.toBuilder()
                        .identityPoolTags(pool.settings().identityPoolTags())
                        .build();
        pool.replace(changed);
        return changed;
    }

    @Override
    public DeleteIdentityPoolResponse deleteIdentityPool(DeleteIdentityPoolInput input, CallContext call) {
        pool(input.identityPoolId(), call);
        pools.remove(input.identityPoolId());
        return DeleteIdentityPoolResponse.builder().build();
    }

    @Override
    public ListIdentityPoolsResponse listIdentityPools(ListIdentityPoolsInput input, CallContext call) {
        NavigableMap<String, IdentityPool> mine = new TreeMap<>();
        pools.forEach((id, pool) -> {
            if (pool.account().equals(call.account()) && pool.region().equals(call.region())) {
                mine.put(id, pool.settings());
            }
        });
        List<IdentityPool> page = new ArrayList<>();
        Optional<String> next = page(mine, input.nextToken(), input.maxResults(), page);
        return ListIdentityPoolsResponse.builder()
                .identityPools(page.stream()
                        .map(p -> IdentityPoolShortDescription.builder()
                                .identityPoolId(p.identityPoolId())
                                .identityPoolName(p.identityPoolName())
                                .build())
                        .toList())
                .nextToken(next.orElse(null))
                .build();
    }

    private static <V> Optional<String> page(
            NavigableMap<String, V> all, @Nullable String token, @Nullable Integer limit, List<V> page) {
        NavigableMap<String, V> rest = token == null ? all : all.tailMap(decode(token), false);
        String last = "";
        for (Map.Entry<String, V> entry : rest.entrySet()) {
            if (limit != null && page.size() == limit) {
                return Optional.of(
                        Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(StandardCharsets.UTF_8)));
            }
            page.add(entry.getValue());
            last = entry.getKey();
        }
        return Optional.empty();
    }

    private static String decode(String token) {
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw IdentityErrors.invalidParameter("Invalid pagination token");
        }
    }

    @Override
    public SetIdentityPoolRolesResponse setIdentityPoolRoles(SetIdentityPoolRolesInput input, CallContext call) {
        IdentityPoolState pool = pool(input.identityPoolId(), call);
        for (String kind : input.roles().keySet()) {
            if (!kind.equals("authenticated") && !kind.equals("unauthenticated")) {
                throw IdentityErrors.invalidParameter("Role type must be authenticated or unauthenticated.");
            }
        }
        input.roleMappings().forEach((provider, mapping) -> {
            if (mapping.type().equals("Rules") && mapping.rulesConfiguration() == null) {
                throw IdentityErrors.invalidParameter("RulesConfiguration is required when the type is Rules.");
            }
            if (mapping.ambiguousRoleResolution() == null) {
                throw IdentityErrors.invalidParameter("AmbiguousRoleResolution is required for role mappings.");
            }
        });
        pool.setRoles(input.roles(), input.roleMappings());
        return SetIdentityPoolRolesResponse.builder().build();
    }

    @Override
    public GetIdentityPoolRolesResponse getIdentityPoolRoles(GetIdentityPoolRolesInput input, CallContext call) {
        IdentityPoolState pool = pool(input.identityPoolId(), call);
        return GetIdentityPoolRolesResponse.builder()
                .identityPoolId(input.identityPoolId())
                .roles(pool.roles())
                .roleMappings(pool.roleMappings().isEmpty() ? null : pool.roleMappings())
                .build();
    }

    @Override
    public SetPrincipalTagAttributeMapResponse setPrincipalTagAttributeMap(
            SetPrincipalTagAttributeMapInput input, CallContext call) {
        IdentityPoolState pool = pool(input.identityPoolId(), call);
        boolean defaults = Boolean.TRUE.equals(input.useDefaults());
        pool.setPrincipalTags(
                input.identityProviderName(), new IdentityPoolState.TagMap(defaults, input.principalTags()));
        return SetPrincipalTagAttributeMapResponse.builder()
                .identityPoolId(input.identityPoolId())
                .identityProviderName(input.identityProviderName())
                .useDefaults(defaults)
                .principalTags(input.principalTags())
                .build();
    }

    @Override
    public GetPrincipalTagAttributeMapResponse getPrincipalTagAttributeMap(
            GetPrincipalTagAttributeMapInput input, CallContext call) {
        IdentityPoolState.TagMap tags = pool(input.identityPoolId(), call)
                .principalTags(input.identityProviderName())
                .orElse(new IdentityPoolState.TagMap(false, Map.of()));
        return GetPrincipalTagAttributeMapResponse.builder()
                .identityPoolId(input.identityPoolId())
                .identityProviderName(input.identityProviderName())
                .useDefaults(tags.useDefaults())
                .principalTags(tags.tags())
                .build();
    }

    @Override
    public TagResourceResponse tagResource(TagResourceInput input, CallContext call) {
        changeTags(input.resourceArn(), call, tags -> tags.putAll(input.tags()));
        return TagResourceResponse.builder().build();
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceInput input, CallContext call) {
        changeTags(input.resourceArn(), call, tags -> input.tagKeys().forEach(tags::remove));
        return UntagResourceResponse.builder().build();
    }

    private void changeTags(String arn, CallContext call, java.util.function.Consumer<Map<String, String>> change) {
        IdentityPoolState pool = ofArn(arn, call);
        Map<String, String> tags = new HashMap<>(pool.settings().identityPoolTags());
        change.accept(tags);
        pool.replace(pool.settings().toBuilder().identityPoolTags(tags).build());
    }

    @Override
    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceInput input, CallContext call) {
        return ListTagsForResourceResponse.builder()
                .tags(ofArn(input.resourceArn(), call).settings().identityPoolTags())
                .build();
    }

    private IdentityPoolState ofArn(String text, CallContext call) {
        Arn arn = Arn.parse(text)
                .filter(a ->
                        a.service().equals("cognito-identity") && a.resource().startsWith("identitypool/"))
                .orElseThrow(() -> IdentityErrors.invalidParameter("Invalid resource ARN: " + text));
        return pool(arn.resource().substring("identitypool/".length()), call);
    }

    /** Whose an identity pool is. */
    public Optional<EmulatedService.Owner> ownerOfPool(String id) {
        return Optional.ofNullable(pools.get(id)).map(pool -> new EmulatedService.Owner(pool.account(), pool.region()));
    }

    /** Whose pool an identity is in. */
    public Optional<EmulatedService.Owner> ownerOfIdentity(String identityId) {
        return poolOf(identityId).map(pool -> new EmulatedService.Owner(pool.account(), pool.region()));
    }

    private Optional<IdentityPoolState> poolOf(String identityId) {
        return pools.values().stream()
                .filter(pool -> pool.identity(identityId).isPresent())
                .findFirst();
    }

    @Override
    public IdentityDescription describeIdentity(DescribeIdentityInput input, CallContext call) {
        IdentityPoolState pool = poolOf(input.identityId())
                .filter(p -> p.account().equals(call.account()))
                .orElseThrow(() -> IdentityErrors.identityNotFound(input.identityId()));
        return describe(pool, pool.identity(input.identityId()).orElseThrow());
    }

    @Override
    public ListIdentitiesResponse listIdentities(ListIdentitiesInput input, CallContext call) {
        IdentityPoolState pool = pool(input.identityPoolId(), call);
        List<Identity> page = new ArrayList<>();
        NavigableMap<String, Identity> listed = pool.identities();
        if (Boolean.TRUE.equals(input.hideDisabled())) {
            listed = new TreeMap<>(listed);
            listed.values().removeIf(Identity::disabled);
        }
        Optional<String> next = page(listed, input.nextToken(), input.maxResults(), page);
        return ListIdentitiesResponse.builder()
                .identityPoolId(input.identityPoolId())
                .identities(page.stream().map(i -> describe(pool, i)).toList())
                .nextToken(next.orElse(null))
                .build();
    }

    private static IdentityDescription describe(IdentityPoolState pool, Identity identity) {
        List<String> logins = new ArrayList<>(identity.logins().keySet());
        String developer = pool.settings().developerProviderName();
        if (developer != null && !identity.developerIds().isEmpty()) {
            logins.add(developer);
        }
        return IdentityDescription.builder()
                .identityId(identity.id())
                .logins(logins.isEmpty() ? null : logins)
                .creationDate(identity.createdAt())
                .lastModifiedDate(identity.modifiedAt())
                .build();
    }

    @Override
    public DeleteIdentitiesResponse deleteIdentities(DeleteIdentitiesInput input, CallContext call) {
        List<UnprocessedIdentityId> unprocessed = new ArrayList<>();
        for (String id : input.identityIdsToDelete()) {
            Optional<IdentityPoolState> pool =
                    poolOf(id).filter(p -> p.account().equals(call.account()));
            if (pool.isPresent()) {
                pool.get().remove(id);
            } else {
                unprocessed.add(UnprocessedIdentityId.builder()
                        .identityId(id)
                        .errorCode("AccessDenied")
                        .build());
            }
        }
        return DeleteIdentitiesResponse.builder()
                .unprocessedIdentityIds(unprocessed)
                .build();
    }

    @Override
    public LookupDeveloperIdentityResponse lookupDeveloperIdentity(
            LookupDeveloperIdentityInput input, CallContext call) {
        IdentityPoolState pool = pool(input.identityPoolId(), call);
        if (input.identityId() == null && input.developerUserIdentifier() == null) {
            throw IdentityErrors.invalidParameter("Either IdentityId or DeveloperUserIdentifier must be given.");
        }
        Optional<Identity> byId = Optional.ofNullable(input.identityId()).flatMap(pool::identity);
        Optional<Identity> byUser =
                Optional.ofNullable(input.developerUserIdentifier()).flatMap(pool::withDeveloperId);
        Identity found = byId.or(() -> byUser).orElseThrow(() -> ResourceNotFoundException.of("Identity not found."));
        boolean conflict = input.identityId() != null
                && input.developerUserIdentifier() != null
                && !found.developerIds().contains(input.developerUserIdentifier());
        if (conflict) {
            throw ResourceConflictException.of("The developer user identifier belongs to another identity.");
        }
        List<String> page = new ArrayList<>();
        Optional<String> next = Optional.empty();
        if (byId.isPresent() && byUser.isPresent()) {
            page.add(input.developerUserIdentifier());
        } else {
            next = page(inOrder(found.developerIds()), input.nextToken(), input.maxResults(), page);
        }
        return LookupDeveloperIdentityResponse.builder()
                .identityId(found.id())
                .developerUserIdentifierList(page)
                .nextToken(next.orElse(null))
                .build();
    }

    private static NavigableMap<String, String> inOrder(List<String> list) {
        NavigableMap<String, String> byPlace = new TreeMap<>();
        for (String entry : list) {
            byPlace.put(String.format("%09d", byPlace.size()), entry);
        }
        return byPlace;
    }

    @Override
    public MergeDeveloperIdentitiesResponse mergeDeveloperIdentities(
            MergeDeveloperIdentitiesInput input, CallContext call) {
        IdentityPoolState pool = pool(input.identityPoolId(), call);
        checkDeveloperProvider(pool, input.developerProviderName());
        Identity source = pool.withDeveloperId(input.sourceUserIdentifier())
                .orElseThrow(() -> ResourceNotFoundException.of("Source user identifier not found."));
        Identity destination = pool.withDeveloperId(input.destinationUserIdentifier())
                .orElseThrow(() -> ResourceNotFoundException.of("Destination user identifier not found."));
        if (!source.id().equals(destination.id())) {
            checkMergeable(source, destination);
            List<String> developers = new ArrayList<>(destination.developerIds());
            developers.addAll(source.developerIds());
            Map<String, String> logins = new HashMap<>(source.logins());
            logins.putAll(destination.logins());
            pool.put(source.merged(call.receivedAt()));
            pool.put(destination.with(logins, developers, call.receivedAt()));
        }
        return MergeDeveloperIdentitiesResponse.builder()
                .identityId(destination.id())
                .build();
    }

    /** Two users of the same public provider stay two, and an identity has so many logins at most. */
    private static void checkMergeable(Identity source, Identity destination) {
        boolean different = source.logins().entrySet().stream()
                .anyMatch(login ->
                        !login.getValue().equals(destination.logins().getOrDefault(login.getKey(), login.getValue())));
        if (different) {
            throw ResourceConflictException.of("The users are different users of the same provider.");
        }
        int logins = source.logins().size()
                + source.developerIds().size()
                + destination.logins().size()
                + destination.developerIds().size();
        if (logins > LINKED_LOGINS_MAX) {
            throw IdentityErrors.invalidParameter(
                    "The merged identity would have more than " + LINKED_LOGINS_MAX + " linked logins.");
        }
    }

    static void checkDeveloperProvider(IdentityPoolState pool, String name) {
        if (!name.equals(pool.settings().developerProviderName())) {
            throw IdentityErrors.invalidParameter(
                    "The developer provider name " + name + " is not the one of the identity pool.");
        }
    }

    @Override
    public UnlinkDeveloperIdentityResponse unlinkDeveloperIdentity(
            UnlinkDeveloperIdentityInput input, CallContext call) {
        IdentityPoolState pool = pool(input.identityPoolId(), call);
        checkDeveloperProvider(pool, input.developerProviderName());
        Identity identity = pool.identity(input.identityId())
                .orElseThrow(() -> IdentityErrors.identityNotFound(input.identityId()));
        if (!identity.developerIds().contains(input.developerUserIdentifier())) {
            throw ResourceNotFoundException.of("The developer user identifier is not linked to the identity.");
        }
        List<String> left = new ArrayList<>(identity.developerIds());
        left.remove(input.developerUserIdentifier());
        pool.put(identity.withDeveloperIds(left, call.receivedAt()));
        return UnlinkDeveloperIdentityResponse.builder().build();
    }

    @Override
    public UnlinkIdentityResponse unlinkIdentity(UnlinkIdentityInput input, CallContext call) {
        IdentityPoolState pool =
                poolOf(input.identityId()).orElseThrow(() -> IdentityErrors.identityNotFound(input.identityId()));
        credentials.unlink(pool, input, call);
        return UnlinkIdentityResponse.builder().build();
    }

    @Override
    public GetIdResponse getId(GetIdInput input, CallContext call) {
        return credentials.getId(anyPool(input.identityPoolId()), input, call);
    }

    @Override
    public GetOpenIdTokenResponse getOpenIdToken(GetOpenIdTokenInput input, CallContext call) {
        IdentityPoolState pool =
                poolOf(input.identityId()).orElseThrow(() -> IdentityErrors.identityNotFound(input.identityId()));
        return credentials.getOpenIdToken(pool, input, call);
    }

    @Override
    public GetCredentialsForIdentityResponse getCredentialsForIdentity(
            GetCredentialsForIdentityInput input, CallContext call) {
        IdentityPoolState pool =
                poolOf(input.identityId()).orElseThrow(() -> IdentityErrors.identityNotFound(input.identityId()));
        return credentials.getCredentialsForIdentity(pool, input, call);
    }

    @Override
    public GetOpenIdTokenForDeveloperIdentityResponse getOpenIdTokenForDeveloperIdentity(
            GetOpenIdTokenForDeveloperIdentityInput input, CallContext call) {
        return credentials.getOpenIdTokenForDeveloperIdentity(pool(input.identityPoolId(), call), input, call);
    }
}
