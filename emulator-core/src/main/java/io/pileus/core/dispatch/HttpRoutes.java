package io.pileus.core.dispatch;

import io.pileus.core.http.HttpRequest;
import io.pileus.core.service.HttpRoute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The HTTP endpoints beside the AWS API, the services' and the server's own. */
final class HttpRoutes {

    /** An endpoint and the labels of the path that led to it, decoded. */
    record Match(HttpRoute route, Map<String, String> labels) {}

    private final PathTree<HttpRoute> paths = new PathTree<>();

    HttpRoutes(List<HttpRoute> routes) {
        for (HttpRoute route : routes) {
            for (String method : route.methods()) {
                paths.add(method, route.template(), route);
            }
        }
    }

    @Nullable
    Match match(HttpRequest request) {
        PathTree.Found<HttpRoute> found = paths.find(request.method(), request.path());
        if (found == null) {
            return null;
        }
        Map<String, String> labels = new HashMap<>();
        found.labelsOf(0).forEach((name, value) -> labels.put(name, QueryString.decodePath(value)));
        return new Match(found.values().getFirst(), labels);
    }
}
