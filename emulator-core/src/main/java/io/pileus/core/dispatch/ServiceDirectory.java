package io.pileus.core.dispatch;

import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.HostRoute;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.ServiceModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The services that are here, under each of the names by which requests and users call them. */
public final class ServiceDirectory {
    private final List<HostedService> services;
    private final Map<String, HostedService> byTarget = new HashMap<>();
    private final Map<String, HostedService> bySigningName = new HashMap<>();
    private final Map<String, HostedService> byName = new HashMap<>();

    public ServiceDirectory(List<EmulatedService> owners) {
        this(owners, name -> true);
    }

    /** @param enabled whether a service of this name shall be here, for modules that serve several */
    public ServiceDirectory(List<EmulatedService> owners, Predicate<String> enabled) {
        List<HostedService> all = new ArrayList<>();
        for (EmulatedService owner : owners) {
            for (ServiceApi api : owner.apis()) {
                if (enabled.test(userName(api.model().endpointPrefix()))) {
                    all.add(new HostedService(api, owner));
                }
            }
        }
        services = List.copyOf(all);
        for (HostedService service : services) {
            ServiceModel model = service.model();
            byTarget.put(model.shapeName(), service);
            bySigningName.put(model.signingName(), service);
            byName.put(service.name(), service);
            byName.put(model.endpointPrefix(), service);
            byName.put(model.signingName(), service);
            byName.put(model.sdkId().replace(" ", "").toLowerCase(Locale.ROOT), service);
        }
    }

    /**
     * The name under which users of local emulators know a service: its endpoint prefix, but for Step Functions.
     */
    public static String userName(String endpointPrefix) {
        return endpointPrefix.equals("states") ? "stepfunctions" : endpointPrefix;
    }

    /** The endpoints with host names of their own. */
    List<HostRoute> hosts() {
        return services.stream()
                .map(HostedService::owner)
                .distinct()
                .flatMap(owner -> owner.hosts().stream())
                .toList();
    }

    public List<HostedService> all() {
        return services;
    }

    /** The service of this X-Amz-Target prefix, which is also its name in paths of rpcv2Cbor. */
    @Nullable
    HostedService byTarget(String prefix) {
        return byTarget.get(prefix);
    }

    @Nullable
    HostedService bySigningName(String name) {
        HostedService service = bySigningName.get(name);
        return service != null ? service : byName.get(name);
    }

    /**
     * The service of any of its names: what users call it, its endpoint prefix, its signing name, or the name that Step
     * Functions' SDK integrations use ({@code sfn}, {@code cognitoidentityprovider}).
     */
    public @Nullable HostedService named(String name) {
        HostedService service = byName.get(name);
        return service != null ? service : byName.get(name.toLowerCase(Locale.ROOT));
    }
}
