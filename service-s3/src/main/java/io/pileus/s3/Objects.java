package io.pileus.s3;

import io.pileus.core.http.Payload;
import io.pileus.core.identity.Ids;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.s3.EventNotifications.Event;
import io.pileus.s3.StoredObject.ObjectHeaders;
import io.pileus.s3.model.StorageClass;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the operations on objects share: finding, storing and judging them. */
final class Objects {
    private static final int KEY_BYTES_MAX = 1024;
    private static final int METADATA_BYTES_MAX = 2048;
    private static final String VERSION_OF_SOURCE = "?versionId=";
    private static final Pattern VERSION_ID = Pattern.compile("null|[A-Za-z0-9._]{32}");

    /** Storage classes that are not those of a general purpose bucket. */
    private static final Set<String> ELSEWHERE =
            Set.of("OUTPOSTS", "SNOW", "EXPRESS_ONEZONE", "FSX_OPENZFS", "FSX_ONTAP");

    final Buckets buckets;
    final Ids ids;
    final Encryptions encryptions;
    final EventNotifications notifications;

    Objects(Buckets buckets, Ids ids, Encryptions encryptions, EventNotifications notifications) {
        this.buckets = buckets;
        this.ids = ids;
        this.encryptions = encryptions;
        this.notifications = notifications;
    }

    // ---- finding ------------------------------------------------------------------------------------------------

    /** The current version, or the one of this id, to be read; a delete marker is as good as nothing. */
    static StoredObject find(BucketState bucket, String key, @Nullable String versionId) {
        return find("GET", bucket, key, versionId);
    }

    /** The same for an operation of another method, which the error for a delete marker names. */
    static StoredObject find(String method, BucketState bucket, String key, @Nullable String versionId) {
        if (versionId != null) {
            checkVersionId(versionId);
            StoredObject version = bucket.version(key, versionId);
            if (version == null) {
                throw S3Errors.noSuchVersion(key, versionId);
            }
            if (version.deleteMarker()) {
                throw S3Errors.markerNotAllowed(method, version);
            }
            return version;
        }
        StoredObject current = bucket.current(key);
        if (current == null) {
            throw S3Errors.noSuchKey(key);
        }
        if (current.deleteMarker()) {
            throw S3Errors.deleted(current, shown(bucket, current));
        }
        return current;
    }

    static void checkVersionId(String versionId) {
        if (versionId.isEmpty()) {
            throw S3Errors.invalidArgument("Version id cannot be the empty string", "versionId", "");
        }
        if (!mayBeVersionId(versionId)) {
            throw S3Errors.invalidArgument("Invalid version id specified", "versionId", versionId);
        }
    }

    static boolean mayBeVersionId(String versionId) {
        return VERSION_ID.matcher(versionId).matches();
    }

    /** The version's id where the bucket has versions, else null. */
    static @Nullable String shown(BucketState bucket, StoredObject object) {
        return bucket.versioned() ? object.versionId() : null;
    }

    /** Where a copy comes from. */
    record Source(BucketState bucket, StoredObject object) {}

    Source source(String copySource, @Nullable String expectedOwner, CallContext call) {
        String path = copySource.startsWith("/") ? copySource.substring(1) : copySource;
        int query = path.indexOf(VERSION_OF_SOURCE);
        String version = sourceVersion(copySource);
        String decoded;
        try {
            decoded = decoded(query < 0 ? path : path.substring(0, query));
        } catch (IllegalArgumentException e) {
            throw noSource("Invalid copy source encoding.", copySource);
        }
        int slash = decoded.indexOf('/');
        if (decoded.isEmpty() || slash == 0) {
            throw noSource("Invalid copy source bucket name", copySource);
        }
        if (slash < 0 || slash == decoded.length() - 1) {
            throw noSource("Invalid copy source object key", copySource);
        }
        BucketState bucket = buckets.ofAnyRegion(decoded.substring(0, slash), expectedOwner, call);
        if (version != null && version.isEmpty()) {
            throw noSource("Version id cannot be the empty string", version);
        }
        if (version != null && !mayBeVersionId(version)) {
            throw noSource("Invalid version id specified", version);
        }
        StoredObject object;
        try {
            object = find(bucket, decoded.substring(slash + 1), version);
        } catch (S3Error e) {
            if (e.httpStatus() == 405) {
                throw S3Errors.invalidRequest(
                        "The source of a copy request may not specifically refer to a delete marker by version id.");
            }
            throw e;
        }
        if (!object.readable(call.receivedAt())) {
            throw S3Errors.invalidObjectState(
                    "Operation is not valid for the source object's storage class",
                    object.headers().storageClass());
        }
        return new Source(bucket, object);
    }

