package io.pileus.s3;

import io.pileus.core.service.CallContext;
import io.pileus.core.service.CallsInterceptor;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.shape.Shape;
import io.pileus.s3.model.GetObjectAttributesRequest;
import io.pileus.s3.model.GetObjectRequest;
import io.pileus.s3.model.HeadObjectRequest;
import io.pileus.s3.model.ListObjectVersionsRequest;
import org.jspecify.annotations.Nullable;

/**
 * The API, with a look at each call of another account before it is answered, at who is told that an object is not there,
 * and with versions in the order of S3's XML.
 */
final class GuardedApi extends CallsInterceptor {
    private final ForeignAccess access;
    private final VersionListing versions;

    GuardedApi(ServiceApi api, ForeignAccess access, VersionListing versions) {
        super(api);
        this.access = access;
        this.versions = versions;
    }

    @Override
    public Object call(Operation operation, Shape input, CallContext call) {
        access.check(operation.name(), input, call);
        try {
            return input instanceof ListObjectVersionsRequest list
                    ? versions.listObjectVersions(list, call)
                    : api.call(operation, input, call);
        } catch (S3Error e) {
            if (e.code().equals("NoSuchKey")) {
                String bucket = bucketRead(input);
                if (bucket != null) {
                    access.checkMayKnow(bucket, call);
                }
            }
            throw e;
        }
    }

    /** The bucket that an object was to be read from. */
    private static @Nullable String bucketRead(Shape input) {
        return switch (input) {
            case GetObjectRequest get -> get.bucket();
            case HeadObjectRequest head -> head.bucket();
            case GetObjectAttributesRequest attributes -> attributes.bucket();
            default -> null;
        };
    }
}
