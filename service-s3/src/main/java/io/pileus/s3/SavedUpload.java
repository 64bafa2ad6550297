package io.pileus.s3;

import org.jspecify.annotations.Nullable;

/**
 * A multipart upload under way as it is saved; its parts are saved beside it.
 *
 * @param draft the object to be, without a body
 */
record SavedUpload(String id, SavedObject draft, @Nullable String algorithm, String checksumType, String initiator) {}
