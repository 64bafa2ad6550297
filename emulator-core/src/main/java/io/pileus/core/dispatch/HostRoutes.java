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
        String host = request.host();
        for (HostRoute route : routes) {
            int dot = host.indexOf('.');
            int next = dot + 1 + route.label().length();
            if (dot > 0
                    && host.length() > next
                    && host.charAt(next) == '.'
                    && host.regionMatches(
                            true, dot + 1, route.label(), 0, route.label().length())) {
                String id = host.substring(0, dot).toLowerCase(Locale.ROOT);
                return new HttpRoutes.Match(new HttpRoute(Set.of(), "/", route.endpoint()), Map.of("id", id));
            }
        }
        return null;
    }
}
