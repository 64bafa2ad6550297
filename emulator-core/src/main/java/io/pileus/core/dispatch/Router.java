package io.pileus.core.dispatch;

import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.Payload;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.Operation;
import io.pileus.core.service.WireProtocol;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the operation a request asks for. Hints are trusted in this order: X-Amz-Target, the path of rpcv2Cbor, the
 * credential scope, {@code Action} (with its {@code Version}), the path of a queue or of a REST binding, the Host.
 */
final class Router {

    /** What an X-Amz-Target names; kept because a client sends the same few over and over. Holds existing operations only. */
    private record Target(HostedService service, Operation operation) {}

    /** What cannot be asked of a queue's URL. */
    private static final Set<String> NOT_OF_A_QUEUE = Set.of("CreateQueue", "ListQueues");

    private final ServiceDirectory services;
    private final Predicate<String> disabled;
    private final Map<String, Target> targets = new ConcurrentHashMap<>();

    /** @param disabled whether a service of this name exists and is switched off */
    Router(ServiceDirectory services, Predicate<String> disabled) {
        this.services = services;
        this.disabled = disabled;
    }

    Route route(HttpRequest request, @Nullable Credential credential) {
        String target = request.header("x-amz-target");
        if (target != null && !target.isBlank()) {
            return byTarget(request, target);
        }
        if (request.path().contains("/operation/") && request.headers().contains("smithy-protocol")) {
            return byCborPath(request);
        }
        if (credential != null) {
            HostedService service = services.bySigningName(credential.service());
            return service == null
                    ? unknownService(credential.service(), guessProtocol(request))
                    : toService(request, service);
        }
        return unsigned(request);
    }

    // ---- X-Amz-Target and rpcv2Cbor ---------------------------------------------------------------------------------

    private Route byTarget(HttpRequest request, String target) {
        Target known = targets.get(target);
        if (known == null) {
            int dot = target.lastIndexOf('.');
            String prefix = dot < 0 ? target : target.substring(0, dot);
            String name = target.substring(dot + 1);
            HostedService service = services.byTarget(prefix);
            if (service == null) {
                return unknownService(prefix, jsonProtocol(request, WireProtocol.AWS_JSON_1_0));
            }
            Operation operation = service.operation(name);
            if (operation == null) {
                return unknownOperation(jsonProtocol(request, service.json()), service, name);
            }
            known = new Target(service, operation);
            targets.put(target, known);
        }
        HostedService service = known.service();
        return new Route.ToOperation(
                service, known.operation(), jsonProtocol(request, service.json()), Map.of(), request, null);
    }

    private static WireProtocol jsonProtocol(HttpRequest request, WireProtocol otherwise) {
        String type = request.header("content-type");
        if (type == null) {
            return otherwise;
        }
        if (type.startsWith("application/x-amz-json-1.0")) {
            return WireProtocol.AWS_JSON_1_0;
        }
        if (type.startsWith("application/x-amz-json-1.1")) {
            return WireProtocol.AWS_JSON_1_1;
        }
        return type.startsWith("application/x-amz-cbor-1.1") ? WireProtocol.AWS_CBOR_1_1 : otherwise;
    }

    /** {@code /service/{shape name}/operation/{name}}, whatever stands before it. */
    private Route byCborPath(HttpRequest request) {
        String path = request.path();
        int operationAt = path.lastIndexOf("/operation/");
        int serviceAt = path.lastIndexOf("/service/", operationAt);
        String serviceName = serviceAt < 0
                ? ""
                : path.substring(serviceAt + "/service/".length(), Math.max(serviceAt + 9, operationAt));
        String name = path.substring(operationAt + "/operation/".length());
        HostedService service = services.byTarget(serviceName);
        if (service == null) {
            return unknownService(serviceName, WireProtocol.RPC_V2_CBOR);
        }
        Operation operation = service.operation(name);
        return operation == null
                ? unknownOperation(WireProtocol.RPC_V2_CBOR, service, name)
                : new Route.ToOperation(service, operation, WireProtocol.RPC_V2_CBOR, Map.of(), request, null);
    }

