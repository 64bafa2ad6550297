package io.pileus.core.dispatch;

import io.pileus.core.http.HttpRequest;
import io.pileus.core.service.HttpRoute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The HTTP endpoints beside the AWS API, the services' and the server's own. */
final class HttpRoutes {

    /** An endpoint and the labels of the path that led to it, decoded. */
    record Match(HttpRoute route, Map<String, String> labels) {}

    /** Nothing of AWS's begins with these: a bucket's name has no underscore. */
    private static final List<String> RESERVED = List.of("/_aws/", "/_localstack/", "/_pileus/");

    private final PathTree<HttpRoute> paths = new PathTree<>();
    private final SortedSet<String> methods = new TreeSet<>();

    HttpRoutes(List<HttpRoute> routes) {
        for (HttpRoute route : routes) {
            for (String method : route.methods()) {
                paths.add(method, route.template(), route);
                methods.add(method);
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

    /** Whether only endpoints can be at the path, and no operation. */
    static boolean isReserved(String path) {
        return RESERVED.stream().anyMatch(path::startsWith);
    }

    /** The methods that something answers to at the path. */
    List<String> methodsAt(String path) {
        return methods.stream()
                .filter(method -> paths.find(method, path) != null)
                .toList();
    }
}
