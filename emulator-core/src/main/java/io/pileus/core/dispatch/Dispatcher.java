package io.pileus.core.dispatch;

import io.pileus.core.http.HttpHandler;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Region;
import io.pileus.core.port.FormSigners;
import io.pileus.core.protocol.Protocol;
import io.pileus.core.protocol.Protocols;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.HttpRoute;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.service.WireProtocol;
import io.pileus.core.shape.MalformedInputException;
import io.pileus.core.shape.Shape;
import io.pileus.core.time.Timers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers HTTP requests by calling operations: guard, route, decode, validate, authorize, call, encode. Operations run on
 * the caller's thread, unless they are offloaded; the answer of a waiting one comes when its stage completes, and the
 * stage is cancelled when the client does not wait for it any longer.
 */
public final class Dispatcher implements HttpHandler {
    static final Logger log = LoggerFactory.getLogger("io.pileus.request");

    /** What the log shows, in the manner of other servers, where nobody waits for an answer any longer. */
    private static final int CLIENT_GONE = 499;

    private static final HttpResponse.Body NO_BODY = new HttpResponse.Complete(Payload.EMPTY);

    private final ServiceEnvironment environment;
    private final DispatchSettings settings;
    private final Conditions conditions;
    private final RequestLog requests;
    private final Guard guard;
    private final Router router;
    private final HttpRoutes routes;
    private final HostRoutes hosts;
    private final Identities identities;
    private final @Nullable SignatureCheck signatures;
    private final boolean marksAnswers;

    /** @param routes the endpoints beside the AWS API, the services' own included */
    public Dispatcher(
            ServiceDirectory services,
            List<HttpRoute> routes,
            ServiceEnvironment environment,
            RequestLog requests,
            Conditions conditions,
            DispatchSettings settings) {
        this.conditions = conditions;
        this.environment = environment;
        this.settings = settings;
        this.requests = requests;
        this.guard = new Guard(settings.settings(), environment.ports());
        this.router = new Router(services, settings.disabled());
        this.routes = new HttpRoutes(routes);
        this.hosts = new HostRoutes(services.hosts());
        this.identities = new Identities(environment.ports(), settings.settings(), settings.defaultRegion());
        this.signatures =
                settings.verifySignatures() ? new SignatureCheck(environment.ports(), settings.settings()) : null;
        environment.ports().provide(FormSigners.class, new PolicySigners(identities, signatures));
        this.marksAnswers = settings.settings().flag("LOCALSTACK_RESPONSE_HEADER_ENABLED", true);
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        Exchange exchange = new Exchange(
                request,
                environment.ids().uuid(),
                environment.clock().instant(),
                environment.clock().nanoTime(),
                conditions::strict);
        try {
            HttpRoutes.Match host = hosts.match(request);
            if (host != null) {
                exchange.ownOrigins = true;
                return toEndpoint(exchange, host, Credential.of(request));
            }
            HttpResponse answer = guard.check(request);
            return answer != null ? stopped(exchange, answer) : dispatch(exchange);
        } catch (Throwable e) {
            return answered(exchange, failure(exchange, e));
        }
    }

    /** A preflight, or a page that may not call. */
    private CompletionStage<HttpResponse> stopped(Exchange exchange, HttpResponse answer) {
        if (answer.status() == 403) {
            exchange.errorCode = "Forbidden";
            exchange.errorMessage = "a foreign page or host name";
        }
        return answered(exchange, answer);
    }

    private CompletionStage<HttpResponse> dispatch(Exchange exchange) {
        HttpRequest request = exchange.request;
        Credential credential = Credential.of(request);
        if (mayBeEndpoint(request, credential)) {
            HttpRoutes.Match match = routes.match(request);
            if (match != null) {
                return toEndpoint(exchange, match, credential);
            }
            if (HttpRoutes.isReserved(request.path())) {
                return answered(exchange, noEndpoint(exchange));
            }
        }
        Route route = router.route(request, credential);
        if (route instanceof Route.ToOperation known) {
            return toOperation(exchange, known, credential);
        }
        return route instanceof Route.Refused refused
                ? answered(exchange, refuse(exchange, refused))
                : toNowhere(exchange, credential);
    }

