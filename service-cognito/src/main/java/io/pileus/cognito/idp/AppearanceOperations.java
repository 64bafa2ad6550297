package io.pileus.cognito.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.pileus.cognito.idp.model.*;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.core.service.CallContext;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How the pages look: UI customization, managed login branding, terms. Stored and shown; our own pages stay plain. */
final class AppearanceOperations {
    /** The key of a customization for all clients. */
    private static final String ALL = "ALL";

    private static final int SETTINGS_BYTES_MAX = 2 * 1024 * 1024;
    private static final int IMAGE_BYTES_MAX = 100 * 1024;
    private static final DateTimeFormatter CSS_VERSION =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

    /** The classes that the developer guide names, each with whatever properties. */
    private static final Pattern CSS = Pattern.compile("\\s*(\\.(background|banner|errorMessage|idpButton"
            + "|idpDescription|inputField|label|legalText|logo|passwordCheck-notValid|passwordCheck-valid|redirect"
            + "|socialButton|submitButton|textDescription)-customizable(:hover|:focus)?\\s*\\{[^{}@<>]*\\}\\s*)*");

    private final Realm realm;

    AppearanceOperations(Realm realm) {
        this.realm = realm;
    }

    private static String key(@Nullable String clientId) {
        return clientId == null || clientId.isEmpty() ? ALL : clientId;
    }

    SetUICustomizationResponse setUICustomization(SetUICustomizationRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        String key = key(input.clientId());
        if (!key.equals(ALL)) {
            realm.client(pool, key);
        }
        if (pool.settings().domain() == null && pool.settings().customDomain() == null) {
            throw CognitoErrors.invalidParameter(
                    "There has to be an existing domain associated with this user pool before setting UI customization.");
        }
        if (input.imageFile() != null && input.imageFile().size() > IMAGE_BYTES_MAX) {
            throw CognitoErrors.invalidParameter("The image file is larger than 100 KB.");
        }
        if (input.css() != null && !CSS.matcher(input.css()).matches()) {
            throw CognitoErrors.invalidParameter("Invalid CSS: only customizable classes can be set.");
        }
        UICustomizationType customization = pool.uiCustomizations().compute(key, (k, old) -> {
            UICustomizationType.Builder changed = old == null
                    ? UICustomizationType.builder()
                            .userPoolId(pool.id())
                            .clientId(key)
                            .creationDate(call.receivedAt())
                    : old.toBuilder();
            changed.lastModifiedDate(call.receivedAt())
                    .css(input.css())
                    .cssVersion(CSS_VERSION.format(call.receivedAt()));
            if (input.imageFile() != null) {
                changed.imageUrl(realm.base(call) + "/_pileus/cognito/" + pool.id() + "/" + key + "/image");
                pool.uiImages().put(key, input.imageFile());
                call.notEmulated("SetUICustomization.ImageFile: the image is kept and not shown on the pages");
            }
            return changed.build();
        });
        return SetUICustomizationResponse.builder()
                .uiCustomization(customization)
                .build();
    }

    GetUICustomizationResponse getUICustomization(GetUICustomizationRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        UICustomizationType own = pool.uiCustomizations().get(key(input.clientId()));
        UICustomizationType shared = pool.uiCustomizations().get(ALL);
        UICustomizationType none = UICustomizationType.builder().build();
        return GetUICustomizationResponse.builder()
                .uiCustomization(own != null ? own : shared != null ? shared : none)
                .build();
    }

    CreateManagedLoginBrandingResponse createManagedLoginBranding(
            CreateManagedLoginBrandingRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        realm.client(pool, input.clientId());
        checkBranding(
                input.useCognitoProvidedValues(),
                input.settings(),
                !input.assets().isEmpty());
        ManagedLoginBrandingType branding = ManagedLoginBrandingType.builder()
                .managedLoginBrandingId(realm.env().ids().uuid())
                .userPoolId(pool.id())
                .useCognitoProvidedValues(Boolean.TRUE.equals(input.useCognitoProvidedValues()))
                .settings(input.settings())
                .assets(input.hasAssets() ? input.assets() : null)
                .creationDate(call.receivedAt())
                .lastModifiedDate(call.receivedAt())
                .build();
        boolean taken = pool.brandings().values().stream()
                .anyMatch(other -> other.clientId().equals(input.clientId()));
        if (taken) {
            throw ManagedLoginBrandingExistsException.of("The client already has a managed login branding.");
        }
        pool.brandings().put(branding.managedLoginBrandingId(), new UserPool.Branding(input.clientId(), branding));
        return CreateManagedLoginBrandingResponse.builder()
                .managedLoginBranding(branding)
                .build();
    }

    private static void checkBranding(@Nullable Boolean provided, @Nullable JsonNode settings, boolean assets) {
        if (Boolean.TRUE.equals(provided) && (settings != null || assets)) {
            throw CognitoErrors.invalidParameter(
                    "Settings and Assets must be absent when UseCognitoProvidedValues is true.");
        }
        if (settings != null && settings.toString().length() > SETTINGS_BYTES_MAX) {
            throw CognitoErrors.invalidParameter("Settings exceed the maximum size.");
        }
    }

    private static UserPool.Branding branding(UserPool pool, @Nullable String id) {
        UserPool.Branding branding = id == null ? null : pool.brandings().get(id);
        if (branding == null) {
            throw ResourceNotFoundException.of("Managed login branding does not exist.");
        }
        return branding;
    }

    DescribeManagedLoginBrandingResponse describeManagedLoginBranding(
            DescribeManagedLoginBrandingRequest input, CallContext call) {
        return DescribeManagedLoginBrandingResponse.builder()
                .managedLoginBranding(merged(
                        branding(realm.pool(input.userPoolId(), call), input.managedLoginBrandingId())
                                .type(),
                        input.returnMergedResources()))
                .build();
    }

