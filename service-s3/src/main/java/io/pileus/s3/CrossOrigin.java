package io.pileus.s3;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.port.CrossOriginRules;
import io.pileus.s3.model.CORSConfiguration;
import io.pileus.s3.model.CORSRule;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers web pages by the CORS configuration of the bucket they address.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors.html">Cross-origin resource sharing</a>
 */
final class CrossOrigin implements CrossOriginRules {
    private static final String VARY = "Origin, Access-Control-Request-Headers, Access-Control-Request-Method";

    private static final Set<String> METHODS = Set.of("GET", "PUT", "HEAD", "POST", "DELETE");

    private final Buckets buckets;

    CrossOrigin(Buckets buckets) {
        this.buckets = buckets;
    }

    @Override
    public boolean apply(HttpRequest request) {
        return rules(request) != null;
    }

    private @Nullable List<CORSRule> rules(HttpRequest request) {
        if (request.headers().contains("x-amz-target")) {
            return null;
        }
        String name = bucketInHost(request.host());
        BucketState bucket = buckets.all.get(name == null ? bucketInPath(request.path()) : name);
        return bucket == null
                ? null
                : bucket.configuration(CORSConfiguration.class)
                        .map(CORSConfiguration::corsRules)
                        .orElse(null);
    }

    private static String bucketInPath(String path) {
        int end = path.indexOf('/', 1);
        String segment = path.isEmpty() ? "" : path.substring(1, end < 0 ? path.length() : end);
        try {
            return URLDecoder.decode(segment, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return segment;
        }
    }

    /** What stands before {@code s3} or {@code localhost} in the host's name. */
    private static @Nullable String bucketInHost(String host) {
        String[] labels = host.split(":", 2)[0].toLowerCase(Locale.ROOT).split("\\.");
        for (int i = 0; i < labels.length; i++) {
            if (labels[i].equals("s3") || labels[i].startsWith("s3-") || labels[i].equals("localhost")) {
                return i == 0 ? null : String.join(".", List.of(labels).subList(0, i));
            }
        }
        return null;
    }

    @Override
    public HttpResponse preflight(HttpRequest request) {
        String origin = request.header("origin");
        String method = request.header("access-control-request-method");
        if (origin == null) {
            return refused(request, 400, "BadRequest", "Insufficient information. Origin request header needed.");
        }
        if (method == null || !METHODS.contains(method)) {
            return refused(
                    request,
                    400,
                    "BadRequest",
                    "Invalid Access-Control-Request-Method: "
                            + (method == null ? null : method.replaceAll("[<&]", "")));
        }
        List<String> headers = requested(request.header("access-control-request-headers"));
        List<CORSRule> rules = rules(request);
        for (CORSRule rule : rules == null ? List.<CORSRule>of() : rules) {
            boolean takesHeaders = headers.stream()
                    .allMatch(h -> rule.allowedHeaders().stream().anyMatch(p -> matches(p, h, true)));
            if (allows(rule, origin, method) && takesHeaders) {
                HttpResponse response = new HttpResponse(
                        200, headers(rule, origin), HttpResponse.empty(200).body());
                return headers.isEmpty()
                        ? response
                        : response.with("Access-Control-Allow-Headers", String.join(", ", headers));
            }
        }
        return refused(
                request,
                403,
                "AccessForbidden",
                "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.");
    }

    private static List<String> requested(@Nullable String header) {
        List<String> names = new ArrayList<>();
        for (String name : (header == null ? "" : header).split(",")) {
            if (!name.isBlank()) {
                names.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

    @Override
    public Optional<Headers> allow(HttpRequest request) {
        String origin = request.header("origin");
        List<CORSRule> rules = rules(request);
        if (origin == null || rules == null) {
            return Optional.empty();
        }
        return rules.stream()
                .filter(r -> allows(r, origin, request.method()))
                .findFirst()
                .map(r -> headers(r, origin));
    }

    private static boolean allows(CORSRule rule, String origin, String method) {
        return rule.allowedMethods().contains(method)
                && rule.allowedOrigins().stream().anyMatch(p -> matches(p, origin, false));
    }

    private static Headers headers(CORSRule rule, String origin) {
        boolean anyone = rule.allowedOrigins().contains("*");
        Headers headers = new Headers();
        headers.add("Access-Control-Allow-Origin", anyone ? "*" : origin);
        headers.add("Access-Control-Allow-Methods", String.join(", ", rule.allowedMethods()));
        if (!rule.exposeHeaders().isEmpty()) {
            headers.add("Access-Control-Expose-Headers", String.join(", ", rule.exposeHeaders()));
        }
        if (rule.maxAgeSeconds() != null) {
            headers.add("Access-Control-Max-Age", rule.maxAgeSeconds().toString());
        }
        if (!anyone) {
            headers.add("Access-Control-Allow-Credentials", "true");
        }
        return headers.add("Vary", VARY);
    }

    /** A pattern has one star at most. */
    private static boolean matches(String pattern, String text, boolean ignoresCase) {
        String p = ignoresCase ? pattern.toLowerCase(Locale.ROOT) : pattern;
        int star = p.indexOf('*');
        if (star < 0) {
            return p.equals(text);
        }
        return text.length() >= p.length() - 1
                && text.startsWith(p.substring(0, star))
                && text.endsWith(p.substring(star + 1));
    }

    private static HttpResponse refused(HttpRequest request, int status, String code, String message) {
        String method = request.header("access-control-request-method");
        boolean object = request.path().indexOf('/', 1) > 0;
        return HttpResponse.of(
                status,
                "application/xml",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" + message
                        + "</Message><Method>" + (method == null ? "" : method.replaceAll("[^A-Z]", ""))
                        + "</Method><ResourceType>" + (object ? "OBJECT" : "BUCKET") + "</ResourceType></Error>");
    }
}
