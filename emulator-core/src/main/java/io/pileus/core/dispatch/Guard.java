package io.pileus.core.dispatch;

import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.port.CrossOriginRules;
import io.pileus.core.port.Ports;
import io.pileus.core.service.Settings;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps foreign web pages out, before anything runs. A browser says where a page came from (Origin, Referer): only pages
 * of this server, of the known front ends and of those that the user named may call. And it says by which name it reached
 * us (Host): a page whose own name was pointed at this machine (DNS rebinding) is refused for its name. Programs send no
 * Origin and are let through.
 *
 * <p>Pages served from any other port of this machine, as a front end under development is, may call Cognito, whose calls
 * come from browsers by design, and nothing else unless {@code EXTRA_CORS_ALLOWED_ORIGINS} names them.
 */
final class Guard {
    private static final String METHODS = "HEAD,GET,PUT,POST,DELETE,OPTIONS,PATCH";
    private static final String HEADERS = "authorization,cache-control,content-length,content-md5,content-type,etag,"
            + "location,x-amz-acl,x-amz-content-sha256,x-amz-date,x-amz-request-id,x-amz-security-token,x-amz-tagging,"
            + "x-amz-target,x-amz-user-agent,x-amz-version-id,x-amzn-requestid,x-localstack-target,amz-sdk-invocation-id,"
            + "amz-sdk-request,smithy-protocol";
    private static final String EXPOSED = "etag,x-amz-version-id,x-amzn-requestid,x-amzn-errortype,x-amz-request-id";
    private static final int REMEMBERED_MAX = 1_000;

    /** Cognito's pages, and the path below which they are once more. */
    private static final Set<String> PAGES = Set.of(
            "/login", "/signup", "/confirm", "/confirmUser", "/forgotPassword", "/passkeys/add", "/logout", "/error");

    /** Where identity providers send people back to. */
    private static final Set<String> RETURNS = Set.of("/oauth2/idpresponse", "/saml2/idpresponse", "/saml2/logout");

    private static final String PAGES_ALIAS = "/_aws/cognito-idp";

    private final boolean checks;
    private final boolean headers;
    private final String allowedHeaders;
    private final String exposedHeaders;
    private final Set<String> namedOrigins = new HashSet<>();
    private final Set<String> namedHosts = new HashSet<>();
    private final Set<String> goodHosts = ConcurrentHashMap.newKeySet();

    private final Ports ports;

    Guard(Settings settings, Ports ports) {
        this.ports = ports;
        checks = !settings.flag("DISABLE_CORS_CHECKS", false);
        headers = !settings.flag("DISABLE_CORS_HEADERS", false);
        allowedHeaders = withExtra(HEADERS, settings.get("EXTRA_CORS_ALLOWED_HEADERS", ""));
        exposedHeaders = withExtra(EXPOSED, settings.get("EXTRA_CORS_EXPOSE_HEADERS", ""));
        namedOrigins.add("https://app.localstack.cloud");
        namedOrigins.add("http://app.localstack.cloud");
        namedOrigins.add("file://");
        addAll(settings.get("EXTRA_CORS_ALLOWED_ORIGINS", ""), namedOrigins);
        addAll(settings.get("EXTRA_ALLOWED_HOSTS", ""), namedHosts);
        settings.get("LOCALSTACK_HOST").ifPresent(host -> namedHosts.add(HostName.withoutPort(host)));
    }

    private static String withExtra(String list, String extra) {
        return extra.isBlank() ? list : list + "," + extra.trim();
    }

    private static void addAll(String list, Set<String> to) {
        for (String item : list.split(",")) {
            if (!item.isBlank()) {
                to.add(item.trim().toLowerCase(Locale.ROOT));
            }
        }
    }

    /** The answer to a request that goes no further (refused, or a preflight), or null when it may pass. */
    @Nullable
    HttpResponse check(HttpRequest request) {
        String origin = origin(request);
        if (checks) {
            if (mustKnowHost(request, origin) && !knowsHost(request.host())) {
                return refuse("The host name '" + HostName.withoutPort(request.host())
                        + "' is not one of this server's." + " Add it to EXTRA_ALLOWED_HOSTS if it is.");
            }
            if (origin != null && !allows(origin, request) && !isVisit(request) && !allowsItself(request)) {
                return refuse("Pages of the origin '" + origin + "' may not call this server."
                        + " Add it to EXTRA_CORS_ALLOWED_ORIGINS if they may.");
            }
        }
        if (!isPreflight(request)) {
            return null;
        }
        CrossOriginRules own = own(request);
        return own != null ? own.preflight(request) : decorate(request, HttpResponse.empty(204));
    }

    private static boolean isPreflight(HttpRequest request) {
        return request.method().equals("OPTIONS") && request.headers().contains("access-control-request-method");
    }

    /** The rules of a service for what the request is about, if it has any. */
    private @Nullable CrossOriginRules own(HttpRequest request) {
        return ports.find(CrossOriginRules.class)
                .filter(rules -> rules.apply(request))
                .orElse(null);
    }

    /** Whether a service lets the page in by rules of its own; a preflight it answers itself. */
    private boolean allowsItself(HttpRequest request) {
        CrossOriginRules own = own(request);
        return own != null && (isPreflight(request) || own.allow(request).isPresent());
    }

    private static HttpResponse refuse(String why) {
        return HttpResponse.of(403, "text/plain; charset=utf-8", why + "\n");
    }

