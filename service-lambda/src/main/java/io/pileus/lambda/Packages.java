package io.pileus.lambda;

import io.pileus.core.port.ObjectStore;
import io.pileus.core.port.Ports;
import io.pileus.core.service.NotImplemented;
import io.pileus.core.shape.Blob;
import io.pileus.lambda.executor.CodeArchive;
import io.pileus.lambda.model.RequestTooLargeException;
import io.pileus.lambda.state.Code;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deployment packages and layers' archives as requests bring them: in the request, or in a bucket. */
final class Packages {
    /** The largest archive of a direct upload, zipped. */
    private static final int ZIP_BYTES_MAX = 50 * 1024 * 1024;

    private final Ports ports;

    Packages(Ports ports) {
        this.ports = ports;
    }

    /** Where an archive is: exactly one of both. */
    record Source(
            @Nullable Blob zipFile,
            @Nullable String bucket,
            @Nullable String key,
            @Nullable String objectVersion) {}

    Code fetch(Source source, String operation) {
        Blob zip = source.zipFile();
        if (zip != null && (source.bucket() != null || source.key() != null)) {
            throw LambdaErrors.invalid("Please do not provide other FunctionCode parameters when providing a ZipFile.");
        }
        if (zip == null && (source.bucket() == null || source.key() == null)) {
            throw LambdaErrors.invalid("Please provide a source for function code.");
        }
        if (zip != null && zip.size() > ZIP_BYTES_MAX) {
            throw RequestTooLargeException.builder()
                    .message("Request must be smaller than 70167211 bytes for the " + operation + " operation")
                    .type("User")
                    .build();
        }
        Blob bytes = zip == null ? object(source) : zip;
        if (bytes.size() == 0) {
            throw LambdaErrors.invalid("Uploaded file must be a non-empty zip");
        }
        if (!CodeArchive.isZip(bytes)) {
            throw LambdaErrors.notAnArchive();
        }
        try {
            return Code.of(bytes, CodeArchive.unzippedSize(bytes));
        } catch (CodeArchive.TooLargeException e) {
            throw LambdaErrors.invalid(
                    "Unzipped size must be smaller than " + CodeArchive.UNZIPPED_BYTES_MAX + " bytes");
        } catch (IOException e) {
            throw LambdaErrors.notAnArchive();
        }
    }

    private Blob object(Source source) {
        ObjectStore store = ports.find(ObjectStore.class)
                .orElseThrow(() -> NotImplemented.feature("Code from S3 while S3 is not enabled"));
        return switch (store.get(
                String.valueOf(source.bucket()),
                String.valueOf(source.key()),
                Optional.ofNullable(source.objectVersion()))) {
            case ObjectStore.Found found -> {
                if (found.body().size() > CodeArchive.UNZIPPED_BYTES_MAX) {
                    throw LambdaErrors.invalid(
                            "Unzipped size must be smaller than " + CodeArchive.UNZIPPED_BYTES_MAX + " bytes");
                }
                yield Blob.of(found.body().bytes());
            }
            case ObjectStore.GetFailed failed ->
                throw LambdaErrors.invalid("Error occurred while GetObject. S3 Error Code: " + failed.code()
                        + ". S3 Error Message: " + failed.message());
        };
    }
}
