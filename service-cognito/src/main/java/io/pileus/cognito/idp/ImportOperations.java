package io.pileus.cognito.idp;

import io.pileus.cognito.idp.model.*;
import io.pileus.cognito.idp.state.ImportJob;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.core.service.CallContext;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Imports of users from a CSV file. The file is put to the job's pre-signed URL, which is served here; the import runs
 * when it is started.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool.html">Importing
 *     users into user pools from a CSV file</a>
 */
final class ImportOperations {
    private static final int JOBS_MAX = 1_000;
    private static final int CSV_CHARACTERS_MAX = 100 * 1024 * 1024;
    private static final Duration UPLOADED_WITHIN = Duration.ofMinutes(15);
    private static final Duration STARTED_WITHIN = Duration.ofHours(24);
    private final Realm realm;
    private final NewUsers newUsers;

    ImportOperations(Realm realm) {
        this.realm = realm;
        this.newUsers = new NewUsers(realm);
    }

    CreateUserImportJobResponse createUserImportJob(CreateUserImportJobRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        if (pool.importJobs().size() >= JOBS_MAX) {
            throw LimitExceededException.of("Exceeded the limit of user import jobs.");
        }
        String id = "import-" + realm.env().ids().alphanumeric(10);
        UserImportJobType job = UserImportJobType.builder()
                .jobName(input.jobName())
                .jobId(id)
                .userPoolId(pool.id())
                .preSignedUrl(realm.base(call) + "/_pileus/cognito/" + pool.id() + "/imports/" + id)
                .creationDate(call.receivedAt())
                .status("Created")
                .cloudWatchLogsRoleArn(input.cloudWatchLogsRoleArn())
                .importedUsers(0L)
                .skippedUsers(0L)
                .failedUsers(0L)
                .build();
        pool.importJobs().put(id, new ImportJob(job, Optional.empty()));
        return CreateUserImportJobResponse.builder().userImportJob(job).build();
    }

    /** A job that nobody starts within a day is expired, and its file forgotten. */
    private static ImportJob aged(ImportJob job, Instant now) {
        boolean expired = "Created".equals(job.type().status())
                && !now.isBefore(job.type().creationDate().plus(STARTED_WITHIN));
        return expired ? new ImportJob(job.type().toBuilder().status("Expired").build(), Optional.empty()) : job;
    }

    private static ImportJob job(UserPool pool, String id, Instant now) {
        ImportJob job = pool.importJobs().get(id);
        if (job == null) {
            throw ResourceNotFoundException.of("Requested resource not found");
        }
        return aged(job, now);
    }

    DescribeUserImportJobResponse describeUserImportJob(DescribeUserImportJobRequest input, CallContext call) {
        return DescribeUserImportJobResponse.builder()
                .userImportJob(job(realm.pool(input.userPoolId(), call), input.jobId(), call.receivedAt())
                        .type())
                .build();
    }

    /** The latest job first. */
    ListUserImportJobsResponse listUserImportJobs(ListUserImportJobsRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        NavigableMap<String, ImportJob> latestFirst = new TreeMap<>();
        pool.importJobs().forEach((id, job) -> {
            long age = Long.MAX_VALUE - job.type().creationDate().toEpochMilli();
            latestFirst.put(String.format("%019d/%s", age, id), job);
        });
        Pages<ImportJob> page = Pages.of(latestFirst, input.paginationToken(), input.maxResults(), 60);
        return ListUserImportJobsResponse.builder()
                .userImportJobs(page.items().stream()
                        .map(job -> aged(job, call.receivedAt()).type())
                        .toList())
                .paginationToken(page.nextToken().orElse(null))
                .build();
    }

    /** Takes the file that was put to the pre-signed URL; false when no job waits for one at this URL any more. */
    boolean upload(String poolId, String jobId, String csv) {
        Optional<ImportJob> job =
                realm.pools().withId(poolId).map(pool -> pool.importJobs().get(jobId));
        boolean waits = job.filter(waiting -> waiting.type().status().equals("Created"))
                .filter(waiting -> realm.env()
                        .clock()
                        .instant()
                        .isBefore(waiting.type().creationDate().plus(UPLOADED_WITHIN)))
                .isPresent();
        if (!waits || csv.length() > CSV_CHARACTERS_MAX) {
            return false;
        }
        realm.pools()
                .withId(poolId)
                .ifPresent(pool -> pool.importJobs()
                        .computeIfPresent(jobId, (id, waiting) -> new ImportJob(waiting.type(), Optional.of(csv))));
        return true;
    }

    /** The job is done when this returns, but the answer is as AWS's, where it waits for its turn. */
    StartUserImportJobResponse startUserImportJob(StartUserImportJobRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        ImportJob job = job(pool, input.jobId(), call.receivedAt());
        if (!"Created".equals(job.type().status())) {
            throw PreconditionNotMetException.of("The job is not in the Created state.");
        }
        if (job.csv().isEmpty()) {
            throw PreconditionNotMetException.of("There is no CSV file uploaded for the job.");
        }
        if (pool.settings().autoVerifiedAttributes().isEmpty()) {
            throw PreconditionNotMetException.of("The user pool has no auto verified attributes.");
        }
        UserImportJobType started = job.type().toBuilder()
                .status("Pending")
                .startDate(call.receivedAt())
                .build();
        UserImport.Outcome outcome = new UserImport(pool, input.jobId(), newUsers, call.receivedAt())
                .run(job.csv().orElseThrow());
        UserImportJobType done = started.toBuilder()
                .status(outcome.succeeded() ? "Succeeded" : "Failed")
                .completionDate(call.receivedAt())
                .completionMessage(outcome.message())
                .importedUsers(outcome.imported())
                .skippedUsers(outcome.skipped())
                .failedUsers(outcome.failed())
                .build();
        pool.importJobs().put(input.jobId(), new ImportJob(done, Optional.empty()));
        return StartUserImportJobResponse.builder().userImportJob(started).build();
    }

    /** Jobs run within the call that starts them, so there is never one to stop. */
    StopUserImportJobResponse stopUserImportJob(StopUserImportJobRequest input, CallContext call) {
        job(realm.pool(input.userPoolId(), call), input.jobId(), call.receivedAt());
        throw PreconditionNotMetException.of("The job is not running.");
    }
}
