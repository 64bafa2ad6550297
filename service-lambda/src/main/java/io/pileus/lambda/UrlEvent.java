package io.pileus.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.identity.Caller;
import io.pileus.core.service.CallContext;
import io.pileus.core.shape.Blob;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request to a function's URL as the event that the function is given: payload format 2.0.
 *
 * @param id the first part of the URL's host name
 * @param path the path, still percent-encoded
 * @param signed whether the URL takes signed requests only, so that the event says who calls
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads">Payload format</a>
 */
record UrlEvent(HttpRequest request, String id, String path, boolean signed, CallContext call) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    Blob payload() {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("version", "2.0");
        event.put("routeKey", "$default");
        event.put("rawPath", URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8));
        event.put("rawQueryString", request.query());
        List<String> cookies = request.headers().all("cookie").stream()
                .flatMap(value -> List.of(value.split(";\\s*")).stream())
                .filter(cookie -> !cookie.isBlank())
                .toList();
        if (!cookies.isEmpty()) {
            var list = event.putArray("cookies");
            cookies.forEach(list::add);
        }
        ObjectNode headers = event.putObject("headers");
        headers().forEach(headers::put);
        Map<String, String> query = query();
        if (!query.isEmpty()) {
            ObjectNode parameters = event.putObject("queryStringParameters");
            query.forEach(parameters::put);
        }
        event.set("requestContext", context());
        byte[] body = request.body().bytes();
        boolean text = isText();
        if (body.length > 0) {
            event.put(
                    "body",
                    text
                            ? new String(body, StandardCharsets.UTF_8)
                            : Base64.getEncoder().encodeToString(body));
        }
        event.put("isBase64Encoded", body.length > 0 && !text);
        return Blob.ofUtf8(event.toString());
    }

    /** In lower case; several of a name are joined. */
    private Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        request.headers().forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!lower.equals("cookie") && !lower.equals("connection")) {
                headers.merge(lower, value, (one, other) -> one + "," + other);
            }
        });
        headers.put("host", request.host());
        headers.putIfAbsent("x-forwarded-for", sourceIp());
        headers.putIfAbsent("x-forwarded-proto", request.scheme());
        int colon = request.host().lastIndexOf(':');
        String usual = request.scheme().equals("https") ? "443" : "80";
        headers.putIfAbsent(
                "x-forwarded-port", colon < 0 ? usual : request.host().substring(colon + 1));
        return headers;
    }

    private String sourceIp() {
        return request.remote() == null || request.remote().getAddress() == null
                ? "127.0.0.1"
                : request.remote().getAddress().getHostAddress();
    }

    private Map<String, String> query() {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : request.query().split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                parameters.merge(name, value, (one, other) -> one + "," + other);
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private ObjectNode context() {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        context.put("accountId", signed ? call.caller().account().id() : "anonymous");
        context.put("apiId", id);
        if (signed) {
            Caller caller = call.caller();
            ObjectNode iam = context.putObject("authorizer").putObject("iam");
            iam.put("accessKey", caller.accessKeyId());
            iam.put("accountId", caller.account().id());
            iam.put("callerId", caller.userId());
            iam.putNull("cognitoIdentity");
            iam.putNull("principalOrgId");
            iam.put("userArn", caller.principalArn());
            iam.put("userId", caller.userId());
        }
        int colon = request.host().indexOf(':');
        context.put("domainName", colon < 0 ? request.host() : request.host().substring(0, colon));
        context.put("domainPrefix", id);
        ObjectNode http = context.putObject("http");
        http.put("method", request.method());
        http.put("path", path);
        http.put("protocol", "HTTP/1.1");
        http.put("sourceIp", sourceIp());
        String agent = request.header("user-agent");
        http.put("userAgent", agent == null ? "" : agent);
        context.put("requestId", call.requestId());
        context.put("routeKey", "$default");
        context.put("stage", "$default");
        context.put("time", TIME.format(call.receivedAt()));
        context.put("timeEpoch", call.receivedAt().toEpochMilli());
        return context;
    }

    private boolean isText() {
        String type = request.mediaType();
        return type.startsWith("text/")
                || type.equals("application/json")
                || type.equals("application/javascript")
                || type.equals("application/xml")
                || type.endsWith("+json")
                || type.endsWith("+xml");
    }
}