    /** Endpoints beside the API are never at the root; under an underscore they precede everything. */
    private static boolean mayBeEndpoint(HttpRequest request, @Nullable Credential credential) {
        String path = request.path();
        if (path.length() <= 1) {
            return false;
        }
        return path.charAt(1) == '_'
                || (credential == null && !request.headers().contains("x-amz-target"));
    }

    // ---- operations -------------------------------------------------------------------------------------------------

    private CompletionStage<HttpResponse> toOperation(
            Exchange exchange, Route.ToOperation route, @Nullable Credential credential) {
        HostedService service = route.service();
        Operation operation = route.operation();
        exchange.route = route;
        exchange.service = service.name();
        exchange.operation = operation.name();
        Protocol protocol = Protocols.of(route.protocol());

        Caller caller = identities.callerOf(exchange.request, credential, route.protocol());
        Region region = identities.regionOf(credential, route.region());
        exchange.account = caller.account().id();
        exchange.region = region.id();
        service.markUsed(caller.account(), region);
        if (credential != null && credential.presigned() && route.protocol() == WireProtocol.REST_XML) {
            PresignedUrl.check(exchange.request, credential, exchange.receivedAt);
        }
        if (signatures != null) {
            signatures.verify(exchange.request, credential, operation, route.protocol(), exchange.receivedAt);
        }
        if (credential == null && operation.unsigned()) {
            nameOwner(exchange, protocol);
        }
        Fault fault = conditions
                .faults()
                .meet(service.name(), operation.name(), exchange.account, exchange.region, exchange.receivedAt);
        return fault == null
                ? serve(exchange, protocol, caller, region)
                : serveBadly(exchange, protocol, caller, region, fault);
    }

    /** A call without credentials is about the account that its input names, if it names one. */
    private static void nameOwner(Exchange exchange, Protocol protocol) {
        Route.ToOperation route = exchange.route;
        try {
            exchange.input = read(protocol, route.service().api(), route.operation(), route);
        } catch (AwsException e) {
            return; // refused soon, and with the constraints' errors first
        }
        route.service().owner().ownerOf(exchange.input).ifPresent(owner -> {
            exchange.account = owner.account().id();
            exchange.region = owner.region().id();
            route.service().markUsed(owner.account(), owner.region());
        });
    }

    private CompletionStage<HttpResponse> serve(Exchange exchange, Protocol protocol, Caller caller, Region region) {
        Route.ToOperation route = exchange.route;
        Operation operation = route.operation();
        ServiceApi api = route.service().api();
        api.constraints().checkRequest(operation, route.request());
        Shape input = exchange.input == null ? read(protocol, api, operation, route) : exchange.input;
        exchange.input = input;
        CallContext call = context(exchange, caller, region);
        if (operation.mode() != Operation.Mode.OFFLOADED) {
            return run(exchange, protocol, input, call);
        }
        CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        environment.workers().execute(() -> runOffloaded(exchange, protocol, input, call, answer));
        return answer;
    }

    /** Holds a call back and refuses it, as a fault has it. */
    private CompletionStage<HttpResponse> serveBadly(
            Exchange exchange, Protocol protocol, Caller caller, Region region, Fault fault) {
        exchange.fault = true;
        if (fault.latency().isZero()) {
            return refuseOrServe(exchange, protocol, caller, region, fault);
        }
        CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        Timers.Timer timer = environment.timers().at(exchange.receivedAt.plus(fault.latency()), () -> {
            if (answer.isCancelled()) {
                record(exchange, CLIENT_GONE);
                return;
            }
            exchange.servedAt = environment.clock().instant();
            CompletionStage<HttpResponse> response;
            try {
                response = refuseOrServe(exchange, protocol, caller, region, fault);
            } catch (Throwable e) {
                response = answered(exchange, failure(exchange, e));
            }
            response.whenComplete((r, failure) -> answer.complete(r));
        });
        answer.whenComplete((response, failure) -> {
            if (answer.isCancelled()) {
                timer.cancel();
            }
        });
        return answer;
    }

