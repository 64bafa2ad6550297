package io.pileus.s3;

import io.pileus.core.shape.Blob;
import java.time.Instant;
import java.util.Map;

/** A part of an upload as it is saved. */
record SavedUploadPart(
        String bucket,
        String uploadId,
        int number,
        SavedBody body,
        Blob md5,
        Map<String, String> sums,
        String eTag,
        Instant at) {}
