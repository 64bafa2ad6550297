package io.pileus.core.dispatch;

import io.pileus.core.http.HttpRequest;
import io.pileus.core.service.HostRoute;
import io.pileus.core.service.HttpRoute;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The services' endpoints that have host names of their own. */
final class HostRoutes {
    private final List<Named> routes;

    /**
     * An endpoint as it is looked for.
     *
     * @param infix the dot and the label that follow an id
     */
    private record Named(String infix, HttpRoute route) {}

    HostRoutes(List<HostRoute> routes) {
        this.routes = routes.stream()
                .map(route -> new Named("." + route.label(), new HttpRoute(Set.of(), "/", route.endpoint())))
                .toList();
    }

    HttpRoutes.@Nullable Match match(HttpRequest request) {
        if (request.host().indexOf('.') < 0) {
            return null;
        }
        String host = request.host().toLowerCase(Locale.ROOT);
        for (Named named : routes) {
            int id = host.indexOf(named.infix());
            int end = id + named.infix().length();
            if (id > 0 && end < host.length() && (host.charAt(end) == '.' || host.charAt(end) == '-')) {
                return new HttpRoutes.Match(named.route(), Map.of("id", host.substring(0, id)));
            }
        }
        return null;
    }
}
