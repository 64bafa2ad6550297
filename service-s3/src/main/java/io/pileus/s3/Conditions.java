package io.pileus.s3;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Conditional requests.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html">Conditional requests</a>
 */
final class Conditions {
    private Conditions() {}

    /** The conditions of a read; those on ETags go before those on times. */
    record Read(
            @Nullable String ifMatch,
            @Nullable String ifNoneMatch,
            @Nullable Instant ifModifiedSince,
            @Nullable Instant ifUnmodifiedSince) {

        /** The first condition that fails and would be answered with 412; null when none does. */
        private @Nullable String failed(StoredObject object, Instant modified) {
            if (ifMatch != null) {
                return matches(ifMatch, object) ? null : "If-Match";
            }
            return ifUnmodifiedSince != null && modified.isAfter(ifUnmodifiedSince) ? "If-Unmodified-Since" : null;
        }

        private @Nullable String unmodified(StoredObject object, Instant modified) {
            if (ifNoneMatch != null) {
                return matches(ifNoneMatch, object) ? "If-None-Match" : null;
            }
            return ifModifiedSince != null && !modified.isAfter(ifModifiedSince) ? "If-Modified-Since" : null;
        }

        void check(StoredObject object) {
            Instant modified = object.lastModified().truncatedTo(ChronoUnit.SECONDS);
            String failed = failed(object, modified);
            if (failed != null) {
                throw S3Errors.preconditionFailed(failed);
            }
            if (unmodified(object, modified) != null) {
                throw S3Errors.notModified(object);
            }
        }

        /** The same for the source of a copy, which is refused where a read is told that nothing changed. */
        void checkSource(StoredObject object) {
            Instant modified = object.lastModified().truncatedTo(ChronoUnit.SECONDS);
            String failed = failed(object, modified);
            if (failed == null) {
                failed = unmodified(object, modified);
            }
            if (failed != null) {
                throw S3Errors.preconditionFailed("x-amz-copy-source-" + failed);
            }
        }
    }

    /** The conditions of a write, judged under the bucket's lock. */
    static void checkWrite(
            String key, @Nullable StoredObject current, @Nullable String ifMatch, @Nullable String ifNoneMatch) {
        StoredObject there = current == null || current.deleteMarker() ? null : current;
        if (ifNoneMatch != null) {
            if (!ifNoneMatch.equals("*") || ifMatch != null) {
                // AWS's own answer: it takes nothing but the star here, and that alone.
                throw S3Errors.headerNotImplemented("If-None-Match")
                        .with(
                                "additionalMessage",
                                "We don't accept the provided value of If-None-Match header for this API");
            }
            if (there != null) {
                throw S3Errors.preconditionFailed("If-None-Match");
            }
        }
        if (ifMatch != null) {
            if (there == null) {
                throw S3Errors.noSuchKey(key);
            }
            if (!matches(ifMatch, there)) {
                throw S3Errors.preconditionFailed("If-Match");
            }
        }
    }

    /** The condition of a deletion: the object must be there, and be the one that was meant. */
    static void checkDelete(String key, @Nullable StoredObject current, @Nullable String ifMatch) {
        checkWrite(key, current, ifMatch, null);
    }

    static boolean matches(String condition, StoredObject object) {
        for (String part : condition.split(",")) {
            String tag = part.trim();
            if (tag.equals("*") || tag.replace("\"", "").equals(object.eTag().replace("\"", ""))) {
                return true;
            }
        }
        return false;
    }
}