    DescribeManagedLoginBrandingByClientResponse describeManagedLoginBrandingByClient(
            DescribeManagedLoginBrandingByClientRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        realm.client(pool, input.clientId());
        UserPool.Branding branding = pool.brandings().values().stream()
                .filter(other -> other.clientId().equals(input.clientId()))
                .findFirst()
                .orElseThrow(() -> ResourceNotFoundException.of("Managed login branding does not exist."));
        return DescribeManagedLoginBrandingByClientResponse.builder()
                .managedLoginBranding(merged(branding.type(), input.returnMergedResources()))
                .build();
    }

    private static ManagedLoginBrandingType merged(ManagedLoginBrandingType branding, @Nullable Boolean merge) {
        return Boolean.TRUE.equals(merge) && branding.settings() == null
                ? branding.toBuilder()
                        .settings(JsonNodeFactory.instance.objectNode())
                        .build()
                : branding;
    }

    UpdateManagedLoginBrandingResponse updateManagedLoginBranding(
            UpdateManagedLoginBrandingRequest input, CallContext call) {
        UserPool pool = realm.pool(String.valueOf(input.userPoolId()), call);
        checkBranding(
                input.useCognitoProvidedValues(),
                input.settings(),
                !input.assets().isEmpty());
        UserPool.Branding old = branding(pool, input.managedLoginBrandingId());
        ManagedLoginBrandingType changed = old.type().toBuilder()
                .useCognitoProvidedValues(Boolean.TRUE.equals(input.useCognitoProvidedValues()))
                .settings(input.settings())
                .assets(input.hasAssets() ? input.assets() : null)
                .lastModifiedDate(call.receivedAt())
                .build();
        pool.brandings().put(changed.managedLoginBrandingId(), new UserPool.Branding(old.clientId(), changed));
        return UpdateManagedLoginBrandingResponse.builder()
                .managedLoginBranding(changed)
                .build();
    }

    DeleteManagedLoginBrandingResponse deleteManagedLoginBranding(
            DeleteManagedLoginBrandingRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        branding(pool, input.managedLoginBrandingId());
        pool.brandings().remove(input.managedLoginBrandingId());
        return DeleteManagedLoginBrandingResponse.builder().build();
    }

    CreateTermsResponse createTerms(CreateTermsRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        realm.client(pool, input.clientId());
        checkLinks(input.links());
        TermsType terms = TermsType.builder()
                .termsId(realm.env().ids().uuid())
                .userPoolId(pool.id())
                .clientId(input.clientId())
                .termsName(input.termsName())
                .termsSource(input.termsSource())
                .enforcement(input.enforcement())
                .links(input.links())
                .creationDate(call.receivedAt())
                .lastModifiedDate(call.receivedAt())
                .build();
        checkTermsFree(pool, terms);
        pool.terms().put(terms.termsId(), terms);
        return CreateTermsResponse.builder().terms(terms).build();
    }

    private static void checkLinks(Map<String, String> links) {
        if (!links.isEmpty() && !links.containsKey("cognito:default")) {
            throw CognitoErrors.invalidParameter("Links must contain cognito:default.");
        }
    }

    private static void checkTermsFree(UserPool pool, TermsType terms) {
        boolean taken = pool.terms().values().stream()
                .anyMatch(other -> !other.termsId().equals(terms.termsId())
                        && other.clientId().equals(terms.clientId())
                        && other.termsName().equals(terms.termsName()));
        if (taken) {
            throw TermsExistsException.of("The client already has terms with the name.");
        }
    }

    private static TermsType terms(UserPool pool, String id) {
        TermsType terms = pool.terms().get(id);
        if (terms == null) {
            throw ResourceNotFoundException.of("Terms document does not exist.");
        }
        return terms;
    }

    DescribeTermsResponse describeTerms(DescribeTermsRequest input, CallContext call) {
        return DescribeTermsResponse.builder()
                .terms(terms(realm.pool(input.userPoolId(), call), input.termsId()))
                .build();
    }

    UpdateTermsResponse updateTerms(UpdateTermsRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        TermsType.Builder changed = terms(pool, input.termsId()).toBuilder().lastModifiedDate(call.receivedAt());
        if (input.termsName() != null) {
            changed.termsName(input.termsName());
        }
        if (input.termsSource() != null) {
            changed.termsSource(input.termsSource());
        }
        if (input.enforcement() != null) {
            changed.enforcement(input.enforcement());
        }
        if (input.hasLinks()) {
            checkLinks(input.links());
            changed.links(input.links());
        }
        TermsType terms = changed.build();
        checkTermsFree(pool, terms);
        pool.terms().put(terms.termsId(), terms);
        return UpdateTermsResponse.builder().terms(terms).build();
    }

    DeleteTermsResponse deleteTerms(DeleteTermsRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        terms(pool, input.termsId());
        pool.terms().remove(input.termsId());
        return DeleteTermsResponse.builder().build();
    }

    ListTermsResponse listTerms(ListTermsRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        Pages<TermsType> page = Pages.of(pool.terms(), input.nextToken(), input.maxResults(), 60);
        return ListTermsResponse.builder()
                .terms(page.items().stream()
                        .map(terms -> TermsDescriptionType.builder()
                                .termsId(terms.termsId())
                                .termsName(terms.termsName())
                                .enforcement(terms.enforcement())
                                .creationDate(terms.creationDate())
                                .lastModifiedDate(terms.lastModifiedDate())
                                .build())
                        .toList())
                .nextToken(page.nextToken().orElse(null))
                .build();
    }
}
