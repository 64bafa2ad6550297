package io.pileus.s3;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import io.pileus.core.identity.Caller;
import io.pileus.core.protocol.Protocol;
import io.pileus.core.protocol.Protocols;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.HostRoute;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.WireProtocol;
import io.pileus.core.shape.MalformedInputException;
import io.pileus.core.shape.Shape;
import io.pileus.s3.model.Condition;
import io.pileus.s3.model.Redirect;
import io.pileus.s3.model.RedirectAllRequestsTo;
import io.pileus.s3.model.RequestPaymentConfiguration;
import io.pileus.s3.model.RoutingRule;
import io.pileus.s3.model.WebsiteConfiguration;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Serves buckets as websites, to browsers, which bring no credentials: index and error documents, redirects, errors as pages.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html">Website endpoints</a>
 */
final class WebsiteEndpoint {
    /** The hosts are {@code bucket.s3-website-region.…} or {@code bucket.s3-website.region.…}; here the region may lack. */
    private static final String LABEL = "s3-website";

    private static final Pattern REGION = Pattern.compile("\\." + LABEL + "[.-]([a-z]{2}(?:-[a-z]+)+-\\d)\\.");
    private static final Protocol REST = Protocols.of(WireProtocol.REST_XML);

    private final Buckets buckets;
    private final ServiceApi api;
    private final ForeignAccess access;
    private final CrossOrigin crossOrigin;

    WebsiteEndpoint(Buckets buckets, ServiceApi api, ForeignAccess access, CrossOrigin crossOrigin) {
        this.buckets = buckets;
        this.api = api;
        this.access = access;
        this.crossOrigin = crossOrigin;
    }

    HostRoute route() {
        return new HostRoute(LABEL, (request, labels, call) -> {
            HttpResponse answer = answer(request, labels.getOrDefault("id", ""), call);
            return CompletableFuture.completedStage(answer);
        });
    }

    private HttpResponse answer(HttpRequest request, String bucket, CallContext call) {
        if (request.headers().contains("access-control-request-method")
                && request.method().equals("OPTIONS")) {
            return crossOrigin.preflight(request);
        }
        HttpResponse answer = new Visit(request, call).of(bucket);
        crossOrigin.allow(request).ifPresent(headers -> headers.forEach(answer::with));
        return answer;
    }

    /** One request to a website. */
    private final class Visit {
        private final HttpRequest request;
        private final CallContext call;

        /** The key as the path spells it, before an index document is thought of. */
        private final String asked;

        Visit(HttpRequest request, CallContext call) {
            this.request = request;
            this.call = call;
            this.asked = key(request.path());
        }

        HttpResponse of(String bucketName) {
            try {
                BucketState bucket = bucket(bucketName);
                WebsiteConfiguration website = bucket.configuration(WebsiteConfiguration.class)
                        .orElseThrow(() -> S3Errors.noSuchWebsite(bucketName));
                return answer(bucket, website);
            } catch (AwsException e) {
                return page(e, null);
            }
        }

        private BucketState bucket(String name) {
            BucketState bucket = buckets.all.get(name);
            if (bucket == null) {
                throw S3Errors.noSuchBucket(name);
            }
            Matcher region = REGION.matcher(request.host());
            if (region.find() && !region.group(1).equals(bucket.region.id())) {
                throw S3Errors.incorrectEndpoint(name, bucket.region);
            }
            boolean requesterPays = bucket.configuration(RequestPaymentConfiguration.class)
                    .map(RequestPaymentConfiguration::payer)
                    .filter("Requester"::equals)
                    .isPresent();
            if (requesterPays) {
                throw S3Errors.accessDenied();
            }
            return bucket;
        }

        private HttpResponse answer(BucketState bucket, WebsiteConfiguration website) {
            RedirectAllRequestsTo all = website.redirectAllRequestsTo();
            if (all != null) {
                return redirect(301, scheme(all.protocol()) + "://" + all.hostName() + request.path() + query());
            }
            Optional<RoutingRule> rule = rule(website, null);
            if (rule.isPresent()) {
                return redirect(rule.get());
            }
            String suffix = website.indexDocument() == null
                    ? ""
                    : String.valueOf(website.indexDocument().suffix());
            try {
                if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
                    throw S3Errors.methodNotAllowed()
                            .with("Method", request.method())
                            .with("ResourceType", "OBJECT");
                }
                boolean folder = asked.isEmpty() || asked.endsWith("/");
                if (!folder && isThere(bucket, asked + "/" + suffix) && !isThere(bucket, asked)) {
                    return page(
                            new S3Error("Found", 302, "Resource Found").header("Location", "/" + encoded(asked) + "/"),
                            null);
                }
                return object(bucket, folder ? asked + suffix : asked, request.headers());
            } catch (AwsException e) {
                return rule(website, e).map(this::redirect).orElseGet(() -> error(bucket, website, e));
            }
        }

