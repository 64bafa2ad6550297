package io.pileus.core.dispatch;

import io.pileus.core.http.HttpRequest;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.shape.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The REST bindings of one service. Operations may share method and path; then the one wins whose query literals
 * ({@code ?uploads}) are all there and most in number, and after that the one whose required headers and query parameters
 * are (CopyObject is PutObject with {@code x-amz-copy-source}).
 */
final class RestTable {

    /** An operation and what it needs besides the path. */
    private record Binding(Operation operation, List<String> literalNames, List<String> literalValues) {}

    /** The operation a request asks for, and the labels of its path, still percent-encoded. */
    record Match(Operation operation, Map<String, String> labels) {}

    private final ServiceApi api;
    private final PathTree<Binding> paths = new PathTree<>();

    RestTable(ServiceApi api) {
        this.api = api;
        for (Operation operation : api.operations()) {
            String uri = operation.uri();
            int question = uri.indexOf('?');
            List<String> names = new ArrayList<>();
            List<String> values = new ArrayList<>();
            if (question >= 0) {
                for (String literal : uri.substring(question + 1).split("&")) {
                    int equals = literal.indexOf('=');
                    String name = equals < 0 ? literal : literal.substring(0, equals);
                    // Newer models add x-id=OperationName for readers of logs; clients need not send it.
                    if (!name.equals("x-id")) {
                        names.add(name);
                        values.add(equals < 0 ? "" : literal.substring(equals + 1));
                    }
                }
            }
            paths.add(
                    operation.method(),
                    question < 0 ? uri : uri.substring(0, question),
                    new Binding(operation, List.copyOf(names), List.copyOf(values)));
        }
    }

    @Nullable
    Match match(HttpRequest request) {
        PathTree.Found<Binding> found = paths.find(request.method(), request.path());
        if (found == null) {
            return null;
        }
        int best = -1;
        int bestScore = -1;
        List<Binding> bindings = found.values();
        for (int i = 0; i < bindings.size(); i++) {
            int score = score(bindings.get(i), request, bindings.size() > 1);
            if (score > bestScore) {
                best = i;
                bestScore = score;
            }
        }
        return best < 0 ? null : new Match(bindings.get(best).operation(), found.labelsOf(best));
    }

    /** Negative when a literal is missing; a literal outweighs any number of parameters. */
    private int score(Binding binding, HttpRequest request, boolean contested) {
        for (int i = 0; i < binding.literalNames().size(); i++) {
            String value =
                    QueryString.value(request.query(), binding.literalNames().get(i));
            String wanted = binding.literalValues().get(i);
            if (value == null || (!wanted.isEmpty() && !wanted.equals(value))) {
                return -1;
            }
        }
        int score = binding.literalNames().size() * 100;
        if (!contested) {
            return score;
        }
        int required = 0;
        for (Member member : api.inputSchema(binding.operation()).required()) {
            if (member.location() == Member.Location.HEADER) {
                if (!request.headers().contains(member.httpName())) {
                    return score;
                }
                required++;
            } else if (member.location() == Member.Location.QUERY) {
                if (!QueryString.has(request.query(), member.httpName())) {
                    return score;
                }
                required++;
            }
        }
        return score + 1 + required;
    }
}
