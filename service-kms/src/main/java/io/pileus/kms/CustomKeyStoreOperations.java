package io.pileus.kms;

import io.pileus.core.identity.Ids;
import io.pileus.core.service.CallContext;
import io.pileus.kms.model.CloudHsmClusterInUseException;
import io.pileus.kms.model.ConnectCustomKeyStoreRequest;
import io.pileus.kms.model.ConnectCustomKeyStoreResponse;
import io.pileus.kms.model.CreateCustomKeyStoreRequest;
import io.pileus.kms.model.CreateCustomKeyStoreResponse;
import io.pileus.kms.model.CustomKeyStoreNameInUseException;
import io.pileus.kms.model.CustomKeyStoresListEntry;
import io.pileus.kms.model.DeleteCustomKeyStoreRequest;
import io.pileus.kms.model.DeleteCustomKeyStoreResponse;
import io.pileus.kms.model.DescribeCustomKeyStoresRequest;
import io.pileus.kms.model.DescribeCustomKeyStoresResponse;
import io.pileus.kms.model.DisconnectCustomKeyStoreRequest;
import io.pileus.kms.model.DisconnectCustomKeyStoreResponse;
import io.pileus.kms.model.UpdateCustomKeyStoreRequest;
import io.pileus.kms.model.UpdateCustomKeyStoreResponse;
import io.pileus.kms.model.XksProxyConfigurationType;
import io.pileus.kms.model.XksProxyUriInUseException;
import io.pileus.kms.model.XksProxyVpcEndpointServiceInUseException;
import io.pileus.kms.state.CustomKeyStore;
import io.pileus.kms.state.KeyRing;
import java.time.Duration;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * Custom key stores.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/key-store-overview.html">Key stores</a>
 */
final class CustomKeyStoreOperations {
    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 1000;
    private static final String VPC = "VPC_ENDPOINT_SERVICE";

    private final KeyLookup lookup;
    private final Ids ids;
    private final Duration transition;

    /** @param transition how long stores stay Connecting and Disconnecting */
    CustomKeyStoreOperations(KeyLookup lookup, Ids ids, Duration transition) {
        this.lookup = lookup;
        this.ids = ids;
        this.transition = transition;
    }

    CreateCustomKeyStoreResponse createCustomKeyStore(CreateCustomKeyStoreRequest input, CallContext call) {
        KeyRing ring = lookup.ring(call);
        CustomKeyStore.Backing backing =
                "EXTERNAL_KEY_STORE".equals(input.customKeyStoreType()) ? external(input) : cloudHsm(input);
        synchronized (ring) {
            requireFreeName(ring, input.customKeyStoreName(), null);
            requireFreeBacking(ring, backing, null);
            CustomKeyStore store =
                    new CustomKeyStore("cks-" + ids.hex(17), input.customKeyStoreName(), backing, call.receivedAt());
            ring.addStore(store);
            return CreateCustomKeyStoreResponse.builder()
                    .customKeyStoreId(store.id())
                    .build();
        }
    }

    private static CustomKeyStore.CloudHsm cloudHsm(CreateCustomKeyStoreRequest input) {
        if (input.xksProxyUriEndpoint() != null
                || input.xksProxyUriPath() != null
                || input.xksProxyAuthenticationCredential() != null
                || input.xksProxyConnectivity() != null
                || input.xksProxyVpcEndpointServiceName() != null) {
            throw KmsErrors.validation("External key store parameters are not valid for an AWS CloudHSM key store");
        }
        return new CustomKeyStore.CloudHsm(
                present(input.cloudHsmClusterId(), "cloudHsmClusterId"),
                present(input.trustAnchorCertificate(), "trustAnchorCertificate"),
                present(input.keyStorePassword(), "keyStorePassword"));
    }

    private static CustomKeyStore.External external(CreateCustomKeyStoreRequest input) {
        if (input.cloudHsmClusterId() != null
                || input.trustAnchorCertificate() != null
                || input.keyStorePassword() != null) {
            throw KmsErrors.validation("AWS CloudHSM key store parameters are not valid for an external key store");
        }
        String connectivity = present(input.xksProxyConnectivity(), "xksProxyConnectivity");
        if (connectivity.equals(VPC) != (input.xksProxyVpcEndpointServiceName() != null)) {
            throw KmsErrors.validation(
                    "XksProxyVpcEndpointServiceName is required when XksProxyConnectivity is VPC_ENDPOINT_SERVICE, and "
                            + "not valid otherwise");
        }
        return new CustomKeyStore.External(
                present(input.xksProxyUriEndpoint(), "xksProxyUriEndpoint"),
                present(input.xksProxyUriPath(), "xksProxyUriPath"),
                connectivity,
                present(input.xksProxyAuthenticationCredential(), "xksProxyAuthenticationCredential")
                        .accessKeyId(),
                input.xksProxyVpcEndpointServiceName(),
                input.xksProxyVpcEndpointServiceOwner());
    }

