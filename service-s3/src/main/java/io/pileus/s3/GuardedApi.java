package io.pileus.s3;

import io.pileus.core.service.CallContext;
import io.pileus.core.service.CallsInterceptor;
import io.pileus.core.service.Operation;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.shape.Shape;
import io.pileus.s3.model.ListObjectVersionsRequest;

/** The API, with a look at each call of another account before it is answered, and with versions in the order of S3's XML. */
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
        return input instanceof ListObjectVersionsRequest list
                ? versions.listObjectVersions(list, call)
                : api.call(operation, input, call);
    }
}
