package io.pileus.core.dispatch;

import io.pileus.core.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a signed request says of its signer: the credential scope of Signature Version 4, from the Authorization header or
 * from a pre-signed URL.
 *
 * @param date the day of the signature, such as {@code 20260101}
 * @param region empty in Signature Version 4a, which has none
 * @param service the signing name of the service, such as {@code sqs}
 * @param presigned whether the query string carries the signature
 */
record Credential(String accessKeyId, String date, String region, String service, boolean presigned) {

    /** The request's credential, or null when it has none that can be read. */
    static @Nullable Credential of(HttpRequest request) {
        String authorization = request.header("authorization");
        if (authorization != null) {
            if (authorization.startsWith("AWS4-")) {
                return ofHeader(authorization);
            }
            return authorization.startsWith("AWS ") ? ofVersion2(authorization) : null;
        }
        String query = request.query();
        if (query.contains("AWSAccessKeyId=")) {
            String key = QueryString.value(query, "AWSAccessKeyId");
            return key == null || !QueryString.has(query, "Signature") ? null : new Credential(key, "", "", "s3", true);
        }
        if (query.isEmpty() || !query.contains("X-Amz-Credential=")) {
            return null;
        }
        String scope = QueryString.value(query, "X-Amz-Credential");
        return scope == null ? null : ofScope(scope, true);
    }

    private static @Nullable Credential ofHeader(String authorization) {
        int start = authorization.indexOf("Credential=");
        if (start < 0) {
            return null;
        }
        start += "Credential=".length();
        int end = start;
        while (end < authorization.length() && authorization.charAt(end) != ',' && authorization.charAt(end) != ' ') {
            end++;
        }
        return ofScope(authorization.substring(start, end), false);
    }

    /** Splits {@code key/date/region/service/aws4_request} from its end. */
    static @Nullable Credential ofScope(String scope, boolean presigned) {
        int terminator = scope.lastIndexOf('/');
        int service = scope.lastIndexOf('/', terminator - 1);
        int third = scope.lastIndexOf('/', service - 1);
        if (third <= 0) {
            return null;
        }
        String serviceName = scope.substring(service + 1, terminator);
        int second = scope.lastIndexOf('/', third - 1);
        if (second <= 0) {
            String date = scope.substring(third + 1, service);
            return new Credential(scope.substring(0, third), date, "", serviceName, presigned);
        }
        return new Credential(
                scope.substring(0, second),
                scope.substring(second + 1, third),
                scope.substring(third + 1, service),
                serviceName,
                presigned);
    }

    /** S3's older scheme, {@code AWS key:signature}. */
    private static @Nullable Credential ofVersion2(String authorization) {
        int colon = authorization.indexOf(':');
        return colon < 5
                ? null
                : new Credential(authorization.substring(4, colon).trim(), "", "", "s3", false);
    }

    /** Whether this is S3's older scheme, which names neither day nor region. */
    boolean isVersion2() {
        return date.isEmpty();
    }

    /** Never the key's owner's secrets; but not the key either. */
    @Override
    public String toString() {
        return date + "/" + region + "/" + service;
    }
}
