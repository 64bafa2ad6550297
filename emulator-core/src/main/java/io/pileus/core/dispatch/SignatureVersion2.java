package io.pileus.core.dispatch;

import io.pileus.core.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * S3's older scheme, in which boto3 still pre-signs URLs unless it is told otherwise.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/RESTAuthentication.html">Signing and authenticating REST
 *     requests (Signature Version 2)</a>
 */
final class SignatureVersion2 {
    /** The query parameters that are signed. */
    private static final Set<String> SIGNED = Set.of(
            "accelerate",
            "acl",
            "analytics",
            "cors",
            "defaultObjectAcl",
            "delete",
            "inventory",
            "lifecycle",
            "location",
            "logging",
            "metrics",
            "notification",
            "notificationConfiguration",
            "object-lock",
            "partNumber",
            "policy",
            "replication",
            "requestPayment",
            "response-cache-control",
            "response-content-disposition",
            "response-content-encoding",
            "response-content-language",
            "response-content-type",
            "response-expires",
            "restore",
            "retention",
            "legal-hold",
            "select",
            "select-type",
            "tagging",
            "torrent",
            "uploadId",
            "uploads",
            "versionId",
            "versioning",
            "versions",
            "website");

    private SignatureVersion2() {}

    /** The signature of a request, in base64. */
    static String sign(HttpRequest request, Credential credential, String secret) {
        String date = credential.presigned()
                ? String.valueOf(QueryString.value(request.query(), "Expires"))
                : request.header("x-amz-date") != null ? "" : header(request, "date");
        String text = request.method() + "\n" + header(request, "content-md5") + "\n" + header(request, "content-type")
                + "\n" + date + "\n" + amzHeaders(request, credential) + resource(request);
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String header(HttpRequest request, String name) {
        String value = request.header(name);
        return value == null ? "" : value;
    }

    /** Headers of AWS; in a URL those that became parameters are signed as the headers that they were. */
    private static String amzHeaders(HttpRequest request, Credential credential) {
        TreeSet<String> lines = new TreeSet<>();
        for (int i = 0; i < request.headers().size(); i++) {
            String name = request.headers().nameAt(i).toLowerCase(Locale.ROOT);
            if (name.startsWith("x-amz-")) {
                lines.add(name + ":" + String.join(",", request.headers().all(name)) + "\n");
            }
        }
        if (credential.presigned()) {
            for (String parameter : request.query().split("&")) {
                int equals = parameter.indexOf('=');
                if (equals > 0 && parameter.startsWith("x-amz-")) {
                    lines.add(parameter.substring(0, equals) + ":" + QueryString.decode(parameter.substring(equals + 1))
                            + "\n");
                }
            }
        }
        return String.join("", lines);
    }

    /** With the bucket in the path, wherever the client had it. */
    private static String resource(HttpRequest request) {
        List<String> signed = new ArrayList<>();
        for (String parameter : request.query().split("&")) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (SIGNED.contains(name)) {
                signed.add(equals < 0 ? name : name + "=" + QueryString.decode(parameter.substring(equals + 1)));
            }
        }
        signed.sort(null);
        return bucketOfHost(request.host()) + request.path() + (signed.isEmpty() ? "" : "?" + String.join("&", signed));
    }

    private static String bucketOfHost(String host) {
        int s3 = host.indexOf(".s3.");
        return s3 > 0 ? "/" + host.substring(0, s3) : "";
    }
}
