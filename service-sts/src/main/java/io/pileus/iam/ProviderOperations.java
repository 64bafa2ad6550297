package io.pileus.iam;

import io.pileus.core.identity.Ids;
import io.pileus.core.service.CallContext;
import io.pileus.iam.model.*;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.OidcProvider;
import io.pileus.iam.state.SamlProvider;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;

/** Identity providers: OpenID Connect and SAML. */
final class ProviderOperations {
    private final IamAccounts accounts;
    private final Ids ids;

    ProviderOperations(IamAccounts accounts, Ids ids) {
        this.accounts = accounts;
        this.ids = ids;
    }

    // ---- OpenID Connect -----------------------------------------------------------------------------------------

    /** Differs from AWS: http URLs are taken too, so that issuers on this machine can be registered. */
    CreateOpenIDConnectProviderResponse createOpenIDConnectProvider(
            CreateOpenIDConnectProviderRequest input, CallContext call) {
        String url = issuer(input.url());
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            String arn = "arn:aws:iam::" + account.id() + ":oidc-provider/" + url;
            if (account.oidcProviders().containsKey(arn)) {
                throw IamErrors.entityAlreadyExists("Provider with url " + input.url() + " already exists.");
            }
            if (account.oidcProviders().size() >= IamLimits.PROVIDERS) {
                throw IamErrors.quota("OpenIdConnectProvidersPerAccount", IamLimits.PROVIDERS);
            }
            if (input.thumbprintList().size() > IamLimits.THUMBPRINTS_PER_PROVIDER) {
                throw IamErrors.invalidInput("Thumbprint list must contain fewer than 5 entries.");
            }
            if (input.clientIDList().size() > IamLimits.CLIENT_IDS_PER_PROVIDER) {
                throw IamErrors.quota("ClientIdsPerOpenIdConnectProvider", IamLimits.CLIENT_IDS_PER_PROVIDER);
            }
            Tags.check(Map.of(), input.tags());
            OidcProvider provider = new OidcProvider(arn, url, Times.of(call));
            provider.clientIds().addAll(input.clientIDList());
            provider.thumbprints().addAll(input.thumbprintList());
            Tags.put(provider.tags(), input.tags());
            account.oidcProviders().put(arn, provider);
            return CreateOpenIDConnectProviderResponse.builder()
                    .openIDConnectProviderArn(arn)
                    .tags(Answers.noneIfEmpty(Tags.of(provider.tags())))
                    .build();
        });
    }

    /** The issuer without its scheme, as ARNs and GetOpenIDConnectProvider have it. */
    private static String issuer(String url) {
        try {
            URI uri = new URI(url);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (web && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
                return url.substring(url.indexOf("://") + 3);
            }
        } catch (URISyntaxException e) {
            // answered below
        }
        throw IamErrors.validation("Invalid Open ID Connect Provider URL");
    }

    GetOpenIDConnectProviderResponse getOpenIDConnectProvider(GetOpenIDConnectProviderRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            OidcProvider provider = oidc(account, input.openIDConnectProviderArn());
            return GetOpenIDConnectProviderResponse.builder()
                    .url(provider.url())
                    .clientIDList(java.util.List.copyOf(provider.clientIds()))
                    .thumbprintList(java.util.List.copyOf(provider.thumbprints()))
                    .createDate(provider.created())
                    .tags(Tags.of(provider.tags()))
                    .build();
        });
    }

    ListOpenIDConnectProvidersResponse listOpenIDConnectProviders(
            ListOpenIDConnectProvidersRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> ListOpenIDConnectProvidersResponse.builder()
                .openIDConnectProviderList(account.oidcProviders().keySet().stream()
                        .map(arn -> OpenIDConnectProviderListEntry.builder()
                                .arn(arn)
                                .build())
                        .toList())
                .build());
    }

    AddClientIDToOpenIDConnectProviderResponse addClientIDToOpenIDConnectProvider(
            AddClientIDToOpenIDConnectProviderRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            OidcProvider provider = oidc(account, input.openIDConnectProviderArn());
            if (provider.clientIds().size() >= IamLimits.CLIENT_IDS_PER_PROVIDER
                    && !provider.clientIds().contains(input.clientID())) {
                throw IamErrors.quota("ClientIdsPerOpenIdConnectProvider", IamLimits.CLIENT_IDS_PER_PROVIDER);
            }
            provider.clientIds().add(input.clientID());
            return new AddClientIDToOpenIDConnectProviderResponse();
        });
    }

    RemoveClientIDFromOpenIDConnectProviderResponse removeClientIDFromOpenIDConnectProvider(
            RemoveClientIDFromOpenIDConnectProviderRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            oidc(account, input.openIDConnectProviderArn()).clientIds().remove(input.clientID());
            return new RemoveClientIDFromOpenIDConnectProviderResponse();
        });
    }

    UpdateOpenIDConnectProviderThumbprintResponse updateOpenIDConnectProviderThumbprint(
            UpdateOpenIDConnectProviderThumbprintRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            OidcProvider provider = oidc(account, input.openIDConnectProviderArn());
            provider.thumbprints().clear();
            provider.thumbprints().addAll(input.thumbprintList());
            return new UpdateOpenIDConnectProviderThumbprintResponse();
        });
    }

    /** Succeeds for a provider that is not there too, as AWS's does. */
    DeleteOpenIDConnectProviderResponse deleteOpenIDConnectProvider(
            DeleteOpenIDConnectProviderRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            account.oidcProviders().remove(input.openIDConnectProviderArn());
            return new DeleteOpenIDConnectProviderResponse();
        });
    }

    TagOpenIDConnectProviderResponse tagOpenIDConnectProvider(TagOpenIDConnectProviderRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Tags.put(oidc(account, input.openIDConnectProviderArn()).tags(), input.tags());
            return new TagOpenIDConnectProviderResponse();
        });
    }

    UntagOpenIDConnectProviderResponse untagOpenIDConnectProvider(
            UntagOpenIDConnectProviderRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Tags.remove(oidc(account, input.openIDConnectProviderArn()).tags(), input.tagKeys());
            return new UntagOpenIDConnectProviderResponse();
        });
    }

    ListOpenIDConnectProviderTagsResponse listOpenIDConnectProviderTags(
            ListOpenIDConnectProviderTagsRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            OidcProvider provider = oidc(account, input.openIDConnectProviderArn());
            Page<Tag> page = Tags.page(provider.tags(), input.marker(), input.maxItems());
            return ListOpenIDConnectProviderTagsResponse.builder()
                    .tags(page.items())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    private static OidcProvider oidc(IamAccount account, String arn) {
        OidcProvider provider = account.oidcProviders().get(arn);
        if (provider == null) {
            throw IamErrors.noSuchEntity("OpenIDConnect Provider not found for arn " + arn);
        }
        return provider;
    }

    // ---- SAML ---------------------------------------------------------------------------------------------------

    CreateSAMLProviderResponse createSAMLProvider(CreateSAMLProviderRequest input, CallContext call) {
        checkMetadata(input.samlMetadataDocument());
        if (input.assertionEncryptionMode() != null || input.addPrivateKey() != null) {
            call.notEmulated("encrypted SAML assertions (AssertionEncryptionMode, AddPrivateKey)");
        }
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            String arn = "arn:aws:iam::" + account.id() + ":saml-provider/" + input.name();
            if (account.samlProviders().containsKey(arn)) {
                throw IamErrors.entityAlreadyExists("SAMLProvider with name " + input.name() + " already exists.");
            }
            if (account.samlProviders().size() >= IamLimits.PROVIDERS) {
                throw IamErrors.quota("SAMLProvidersPerAccount", IamLimits.PROVIDERS);
            }
            Tags.check(Map.of(), input.tags());
            SamlProvider provider = new SamlProvider(
                    arn,
                    input.name(),
                    account.uniqueId("ASPA"),
                    input.samlMetadataDocument(),
                    Times.of(call),
                    Times.of(call).plus(Duration.ofDays(36_500)));
            Tags.put(provider.tags(), input.tags());
            account.samlProviders().put(arn, provider);
            return CreateSAMLProviderResponse.builder()
                    .samlProviderArn(arn)
                    .tags(Answers.noneIfEmpty(Tags.of(provider.tags())))
                    .build();
        });
    }

    private void checkMetadata(String document) {
        try {
            SamlMetadata.parse(document);
        } catch (SamlMetadata.InvalidMetadata e) {
            throw IamErrors.invalidInput("Could not parse metadata: " + e.getMessage());
        }
    }

    GetSAMLProviderResponse getSAMLProvider(GetSAMLProviderRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            SamlProvider provider = saml(account, input.samlProviderArn());
            return GetSAMLProviderResponse.builder()
                    .samlProviderUUID(provider.uuid())
                    .samlMetadataDocument(provider.metadata())
                    .createDate(provider.created())
                    .validUntil(provider.validUntil())
                    .tags(Tags.of(provider.tags()))
                    .build();
        });
    }

    ListSAMLProvidersResponse listSAMLProviders(ListSAMLProvidersRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> ListSAMLProvidersResponse.builder()
                .samlProviderList(account.samlProviders().values().stream()
                        .map(p -> SAMLProviderListEntry.builder()
                                .arn(p.arn())
                                .validUntil(p.validUntil())
                                .createDate(p.created())
                                .build())
                        .toList())
                .build());
    }

    UpdateSAMLProviderResponse updateSAMLProvider(UpdateSAMLProviderRequest input, CallContext call) {
        if (input.samlMetadataDocument() != null) {
            checkMetadata(input.samlMetadataDocument());
        }
        if (input.assertionEncryptionMode() != null
                || input.addPrivateKey() != null
                || input.removePrivateKey() != null) {
            call.notEmulated("encrypted SAML assertions (AssertionEncryptionMode, AddPrivateKey, RemovePrivateKey)");
        }
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            SamlProvider provider = saml(account, input.samlProviderArn());
            if (input.samlMetadataDocument() != null) {
                provider.metadata(input.samlMetadataDocument(), Times.of(call).plus(Duration.ofDays(36_500)));
            }
            return UpdateSAMLProviderResponse.builder()
                    .samlProviderArn(provider.arn())
                    .build();
        });
    }

    DeleteSAMLProviderResponse deleteSAMLProvider(DeleteSAMLProviderRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            account.samlProviders()
                    .remove(saml(account, input.samlProviderArn()).arn());
            return new DeleteSAMLProviderResponse();
        });
    }

    TagSAMLProviderResponse tagSAMLProvider(TagSAMLProviderRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Tags.put(saml(account, input.samlProviderArn()).tags(), input.tags());
            return new TagSAMLProviderResponse();
        });
    }

    UntagSAMLProviderResponse untagSAMLProvider(UntagSAMLProviderRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            Tags.remove(saml(account, input.samlProviderArn()).tags(), input.tagKeys());
            return new UntagSAMLProviderResponse();
        });
    }

    ListSAMLProviderTagsResponse listSAMLProviderTags(ListSAMLProviderTagsRequest input, CallContext call) {
        IamAccount account = accounts.of(call);
        return account.locked(() -> {
            SamlProvider provider = saml(account, input.samlProviderArn());
            Page<Tag> page = Tags.page(provider.tags(), input.marker(), input.maxItems());
            return ListSAMLProviderTagsResponse.builder()
                    .tags(page.items())
                    .isTruncated(page.truncated())
                    .marker(page.marker())
                    .build();
        });
    }

    private static SamlProvider saml(IamAccount account, String arn) {
        SamlProvider provider = account.samlProviders().get(arn);
        if (provider == null) {
            throw IamErrors.noSuchEntity("Manifest not found for arn " + arn);
        }
        return provider;
    }
}