    // ---- a known service ----

    private Route toService(HttpRequest request, HostedService service) {
        if (service.rest() != null) {
            return toRest(request, service, HostName.parse(request.host(), services));
        }
        String action = action(request);
        if (action == null) {
            return new Route.Refused(
                    FrameErrors.missingAction(), service, guessProtocol(request, service), service.name(), "");
        }
        return toAction(request, service, action);
    }

    private Route toAction(HttpRequest request, HostedService service, String action) {
        Operation operation = service.operation(action);
        if (operation == null) {
            return unknownOperation(WireProtocol.AWS_QUERY, service, action);
        }
        QueuePath queue = service.name().equals("sqs") ? QueuePath.parse(request.path()) : null;
        if (queue != null && NOT_OF_A_QUEUE.contains(action)) {
            return unknownOperation(WireProtocol.AWS_QUERY, service, action);
        }
        return new Route.ToOperation(
                service,
                operation,
                WireProtocol.AWS_QUERY,
                Map.of(),
                asForm(request, queue),
                queue == null ? null : queue.region());
    }

    private Route toRest(HttpRequest request, HostedService service, HostName host) {
        WireProtocol protocol = service.usual();
        HttpRequest asked = host.bucket() != null && protocol == WireProtocol.REST_XML
                ? withPath(request, "/" + host.bucket() + request.path())
                : request;
        RestTable.Match match = service.restTable().match(asked);
        if (match == null) {
            AwsException error = service.api().constraints().noSuchOperation(asked);
            String name = request.method() + " " + request.path();
            return error == null
                    ? unknownOperation(protocol, service, name)
                    : new Route.Refused(error, service, protocol, service.name(), name);
        }
        return new Route.ToOperation(service, match.operation(), protocol, match.labels(), asked, host.region());
    }

    // ---- unsigned requests ----

    private Route unsigned(HttpRequest request) {
        HostName host = HostName.parse(request.host(), services);
        String action = action(request);
        if (action != null) {
            HostedService service = serviceOfAction(request, action, host);
            return service == null
                    ? new Route.Refused(FrameErrors.unknownAction(action), null, WireProtocol.AWS_QUERY, "", action)
                    : toAction(request, service, action);
        }
        if (host.service() != null) {
            return toService(request, host.service());
        }
        HostedService sqs = services.named("sqs");
        if (sqs != null && QueuePath.parse(request.path()) != null) {
            return new Route.Refused(FrameErrors.noAction(), sqs, WireProtocol.AWS_QUERY, "sqs", "");
        }
        if (request.path().length() > 1 || host.bucket() != null) {
            for (HostedService service : services.all()) {
                if (service.rest() != null && service.restTable().match(request) != null) {
                    return toRest(request, service, host);
                }
            }
        }
        return new Route.Unknown();
    }

    /** Several Query services have actions of the same name (AddPermission, TagResource). */
    private @Nullable HostedService serviceOfAction(HttpRequest request, String action, HostName host) {
        HostedService sqs = services.named("sqs");
        if (sqs != null && QueuePath.parse(request.path()) != null) {
            return sqs;
        }
        String version = parameter(request, "Version");
        HostedService any = null;
        for (HostedService service : services.all()) {
            if (service.speaks(WireProtocol.AWS_QUERY) && service.operation(action) != null) {
                if (service.model().version().equals(version)) {
                    return service;
                }
                if (any == null || service == host.service()) {
                    any = service;
                }
            }
        }
        return any != null ? any : host.service();
    }

    // ---- the parts of a request ----

    private static @Nullable String action(HttpRequest request) {
        return parameter(request, "Action");
    }