    /** Adds the headers by which a browser lets the page see the answer. */
    HttpResponse decorate(HttpRequest request, HttpResponse response) {
        String origin = request.header("origin");
        if (origin == null) {
            return response;
        }
        CrossOriginRules own = own(request);
        if (own != null) {
            if (!isPreflight(request)) {
                own.allow(request).ifPresent(allowed -> allowed.forEach(response::with));
            }
            return response;
        }
        if (!headers || (checks && !allows(origin.toLowerCase(Locale.ROOT), request))) {
            return response;
        }
        if (response.headers().contains("access-control-allow-origin")) {
            return response;
        }
        response.with("Access-Control-Allow-Origin", origin)
                .with("Vary", "Origin")
                .with("Access-Control-Allow-Methods", METHODS)
                .with("Access-Control-Allow-Headers", allowedHeaders)
                .with("Access-Control-Expose-Headers", exposedHeaders);
        if (request.headers().contains("access-control-request-private-network")) {
            response.with("Access-Control-Allow-Private-Network", "true");
        }
        return response;
    }

    // ---- origins ------------------------------------------------------------------------------------------------

    /** Where the calling page came from, such as {@code http://localhost:3000}; null when no page calls. */
    private static @Nullable String origin(HttpRequest request) {
        String origin = request.header("origin");
        if (origin != null) {
            return origin.toLowerCase(Locale.ROOT);
        }
        String referer = request.header("referer");
        if (referer == null || !referer.contains("://")) {
            return null;
        }
        int path = referer.indexOf('/', referer.indexOf("://") + 3);
        return (path < 0 ? referer : referer.substring(0, path)).toLowerCase(Locale.ROOT);
    }

    private boolean allows(String origin, HttpRequest request) {
        if (namedOrigins.contains(origin) || isOwn(origin, request)) {
            return true;
        }
        return isOfThisMachine(origin)
                && (isForBrowsers(request) || request.method().equals("OPTIONS"));
    }

    /** The origin is this server itself, by a name that was found good, or by another of its names. */
    private static boolean isOwn(String origin, HttpRequest request) {
        if (request.host().isEmpty()) {
            return false;
        }
        if (origin.regionMatches(
                        true,
                        origin.indexOf("://") + 3,
                        request.host(),
                        0,
                        request.host().length())
                && origin.length() == origin.indexOf("://") + 3 + request.host().length()) {
            return true;
        }
        int colon = request.host().lastIndexOf(':');
        String port =
                colon < 0 || request.host().endsWith("]") ? "" : request.host().substring(colon);
        return origin.endsWith("://localhost" + port)
                || origin.endsWith("://localhost.localstack.cloud" + port)
                || origin.endsWith("://127.0.0.1" + port)
                || origin.equals("http://localhost")
                || origin.equals("https://localhost")
                || origin.equals("http://localhost.localstack.cloud")
                || origin.equals("https://localhost.localstack.cloud");
    }

    private static boolean isOfThisMachine(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host != null
                    && (host.equals("localhost")
                            || host.endsWith(".localhost")
                            || host.equals("127.0.0.1")
                            || host.equals("[::1]"));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Cognito's API and pages. */
    private static boolean isForBrowsers(HttpRequest request) {
        String target = request.header("x-amz-target");
        if (target != null) {
            return target.startsWith("AWSCognito");
        }
        String path = request.path();
        return path.contains("/.well-known/")
                || path.contains("/oauth2/")
                || path.startsWith("/_aws/cognito-idp/")
                || path.startsWith("/login")
                || path.startsWith("/logout");
    }

    /**
     * Somebody comes to Cognito's pages from another site, as by a link to the sign-in page, or is sent back by an
     * identity provider. The pages guard their own forms, a provider's answer is signed or bound to a state, and without
     * CORS headers no script of the other site sees what comes.
     */
    private static boolean isVisit(HttpRequest request) {
        String path = request.path().startsWith(PAGES_ALIAS)
                ? request.path().substring(PAGES_ALIAS.length())
                : request.path();
        if (RETURNS.contains(path)) {
            return true;
        }
        return request.method().equals("GET") && (path.equals("/oauth2/authorize") || PAGES.contains(path));
    }

    // ---- hosts --------------------------------------------------------------------------------------------------

    /**
     * A rebinding page's requests carry its Origin, but for GET; so those, and the server's own endpoints, are looked at
     * closely, and a program that posts to any name it likes is let through.
     */
    private static boolean mustKnowHost(HttpRequest request, @Nullable String origin) {
        if (request.host().isEmpty()) {
            return false;
        }
        return origin != null
                || request.path().startsWith("/_")
                || request.method().equals("GET")
                || request.method().equals("HEAD");
    }

    private boolean knowsHost(String host) {
        if (goodHosts.contains(host)) {
            return true;
        }
        boolean good = isGood(HostName.withoutPort(host).toLowerCase(Locale.ROOT));
        if (good && goodHosts.size() < REMEMBERED_MAX) {
            goodHosts.add(host);
        }
        return good;
    }

    /** Addresses, names without a dot, names that cannot be bought, and those of AWS, LocalStack and the user. */
    private boolean isGood(String name) {
        return name.startsWith("[")
                || name.indexOf('.') < 0
                || isAddress(name)
                || isUnder(name, "localhost")
                || isUnder(name, "localstack.cloud")
                || isUnder(name, "amazonaws.com")
                || isUnder(name, "amazonaws.com.cn")
                || isUnder(name, "local")
                || isUnder(name, "internal")
                || isUnder(name, "localdomain")
                || isUnder(name, "lan")
                || isUnder(name, "home.arpa")
                || isUnder(name, "test")
                || namedHosts.stream().anyMatch(named -> isUnder(name, named));
    }

    private static boolean isUnder(String name, String domain) {
        return name.equals(domain)
                || (name.endsWith(domain) && name.charAt(name.length() - domain.length() - 1) == '.');
    }

    private static boolean isAddress(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }
}