    private CompletionStage<HttpResponse> refuseOrServe(
            Exchange exchange, Protocol protocol, Caller caller, Region region, Fault fault) {
        if (fault.error().isPresent()) {
            if (exchange.input == null) {
                exchange.input =
                        read(protocol, exchange.route.service().api(), exchange.route.operation(), exchange.route);
            }
            return answered(exchange, failure(exchange, fault.error().get()));
        }
        return serve(exchange, protocol, caller, region);
    }

    private static Shape read(Protocol protocol, ServiceApi api, Operation operation, Route.ToOperation route) {
        try {
            return protocol.readInput(api, operation, route.request(), route.labels());
        } catch (MalformedInputException e) {
            throw protocol.malformed(e);
        }
    }

    private CallContext context(Exchange exchange, Caller caller, Region region) {
        HttpRequest request = exchange.request;
        String host = request.host().isEmpty() ? "localhost:4566" : request.host();
        return new CallContext(
                exchange.requestId,
                caller,
                caller.account(),
                region,
                exchange.servedAt,
                request.scheme() + "://" + host,
                0,
                exchange,
                exchange);
    }

    private CompletionStage<HttpResponse> run(Exchange exchange, Protocol protocol, Shape input, CallContext call) {
        Route.ToOperation route = exchange.route;
        ServiceApi api = route.service().api();
        Object output = Calls.call(environment.ports(), api, route.operation(), input, call);
        if (output instanceof Shape shape) {
            exchange.output = shape;
            return answered(exchange, protocol.writeOutput(api, route.operation(), shape, exchange.requestId));
        }
        return await(exchange, protocol, (CompletionStage<?>) output);
    }

    private CompletionStage<HttpResponse> await(Exchange exchange, Protocol protocol, CompletionStage<?> stage) {
        Route.ToOperation route = exchange.route;
        CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        stage.whenComplete((output, failure) -> {
            if (answer.isCancelled()) {
                record(exchange, CLIENT_GONE);
                return;
            }
            HttpResponse response;
            try {
                exchange.output = (Shape) output;
                response = failure != null
                        ? failure(exchange, failure)
                        : protocol.writeOutput(
                                route.service().api(), route.operation(), (Shape) output, exchange.requestId);
            } catch (Throwable e) {
                response = failure(exchange, e);
            }
            answer.complete(finish(exchange, response));
        });
        answer.whenComplete((response, failure) -> {
            if (answer.isCancelled()) {
                stage.toCompletableFuture().cancel(false);
            }
        });
        return answer;
    }

    private void runOffloaded(
            Exchange exchange,
            Protocol protocol,
            Shape input,
            CallContext call,
            CompletableFuture<HttpResponse> answer) {
        CompletionStage<HttpResponse> response;
        try {
            response = run(exchange, protocol, input, call);
        } catch (Throwable e) {
            response = answered(exchange, failure(exchange, e));
        }
        response.whenComplete((r, failure) -> answer.complete(r));
    }

    // ---- endpoints --------------------------------------------------------------------------------------------------

    private CompletionStage<HttpResponse> toEndpoint(
            Exchange exchange, HttpRoutes.Match match, @Nullable Credential credential) {
        String path = exchange.request.path();
        exchange.operation = exchange.request.method() + " " + path;
        exchange.quiet = path.equals("/health") || (path.startsWith("/_") && !path.startsWith("/_aws/"));
        Caller caller = identities.callerOf(exchange.request, credential, WireProtocol.AWS_QUERY);
        CallContext call = context(exchange, caller, identities.regionOf(credential, null));
        CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
        match.route()
                .endpoint()
                .handle(exchange.request, match.labels(), call)
                .whenComplete((response, failure) ->
                        answer.complete(finish(exchange, failure == null ? response : failure(exchange, failure))));
        return answer;
    }

    /** Below the emulator's own paths: never taken for a bucket's name, so that a typing error is told as one. */
    private HttpResponse noEndpoint(Exchange exchange) {
        HttpRequest request = exchange.request;
        List<String> methods = routes.methodsAt(request.path());
        exchange.operation = request.method() + " " + request.path();
        AwsException error = FrameErrors.noEndpoint(exchange.operation, methods);
        note(exchange, error);
        HttpResponse response = UnroutedErrors.write(error, WireProtocol.REST_JSON_1, exchange.requestId);
        return methods.isEmpty() ? response : response.with("Allow", String.join(", ", methods));
    }

