package io.pileus.server.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.lambda.model.Runtime;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;

/**
 * {@code GET /_aws/lambda/runtimes[?filter=all|supported|deprecated]}: the runtimes that Lambda's API knows.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html">Lambda runtimes: deprecation dates up to
 *     the end of October 2026</a>
 */
final class LambdaRuntimes {
    private static final Set<Runtime> DEPRECATED = Set.of(
            Runtime.NODEJS,
            Runtime.NODEJS4_3,
            Runtime.NODEJS4_3_EDGE,
            Runtime.NODEJS6_10,
            Runtime.NODEJS8_10,
            Runtime.NODEJS10_X,
            Runtime.NODEJS12_X,
            Runtime.NODEJS14_X,
            Runtime.NODEJS16_X,
            Runtime.NODEJS18_X,
            Runtime.NODEJS20_X,
            Runtime.JAVA8,
            Runtime.PYTHON2_7,
            Runtime.PYTHON3_6,
            Runtime.PYTHON3_7,
            Runtime.PYTHON3_8,
            Runtime.PYTHON3_9,
            Runtime.PYTHON3_10,
            Runtime.DOTNETCORE1_0,
            Runtime.DOTNETCORE2_0,
            Runtime.DOTNETCORE2_1,
            Runtime.DOTNETCORE3_1,
            Runtime.DOTNET6,
            Runtime.GO1_X,
            Runtime.RUBY2_5,
            Runtime.RUBY2_7,
            Runtime.RUBY3_2,
            Runtime.PROVIDED,
            Runtime.PROVIDED_AL2);

    private LambdaRuntimes() {}

    static HttpResponse list(HttpRequest request) {
        String filter = Json.parameters(request, Set.of("filter")).getOrDefault("filter", "supported");
        Predicate<Runtime> wanted = switch (filter) {
            case "all" -> runtime -> true;
            case "supported" -> runtime -> !DEPRECATED.contains(runtime);
            case "deprecated" -> DEPRECATED::contains;
            default -> throw new Json.BadRequest("a filter is all, supported or deprecated");
        };
        ObjectNode answer = Json.object();
        ArrayNode runtimes = answer.putArray("Runtimes");
        Arrays.stream(Runtime.values()).filter(wanted).map(Runtime::wire).forEach(runtimes::add);
        return Json.answer(answer);
    }
}