    private static <T> T present(@Nullable T value, String member) {
        if (value == null) {
            throw KmsErrors.required(member);
        }
        return value;
    }

    private static void requireFreeName(KeyRing ring, String name, @Nullable CustomKeyStore self) {
        if (ring.stores().values().stream().anyMatch(s -> s != self && s.name().equals(name))) {
            throw CustomKeyStoreNameInUseException.of(
                    "The custom key store name " + name + " is already in use in this account and Region");
        }
    }

    private static void requireFreeBacking(
            KeyRing ring, CustomKeyStore.Backing backing, @Nullable CustomKeyStore self) {
        for (CustomKeyStore other : ring.stores().values()) {
            if (other == self) {
                continue;
            }
            if (backing instanceof CustomKeyStore.CloudHsm mine
                    && other.backing() instanceof CustomKeyStore.CloudHsm theirs
                    && mine.clusterId().equals(theirs.clusterId())) {
                throw CloudHsmClusterInUseException.of("The AWS CloudHSM cluster " + mine.clusterId()
                        + " is already associated with a custom key store");
            }
            if (backing instanceof CustomKeyStore.External mine
                    && other.backing() instanceof CustomKeyStore.External theirs) {
                if (mine.uriEndpoint().equals(theirs.uriEndpoint())
                        && mine.uriPath().equals(theirs.uriPath())) {
                    throw XksProxyUriInUseException.of("The external key store proxy API address " + mine.uriEndpoint()
                            + mine.uriPath() + " is already in use");
                }
                if (mine.vpcEndpointServiceName() != null
                        && mine.vpcEndpointServiceName().equals(theirs.vpcEndpointServiceName())) {
                    throw XksProxyVpcEndpointServiceInUseException.of(
                            "The VPC endpoint service " + mine.vpcEndpointServiceName() + " is already in use");
                }
            }
        }
    }

    DescribeCustomKeyStoresResponse describeCustomKeyStores(DescribeCustomKeyStoresRequest input, CallContext call) {
        if (input.customKeyStoreId() != null && input.customKeyStoreName() != null) {
            throw KmsErrors.validation("Specify either CustomKeyStoreId or CustomKeyStoreName, not both");
        }
        NavigableMap<String, CustomKeyStore> stores = lookup.ring(call).stores();
        if (input.customKeyStoreId() != null) {
            stores.values().removeIf(s -> !s.id().equals(input.customKeyStoreId()));
        }
        if (input.customKeyStoreName() != null) {
            stores.values().removeIf(s -> !s.name().equals(input.customKeyStoreName()));
        }
        if (stores.isEmpty() && (input.customKeyStoreId() != null || input.customKeyStoreName() != null)) {
            throw KmsErrors.customKeyStoreNotFound(
                    input.customKeyStoreId() != null ? input.customKeyStoreId() : input.customKeyStoreName());
        }
        Page<CustomKeyStore> page =
                Page.of(stores, Page.limit(input.limit(), LIMIT_DEFAULT, LIMIT_MAX), input.marker());
        return DescribeCustomKeyStoresResponse.builder()
                .customKeyStores(page.items().stream().map(s -> entry(s, call)).toList())
                .nextMarker(page.marker())
                .truncated(page.truncated())
                .build();
    }

    private static CustomKeyStoresListEntry entry(CustomKeyStore store, CallContext call) {
        CustomKeyStoresListEntry.Builder entry = CustomKeyStoresListEntry.builder()
                .customKeyStoreId(store.id())
                .customKeyStoreName(store.name())
                .connectionState(store.connectionState(call.receivedAt()).name())
                .connectionErrorCode(store.connectionError(call.receivedAt()).orElse(null))
                .creationDate(store.creationDate());
        return switch (store.backing()) {
            case CustomKeyStore.CloudHsm hsm ->
                entry.customKeyStoreType("AWS_CLOUDHSM")
                        .cloudHsmClusterId(hsm.clusterId())
                        .trustAnchorCertificate(hsm.trustAnchorCertificate())
                        .build();
            case CustomKeyStore.External external ->
                entry.customKeyStoreType("EXTERNAL_KEY_STORE")
                        .xksProxyConfiguration(XksProxyConfigurationType.builder()
                                .connectivity(external.connectivity())
                                .accessKeyId(external.accessKeyId())
                                .uriEndpoint(external.uriEndpoint())
                                .uriPath(external.uriPath())
                                .vpcEndpointServiceName(external.vpcEndpointServiceName())
                                .vpcEndpointServiceOwner(external.vpcEndpointServiceOwner())
                                .build())
                        .build();
        };
    }