    private static @Nullable String parameter(HttpRequest request, String name) {
        String value = request.query().isEmpty() ? null : QueryString.value(request.query(), name);
        return value == null && hasForm(request)
                ? QueryString.value(request.body().bytes(), name)
                : value;
    }

    private static boolean hasForm(HttpRequest request) {
        if (request.body().size() == 0 || !(request.body() instanceof Payload.InMemory)) {
            return false;
        }
        String type = request.header("content-type");
        return type == null || type.startsWith("application/x-www-form-urlencoded");
    }

    /**
     * The same parameters as one form in the body, whether they came in the query string, the body or both; and with the
     * QueueUrl that the path of a queue implies.
     */
    private static HttpRequest asForm(HttpRequest request, @Nullable QueuePath queue) {
        boolean impliesQueue = queue != null && parameter(request, "QueueUrl") == null;
        if (request.query().isEmpty() && !impliesQueue) {
            return request;
        }
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes(request.query().getBytes(StandardCharsets.UTF_8));
        if (hasForm(request)) {
            form.writeBytes(new byte[] {'&'});
            form.writeBytes(request.body().bytes());
        }
        if (impliesQueue) {
            String url = request.scheme() + "://" + request.host() + request.path();
            form.writeBytes(("&QueueUrl=" + URLEncoder.encode(url, StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.US_ASCII));
        }
        return new HttpRequest(
                "POST",
                request.path(),
                "",
                request.scheme(),
                request.host(),
                request.headers(),
                Payload.of(form.toByteArray()),
                request.remote());
    }

    private static HttpRequest withPath(HttpRequest request, String path) {
        return new HttpRequest(
                request.method(),
                path,
                request.query(),
                request.scheme(),
                request.host(),
                request.headers(),
                request.body(),
                request.remote());
    }

    /**
     * The path of a queue's URL: {@code /account/name}, or {@code /queue/region/account/name}.
     *
     * @param region the region in the path, or null
     */
    record QueuePath(@Nullable Region region) {
        static @Nullable QueuePath parse(String path) {
            if (path.length() < 15) {
                return null;
            }
            if (path.startsWith("/queue/")) {
                int end = path.indexOf('/', 7);
                return end > 0 && HostName.looksLikeRegion(path.substring(7, end)) && isQueue(path, end)
                        ? new QueuePath(new Region(path.substring(7, end)))
                        : null;
            }
            return isQueue(path, 0) ? new QueuePath(null) : null;
        }

        private static boolean isQueue(String path, int slash) {
            return path.length() > slash + 14
                    && path.charAt(slash + 13) == '/'
                    && AccountId.isValid(path.substring(slash + 1, slash + 13))
                    && path.indexOf('/', slash + 14) < 0;
        }
    }

    // ---- refusals ----

    private Route unknownService(String name, WireProtocol protocol) {
        return new Route.Refused(
                disabled.test(name)
                        ? FrameErrors.disabledService(name)
                        : FrameErrors.unknownService(name, services.all()),
                null,
                protocol,
                name,
                "");
    }

    private static Route unknownOperation(WireProtocol protocol, HostedService service, String name) {
        return new Route.Refused(
                FrameErrors.unknownOperation(protocol, service, name), service, protocol, service.name(), name);
    }

    private static WireProtocol guessProtocol(HttpRequest request, HostedService service) {
        WireProtocol json = jsonProtocol(request, WireProtocol.AWS_QUERY);
        return json != WireProtocol.AWS_QUERY || service.speaks(WireProtocol.AWS_QUERY) ? json : service.usual();
    }

    private static WireProtocol guessProtocol(HttpRequest request) {
        if (request.headers().contains("smithy-protocol")) {
            return WireProtocol.RPC_V2_CBOR;
        }
        if (request.mediaType().equals("application/json")) {
            return WireProtocol.REST_JSON_1;
        }
        return jsonProtocol(request, WireProtocol.AWS_QUERY);
    }
}
