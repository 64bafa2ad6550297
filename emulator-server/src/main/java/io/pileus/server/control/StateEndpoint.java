package io.pileus.server.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.dispatch.HostedService;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.identity.Caller;
import io.pileus.core.protocol.Documents;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.Operation;
import io.pileus.core.service.Scopes;
import io.pileus.core.shape.Shape;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /_pileus/state[/{service}]}: what there is, by service, account and region, as the services' own listing
 * operations tell it. Only accounts and regions that a request was about are looked at; {@code account} and {@code region}
 * choose among them. Faults, policies and the request log do not see these calls.
 */
final class StateEndpoint {
    private static final Set<String> PARAMETERS = Set.of("account", "region");

    /** A listing is cut after so many pages. */
    private static final int PAGES_MAX = 20;

    /** Services whose resources belong to an account as a whole, whichever region a request named. */
    private static final Set<String> GLOBAL = Set.of("iam", "s3");

    /** An operation that lists, what it is asked, and under which names it takes and gives the mark of the next page. */
    private record Listing(String operation, String input, String tokenIn, String tokenOut) {}

    private final Emulator emulator;

    StateEndpoint(Emulator emulator) {
        this.emulator = emulator;
    }

    HttpResponse all(HttpRequest request) {
        Map<String, String> wanted = Json.parameters(request, PARAMETERS);
        ObjectNode answer = Json.object();
        ObjectNode services = answer.putObject("services");
        for (HostedService service : emulator.hosted()) {
            ArrayNode state = state(service, wanted);
            if (!state.isEmpty()) {
                services.set(service.name(), state);
            }
        }
        return Json.answer(answer);
    }

    HttpResponse one(HttpRequest request, String name) {
        Map<String, String> wanted = Json.parameters(request, PARAMETERS);
        for (HostedService service : emulator.hosted()) {
            if (service.name().equals(name)) {
                ObjectNode answer = Json.object();
                answer.putObject("services").set(name, state(service, wanted));
                return Json.answer(answer);
            }
        }
        return Json.error(404, "no service '" + name + "' is enabled");
    }

    private ArrayNode state(HostedService service, Map<String, String> wanted) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        Set<String> seen = new HashSet<>();
        service.scopes().stream()
                .sorted(Comparator.comparing(
                                (Scopes.Scope scope) -> scope.account().id())
                        .thenComparing(scope -> scope.region().id()))
                .forEach(scope -> {
                    boolean asked = matches(scope.account().id(), wanted.get("account"))
                            && matches(scope.region().id(), wanted.get("region"));
                    boolean again = GLOBAL.contains(service.name())
                            && !seen.add(scope.account().id());
                    if (asked && !again) {
                        ObjectNode resources = resources(service, scope);
                        if (!resources.isEmpty()) {
                            list.addObject()
                                    .put("account", scope.account().id())
                                    .put("region", scope.region().id())
                                    .set("resources", resources);
                        }
                    }
                });
        return list;
    }

    private static boolean matches(String value, @Nullable String wanted) {
        return wanted == null || wanted.equals(value);
    }

    private ObjectNode resources(HostedService service, Scopes.Scope scope) {
        ObjectNode resources = Json.object();
        for (Listing listing : listings(service.name())) {
            Operation operation = service.api().operation(listing.operation());
            if (operation != null && service.api().implemented(operation)) {
                list(service, operation, listing, scope, resources);
            }
        }
        return resources;
    }

    /** Adds the lists in all pages of the answer. */
    private void list(
            HostedService service, Operation operation, Listing listing, Scopes.Scope scope, ObjectNode resources) {
        ObjectNode input = Json.read(listing.input());
        for (int page = 0; page < PAGES_MAX; page++) {
            JsonNode answer = call(service, operation, input, scope);
            answer.properties().forEach(field -> {
                if (field.getValue() instanceof ArrayNode items && !items.isEmpty()) {
                    resources.withArray("/" + field.getKey()).addAll(items);
                }
            });
            Optional<String> next = Optional.ofNullable(answer.get(listing.tokenOut()))
                    .map(JsonNode::asText)
                    .filter(token -> !token.isEmpty());
            if (next.isEmpty()) {
                return;
            }
            input.put(listing.tokenIn(), next.get());
        }
        resources.put("truncated", true);
    }

    private JsonNode call(HostedService service, Operation operation, ObjectNode input, Scopes.Scope scope) {
        CallContext call = new CallContext(
                "state",
                Caller.root(scope.account(), ""),
                scope.account(),
                scope.region(),
                emulator.time().instant(),
                emulator.endpoint(),
                0,
                what -> {});
        Object output = service.api().call(operation, Documents.readInput(service.api(), operation, input), call);
        return output instanceof Shape shape
                ? Secrets.mask(service.name(), Documents.write(shape))
                : JsonNodeFactory.instance.objectNode();
    }

    private static List<Listing> listings(String service) {
        return switch (service) {
            case "sqs" -> List.of(new Listing("ListQueues", "{\"MaxResults\":1000}", "NextToken", "NextToken"));
            case "sns" ->
                List.of(
                        new Listing("ListTopics", "{}", "NextToken", "NextToken"),
                        new Listing("ListSubscriptions", "{}", "NextToken", "NextToken"),
                        new Listing("ListPlatformApplications", "{}", "NextToken", "NextToken"));
            case "kms" ->
                List.of(
                        new Listing("ListKeys", "{\"Limit\":1000}", "Marker", "NextMarker"),
                        new Listing("ListAliases", "{\"Limit\":100}", "Marker", "NextMarker"));
            case "kinesis" -> List.of(new Listing("ListStreams", "{\"Limit\":10000}", "NextToken", "NextToken"));
            case "firehose" -> List.of(new Listing("ListDeliveryStreams", "{\"Limit\":10000}", "", ""));
            case "stepfunctions" ->
                List.of(
                        new Listing("ListStateMachines", "{\"maxResults\":1000}", "nextToken", "nextToken"),
                        new Listing("ListActivities", "{\"maxResults\":1000}", "nextToken", "nextToken"));
            case "lambda" ->
                List.of(
                        new Listing("ListFunctions", "{}", "Marker", "NextMarker"),
                        new Listing("ListEventSourceMappings", "{}", "Marker", "NextMarker"),
                        new Listing("ListLayers", "{}", "Marker", "NextMarker"));
            case "iam" ->
                List.of(
                        new Listing("ListUsers", "{}", "Marker", "Marker"),
                        new Listing("ListGroups", "{}", "Marker", "Marker"),
                        new Listing("ListRoles", "{}", "Marker", "Marker"),
                        new Listing("ListPolicies", "{\"Scope\":\"Local\"}", "Marker", "Marker"));
            case "cognito-idp" ->
                List.of(new Listing("ListUserPools", "{\"MaxResults\":60}", "NextToken", "NextToken"));
            case "cognito-identity" ->
                List.of(new Listing("ListIdentityPools", "{\"MaxResults\":60}", "NextToken", "NextToken"));
            case "s3" -> List.of(new Listing("ListBuckets", "{}", "ContinuationToken", "ContinuationToken"));
            default -> List.of();
        };
    }
}