    ConnectCustomKeyStoreResponse connectCustomKeyStore(ConnectCustomKeyStoreRequest input, CallContext call) {
        store(input.customKeyStoreId(), call).connect(transition, call.receivedAt());
        return ConnectCustomKeyStoreResponse.builder().build();
    }

    DisconnectCustomKeyStoreResponse disconnectCustomKeyStore(DisconnectCustomKeyStoreRequest input, CallContext call) {
        store(input.customKeyStoreId(), call).disconnect(transition, call.receivedAt());
        return DisconnectCustomKeyStoreResponse.builder().build();
    }

    UpdateCustomKeyStoreResponse updateCustomKeyStore(UpdateCustomKeyStoreRequest input, CallContext call) {
        KeyRing ring = lookup.ring(call);
        CustomKeyStore store = store(input.customKeyStoreId(), call);
        synchronized (ring) {
            String name = input.newCustomKeyStoreName() == null ? store.name() : input.newCustomKeyStoreName();
            requireFreeName(ring, name, store);
            CustomKeyStore.Backing backing = switch (store.backing()) {
                case CustomKeyStore.CloudHsm hsm -> updated(hsm, input);
                case CustomKeyStore.External external -> updated(external, input);
            };
            requireFreeBacking(ring, backing, store);
            store.update(name, backing, call.receivedAt());
        }
        return UpdateCustomKeyStoreResponse.builder().build();
    }

    private static CustomKeyStore.CloudHsm updated(CustomKeyStore.CloudHsm hsm, UpdateCustomKeyStoreRequest input) {
        if (input.xksProxyUriEndpoint() != null
                || input.xksProxyUriPath() != null
                || input.xksProxyAuthenticationCredential() != null
                || input.xksProxyConnectivity() != null
                || input.xksProxyVpcEndpointServiceName() != null) {
            throw KmsErrors.validation("External key store parameters are not valid for an AWS CloudHSM key store");
        }
        return new CustomKeyStore.CloudHsm(
                or(input.cloudHsmClusterId(), hsm.clusterId()),
                hsm.trustAnchorCertificate(),
                or(input.keyStorePassword(), hsm.password()));
    }

    private static CustomKeyStore.External updated(
            CustomKeyStore.External external, UpdateCustomKeyStoreRequest input) {
        if (input.cloudHsmClusterId() != null || input.keyStorePassword() != null) {
            throw KmsErrors.validation("AWS CloudHSM key store parameters are not valid for an external key store");
        }
        String connectivity = or(input.xksProxyConnectivity(), external.connectivity());
        boolean vpc = connectivity.equals(VPC);
        return new CustomKeyStore.External(
                or(input.xksProxyUriEndpoint(), external.uriEndpoint()),
                or(input.xksProxyUriPath(), external.uriPath()),
                connectivity,
                input.xksProxyAuthenticationCredential() == null
                        ? external.accessKeyId()
                        : input.xksProxyAuthenticationCredential().accessKeyId(),
                !vpc
                        ? null
                        : input.xksProxyVpcEndpointServiceName() != null
                                ? input.xksProxyVpcEndpointServiceName()
                                : external.vpcEndpointServiceName(),
                !vpc
                        ? null
                        : input.xksProxyVpcEndpointServiceOwner() != null
                                ? input.xksProxyVpcEndpointServiceOwner()
                                : external.vpcEndpointServiceOwner());
    }

    private static String or(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }

    DeleteCustomKeyStoreResponse deleteCustomKeyStore(DeleteCustomKeyStoreRequest input, CallContext call) {
        CustomKeyStore store = store(input.customKeyStoreId(), call);
        lookup.ring(call).removeStore(store.id(), call.receivedAt());
        return DeleteCustomKeyStoreResponse.builder().build();
    }

    private CustomKeyStore store(String id, CallContext call) {
        return lookup.ring(call).store(id).orElseThrow(() -> KmsErrors.customKeyStoreNotFound(id));
    }
}