    /** Nothing names a service: a landing page for browsers at the root, if there is one; else a hint. */
    private CompletionStage<HttpResponse> toNowhere(Exchange exchange, @Nullable Credential credential) {
        HttpRoutes.Match landing = routes.match(exchange.request);
        if (landing != null) {
            return toEndpoint(exchange, landing, credential);
        }
        return answered(
                exchange,
                refuse(exchange, new Route.Refused(FrameErrors.missingAction(), null, WireProtocol.AWS_QUERY, "", "")));
    }

    // ---- answers ----------------------------------------------------------------------------------------------------

    private HttpResponse refuse(Exchange exchange, Route.Refused refused) {
        exchange.service = refused.serviceName();
        exchange.operation = refused.operationName().isEmpty()
                ? exchange.request.method() + " " + exchange.request.path()
                : refused.operationName();
        note(exchange, refused.error());
        return refused.service() == null
                ? UnroutedErrors.write(refused.error(), refused.protocol(), exchange.requestId)
                : Protocols.of(refused.protocol())
                        .writeError(
                                refused.service().api(), null, refused.error(), exchange.requestId, exchange.request);
    }

    /** The answer to a request that failed: AWS's error where it is one, else a fault that the log explains. */
    private HttpResponse failure(Exchange exchange, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        AwsException error;
        if (cause instanceof AwsException aws) {
            error = aws;
        } else {
            error = FrameErrors.internalFailure();
            log.error("{} {} failed (request {})", exchange.service, exchange.operation, exchange.requestId, cause);
        }
        note(exchange, error);
        Route.ToOperation route = exchange.route;
        return route == null
                ? UnroutedErrors.write(error, WireProtocol.AWS_QUERY, exchange.requestId)
                : Protocols.of(route.protocol())
                        .writeError(
                                route.service().api(), route.operation(), error, exchange.requestId, exchange.request);
    }

    private static void note(Exchange exchange, AwsException error) {
        exchange.errorCode = error.code();
        exchange.errorMessage = error.getMessage() == null ? "" : error.getMessage();
    }

    private CompletionStage<HttpResponse> answered(Exchange exchange, HttpResponse response) {
        return CompletableFuture.completedFuture(finish(exchange, response));
    }

    private HttpResponse finish(Exchange exchange, HttpResponse response) {
        if (!response.headers().contains("x-amzn-RequestId")) {
            response.headers().add("x-amzn-RequestId", exchange.requestId);
        }
        if (marksAnswers) {
            response.headers().add("x-localstack", "true");
        }
        HttpResponse answer = exchange.ownOrigins ? response : guard.decorate(exchange.request, response);
        record(exchange, answer);
        return answer;
    }

    private void record(Exchange exchange, HttpResponse answer) {
        record(exchange, answer.status(), answer.body());
    }

    private void record(Exchange exchange, int status) {
        record(exchange, status, NO_BODY);
    }

    private void record(Exchange exchange, int status, HttpResponse.Body body) {
        if (exchange.quiet) {
            return;
        }
        long nanos = environment.clock().nanoTime() - exchange.startNanos;
        RequestLog.Entry entry = new RequestLog.Entry(
                requests.nextNumber(),
                exchange.receivedAt,
                exchange.requestId,
                exchange.service,
                exchange.operation(),
                exchange.account,
                exchange.region,
                status,
                Duration.ofNanos(nanos),
                exchange.errorCode,
                exchange.errorMessage,
                exchange.notEmulated(),
                exchange.fault,
                Optional.empty());
        requests.add(entry, requests.contents(exchange, body));
        if (!exchange.errorCode.isEmpty()) {
            log.info(
                    "{} {} {}: {} (account {}, {}, request {})",
                    exchange.name(),
                    status,
                    exchange.errorCode,
                    exchange.errorMessage,
                    exchange.account,
                    exchange.region,
                    exchange.requestId);
        } else if (log.isDebugEnabled()) {
            log.debug(
                    "{} {} in {} us (account {}, {}, request {})",
                    exchange.name(),
                    status,
                    nanos / 1000,
                    exchange.account,
                    exchange.region,
                    exchange.requestId);
        }
    }
}
