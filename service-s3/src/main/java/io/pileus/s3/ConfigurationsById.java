package io.pileus.s3;

import io.pileus.core.shape.Shape;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/**
 * Configurations of which a bucket may have many, each under an id: kept and shown, without effect.
 *
 * @param <C> the configuration
 */
final class ConfigurationsById<C extends Shape> {
    private static final int PAGE = 100;
    private static final int MAX = 1000;
    private static final int ID_LENGTH_MAX = 64;

    private final Class<C> kind;

    ConfigurationsById(Class<C> kind) {
        this.kind = kind;
    }

    /** A page; the token to go on with is null when nothing follows. */
    record Page<C>(List<C> configurations, @Nullable String next) {
        boolean truncated() {
            return next != null;
        }
    }

    void put(BucketState bucket, String id, @Nullable String idInside, C configuration) {
        if (!id.equals(idInside)) {
            throw S3Errors.malformedXml();
        }
        if (id.isEmpty() || id.length() > ID_LENGTH_MAX || !id.matches("[A-Za-z0-9_.-]+")) {
            throw S3Errors.invalidArgument("The configuration id is not valid", "id", id);
        }
        NavigableMap<String, Shape> all = bucket.configurationsById(kind);
        if (!all.containsKey(id) && all.size() >= MAX) {
            throw new S3Error(
                    "TooManyConfigurations",
                    400,
                    "You are attempting to create a new configuration but have already reached the 1,000-configuration limit.");
        }
        all.put(id, configuration);
    }

    C get(BucketState bucket, String id) {
        Shape found = bucket.configurationsById(kind).get(id);
        if (found == null) {
            throw S3Errors.noSuchConfiguration(bucket.name);
        }
        return kind.cast(found);
    }

    void delete(BucketState bucket, String id) {
        if (bucket.configurationsById(kind).remove(id) == null) {
            throw S3Errors.noSuchConfiguration(bucket.name);
        }
    }

    Page<C> list(BucketState bucket, @Nullable String token) {
        NavigableMap<String, Shape> all = bucket.configurationsById(kind);
        String after = token == null ? "" : PageToken.read(token);
        List<String> ids =
                all.tailMap(after, false).keySet().stream().limit(PAGE + 1L).toList();
        boolean more = ids.size() > PAGE;
        List<String> page = more ? ids.subList(0, PAGE) : ids;
        List<C> found = page.stream()
                .map(all::get)
                .filter(c -> c != null)
                .map(kind::cast)
                .toList();
        return new Page<>(found, more ? PageToken.after(page.getLast()) : null);
    }
}
