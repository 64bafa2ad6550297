package io.pileus.firehose.delivery;

import io.pileus.core.shape.Blob;
import java.time.Instant;

/**
 * An object on its way into a bucket, as it is saved while it waits.
 *
 * @param begunAt when the first attempt was made
 */
public record SavedUpload(String bucket, String key, Blob body, Instant begunAt) {}