        // ---- objects ------------------------------------------------------------------------------------------------

        private boolean isThere(BucketState bucket, String key) {
            StoredObject object = bucket.current(key);
            return object != null && !object.deleteMarker();
        }

        private HttpResponse object(BucketState bucket, String key, Headers headers) {
            Operation operation = java.util.Objects.requireNonNull(
                    api.operation(request.method().equals("HEAD") ? "HeadObject" : "GetObject"));
            HttpRequest read = new HttpRequest(
                    request.method(),
                    request.path(),
                    "",
                    request.scheme(),
                    request.host(),
                    headers,
                    Payload.EMPTY,
                    request.remote());
            try {
                Shape input = REST.readInput(api, operation, read, Map.of("Bucket", bucket.name, "Key", encoded(key)));
                authorize(bucket, visitor -> access.authorize(operation.name(), input, visitor));
                if (!isThere(bucket, key)) {
                    authorize(bucket, visitor -> access.checkMayKnow(bucket.name, visitor));
                }
                String elsewhere = Objects.find(bucket, key, null).headers().websiteRedirect();
                if (elsewhere != null) {
                    return redirect(301, elsewhere);
                }
                Object output = api.call(operation, input, call.by(Caller.root(bucket.owner, ""), bucket.region));
                return REST.writeOutput(api, operation, (Shape) output, call.requestId());
            } catch (MalformedInputException e) {
                throw REST.malformed(e);
            }
        }

        /** Where IAM is enforced, the public must be let in; it is not told why it is not. */
        private void authorize(BucketState bucket, Consumer<CallContext> asVisitor) {
            try {
                asVisitor.accept(call.by(Caller.anonymous(bucket.owner), bucket.region));
            } catch (AwsException e) {
                throw S3Errors.accessDenied();
            }
        }

        // ---- redirects ----------------------------------------------------------------------------------------------

        /** The first rule that is for this key and this error, or for keys alone where there is no error. */
        private Optional<RoutingRule> rule(WebsiteConfiguration website, @Nullable AwsException error) {
            return website.routingRules().stream()
                    .filter(rule -> {
                        Condition condition = rule.condition();
                        String code = condition == null ? null : condition.httpErrorCodeReturnedEquals();
                        boolean inTime = error == null
                                ? code == null
                                : Integer.toString(error.httpStatus()).equals(code);
                        return inTime && asked.startsWith(prefix(rule));
                    })
                    .findFirst();
        }

        private static String prefix(RoutingRule rule) {
            return rule.condition() == null || rule.condition().keyPrefixEquals() == null
                    ? ""
                    : rule.condition().keyPrefixEquals();
        }

        private HttpResponse redirect(RoutingRule rule) {
            Redirect to = java.util.Objects.requireNonNull(rule.redirect());
            String key = asked;
            if (to.replaceKeyWith() != null) {
                key = to.replaceKeyWith();
            } else if (to.replaceKeyPrefixWith() != null) {
                key = to.replaceKeyPrefixWith() + asked.substring(prefix(rule).length());
            }
            String host = to.hostName() == null ? request.host() : to.hostName();
            return redirect(
                    to.httpRedirectCode() == null ? 301 : Integer.parseInt(to.httpRedirectCode()),
                    scheme(to.protocol()) + "://" + host + "/" + encoded(key) + query());
        }

        private HttpResponse redirect(int status, String location) {
            return HttpResponse.empty(status)
                    .with("x-amz-request-id", call.requestId())
                    .with("Location", location);
        }

        private String scheme(@Nullable String asked) {
            return asked == null ? request.scheme() : asked;
        }

        private String query() {
            return request.query().isEmpty() ? "" : "?" + request.query();
        }

        // ---- errors -------------------------------------------------------------------------------------------------

        private HttpResponse error(BucketState bucket, WebsiteConfiguration website, AwsException error) {
            String document = website.errorDocument() == null
                    ? null
                    : website.errorDocument().key();
            if (document == null || error.httpStatus() / 100 != 4) {
                return page(error, null);
            }
            try {
                HttpResponse answer = object(bucket, document, new Headers());
                WebsitePage.describe(error, answer.headers());
                return new HttpResponse(error.httpStatus(), answer.headers(), answer.body());
            } catch (AwsException e) {
                return page(error, e);
            }
        }

        private HttpResponse page(AwsException error, @Nullable AwsException ofDocument) {
            HttpResponse plain = REST.writeError(api, null, error, call.requestId(), request);
            return error.httpStatus() == 304 ? plain : WebsitePage.of(error, ofDocument, plain, request);
        }
    }

    private static String key(String path) {
        try {
            return Objects.decoded(path.substring(1));
        } catch (IllegalArgumentException e) {
            return path.substring(1);
        }
    }

    private static String encoded(String key) {
        return URLEncoder.encode(key, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }
}