    /** The version that a copy's source names, if it names one. */
    static @Nullable String sourceVersion(String copySource) {
        int query = copySource.indexOf(VERSION_OF_SOURCE);
        return query < 0 ? null : copySource.substring(query + VERSION_OF_SOURCE.length());
    }

    /** A plus sign stands for itself in a path. */
    static String decoded(String path) {
        return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static S3Error noSource(String message, String value) {
        return S3Errors.invalidArgument(message, "x-amz-copy-source", value);
    }

    // ---- judging ------------------------------------------------------------------------------------------------

    static void checkKey(String key) {
        int size = key.getBytes(StandardCharsets.UTF_8).length;
        if (size > KEY_BYTES_MAX) {
            throw S3Errors.keyTooLong(size, KEY_BYTES_MAX);
        }
    }

    static String storageClass(@Nullable String asked) {
        if (asked == null) {
            return "STANDARD";
        }
        if (StorageClass.of(asked) == null || ELSEWHERE.contains(asked)) {
            throw S3Errors.invalidStorageClass().with("StorageClassRequested", asked);
        }
        return asked;
    }

    /** User metadata, whose names are lower case however they are sent. */
    static Map<String, String> metadata(Map<String, String> sent) {
        Map<String, String> metadata = new TreeMap<>();
        int size = 0;
        for (Map.Entry<String, String> entry : sent.entrySet()) {
            metadata.put(entry.getKey().toLowerCase(Locale.ROOT), MailWords.decode(entry.getValue()));
            size += entry.getKey().getBytes(StandardCharsets.UTF_8).length
                    + entry.getValue().getBytes(StandardCharsets.UTF_8).length;
        }
        if (size > METADATA_BYTES_MAX) {
            throw new S3Error("MetadataTooLarge", 400, "Your metadata headers exceed the maximum allowed metadata size")
                    .with("Size", size)
                    .with("MaxSizeAllowed", METADATA_BYTES_MAX);
        }
        return metadata;
    }

    static @Nullable String websiteRedirect(@Nullable String location) {
        if (location != null
                && !location.startsWith("/")
                && !location.startsWith("http://")
                && !location.startsWith("https://")) {
            throw new S3Error(
                    "InvalidRedirectLocation",
                    400,
                    "The website redirect location must have a prefix of 'http://' or 'https://' or '/'.");
        }
        return location;
    }

    /** The encoding without that of the transfer. */
    static @Nullable String withoutAwsChunked(@Nullable String encoding) {
        if (encoding == null) {
            return null;
        }
        List<String> left = new ArrayList<>();
        for (String part : encoding.split(",")) {
            if (!part.trim().equalsIgnoreCase("aws-chunked") && !part.isBlank()) {
                left.add(part.trim());
            }
        }
        return left.isEmpty() ? null : String.join(",", left);
    }

    // ---- storing ------------------------------------------------------------------------------------------------

    /**
     * Stores a new version, or forgets its body when the check, which sees the current version under the bucket's lock,
     * throws; then tells those who want to know.
     *
     * @param event such as {@code ObjectCreated:Put}
     */
    StoredObject store(
            BucketState bucket,
            StoredObject object,
            Consumer<@Nullable StoredObject> check,
            String event,
            CallContext call) {
        StoredObject stored;
        try {
            stored = bucket.add(object, ids, check, buckets.bodies::drop);
        } catch (AwsException e) {
            buckets.bodies.drop(object.body());
            throw e;
        }
        notifications.publish(bucket, new Event(event, stored, shown(bucket, stored), true), call);
        return stored;
    }

    /** An empty version to be filled, as of now. */
    static StoredObject draft(String key, ObjectHeaders headers, Encryption encryption, CallContext call) {
        return StoredObject.of(key, Payload.EMPTY, "", call.receivedAt()).with(o -> {
            o.headers = headers;
            o.encryption = encryption;
        });
    }
}
