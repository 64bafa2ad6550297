package io.pileus.core.dispatch;

import io.pileus.core.http.HttpRequest;
import io.pileus.core.service.AwsException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Until when a pre-signed URL of S3 is good. That is judged whether signatures are checked or not: a test that a link dies
 * needs no signature.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html">Authenticating requests: using
 *     query parameters</a>
 */
final class PresignedUrl {
    private static final long EXPIRES_SECONDS_MAX = Duration.ofDays(7).toSeconds();
    private static final DateTimeFormatter AMZ_DATE = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT);

    private PresignedUrl() {}

    /** @throws AwsException when the time of the URL is over, or is none */
    static void check(HttpRequest request, Credential credential, Instant now) {
        Instant end = credential.isVersion2() ? endOfVersion2(request) : end(request);
        if (now.isAfter(end)) {
            String seconds = QueryString.value(request.query(), "X-Amz-Expires");
            throw new ExpiredUrlException(seconds == null ? "" : seconds, end, now);
        }
    }

    private static Instant endOfVersion2(HttpRequest request) {
        String expires = String.valueOf(QueryString.value(request.query(), "Expires"));
        try {
            return Instant.ofEpochSecond(Long.parseLong(expires));
        } catch (NumberFormatException | DateTimeException e) {
            throw new AwsException("AccessDenied", 403, "Invalid date (should be seconds since epoch): " + expires);
        }
    }

    private static Instant end(HttpRequest request) {
        String date = QueryString.value(request.query(), "X-Amz-Date");
        String expires = QueryString.value(request.query(), "X-Amz-Expires");
        boolean signed = QueryString.has(request.query(), "X-Amz-Algorithm")
                && QueryString.has(request.query(), "X-Amz-Signature")
                && QueryString.has(request.query(), "X-Amz-SignedHeaders");
        if (date == null || expires == null || !signed) {
            throw parameters("Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential,"
                    + " X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
        }
        long seconds;
        try {
            seconds = Long.parseLong(expires);
        } catch (NumberFormatException e) {
            throw parameters("X-Amz-Expires should be a number");
        }
        if (seconds < 0) {
            throw parameters("X-Amz-Expires must be non-negative");
        }
        if (seconds > EXPIRES_SECONDS_MAX) {
            throw parameters(
                    "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be"
                            + " less than " + EXPIRES_SECONDS_MAX + " seconds");
        }
        try {
            return LocalDateTime.parse(date, AMZ_DATE).toInstant(ZoneOffset.UTC).plusSeconds(seconds);
        } catch (DateTimeException e) {
            throw parameters("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
        }
    }

    private static AwsException parameters(String message) {
        return new AwsException("AuthorizationQueryParametersError", 400, message);
    }
}
