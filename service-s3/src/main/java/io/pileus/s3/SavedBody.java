package io.pileus.s3;

import io.pileus.core.shape.Blob;
import org.jspecify.annotations.Nullable;

/**
 * A body as it is saved: its bytes, or the name of its file.
 *
 * @param bytes null when the body lies in a file
 * @param file the file's name in the {@link BodyStore}; null when the bytes are here
 * @param size in bytes
 */
record SavedBody(@Nullable Blob bytes, @Nullable String file, long size) {}
