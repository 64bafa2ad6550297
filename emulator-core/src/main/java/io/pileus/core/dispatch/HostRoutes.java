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
    private final List<HostRoute> routes;

    HostRoutes(List<HostRoute> routes) {
        this.routes = List.copyOf(routes);
    }

    HttpRoutes.@Nullable Match match(HttpRequest request) {
        if (request.host().indexOf('.') < 0) {
            return null;
        }
        String host = request.host().toLowerCase(Locale.ROOT);
        for (HostRoute route : routes) {
            int id = host.indexOf("." + route.label());
            int end = id + 1 + route.label().length();
            if (id > 0 && end < host.length() && (host.charAt(end) == '.' || host.charAt(end) == '-')) {
                return new HttpRoutes.Match(
                        new HttpRoute(Set.of(), "/", route.endpoint()), Map.of("id", host.substring(0, id)));
            }
        }
        return null;
    }
}
