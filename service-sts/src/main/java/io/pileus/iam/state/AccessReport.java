package io.pileus.iam.state;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which services an entity or policy gives access to, and when that access was last used: the result of a job.
 *
 * @param granularity {@code SERVICE_LEVEL} or {@code ACTION_LEVEL}
 */
public record AccessReport(String jobId, Instant created, String granularity, List<Service> services) {

    /** @param entities who can use the access, with when each last did, in the order of their ARNs */
    public record Service(String namespace, List<Entity> entities) {}

    /** A user or role as it was when the report was made. */
    public record Entity(
            String arn,
            String name,
            String kind,
            String id,
            String path,
            Optional<Accesses.Access> last,
            Map<String, Accesses.Access> actions) {}
}
