package io.pileus.cognito.idp;

import io.pileus.cognito.idp.model.*;
import io.pileus.cognito.idp.state.ImportJob;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    ListUserImportJobsResponse listUserImportJobs(ListUserImportJobsRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        Pages<ImportJob> page = Pages.of(pool.importJobs(), input.paginationToken(), input.maxResults(), 60);
        return ListUserImportJobsResponse.builder()
                .userImportJobs(page.items().stream()
                        .map(job -> aged(job, call.receivedAt()).type())
                        .toList())
                .paginationToken(page.nextToken().orElse(null))
                .build();
    }

    /** Takes the file that was put to the pre-signed URL; false when there is no such job waiting for one. */
    boolean upload(String poolId, String jobId, String csv) {
        return csv.length() <= CSV_CHARACTERS_MAX
                && realm.pools()
                        .withId(poolId)
                        .map(pool -> pool.importJobs()
                                .computeIfPresent(jobId, (id, job) -> new ImportJob(job.type(), Optional.of(csv))))
                        .isPresent();
    }

    StartUserImportJobResponse startUserImportJob(StartUserImportJobRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        ImportJob job = job(pool, input.jobId(), call.receivedAt());
        if (!"Created".equals(job.type().status())) {
            throw PreconditionNotMetException.of("The job is not in the Created state.");
        }
        if (job.csv().isEmpty()) {
            throw PreconditionNotMetException.of("There is no CSV file uploaded for the job.");
        }
        UserImportJobType done = run(pool, job, call);
        pool.importJobs().put(input.jobId(), new ImportJob(done, Optional.empty()));
        return StartUserImportJobResponse.builder().userImportJob(done).build();
    }

    StopUserImportJobResponse stopUserImportJob(StopUserImportJobRequest input, CallContext call) {
        UserPool pool = realm.pool(input.userPoolId(), call);
        ImportJob job = job(pool, input.jobId(), call.receivedAt());
        if (!"Pending".equals(job.type().status())
                && !"InProgress".equals(job.type().status())) {
            throw PreconditionNotMetException.of("The job is not running.");
        }
        UserImportJobType stopped = job.type().toBuilder().status("Stopped").build();
        pool.importJobs().put(input.jobId(), job.with(stopped));
        return StopUserImportJobResponse.builder().userImportJob(stopped).build();
    }

    private UserImportJobType run(UserPool pool, ImportJob job, CallContext call) {
        List<List<String>> rows = Csv.parse(job.csv().orElseThrow());
        UserImportJobType.Builder result =
                job.type().toBuilder().startDate(call.receivedAt()).completionDate(call.receivedAt());
        List<String> header = rows.isEmpty() ? List.of() : rows.getFirst();
        if (!header.contains("cognito:username") || !header.contains("cognito:mfa_enabled")) {
            return result.status("Failed")
                    .completionMessage("TheheadersintheCSVfiledonotmatchtheuserpool")
                    .build();
        }
        long imported = 0;
        long skipped = 0;
        long failed = 0;
        for (List<String> row : rows.subList(1, rows.size())) {
            switch (importUser(pool, header, row, call)) {
                case IMPORTED -> imported++;
                case SKIPPED -> skipped++;
                case FAILED -> failed++;
            }
        }
        return result.status(imported == 0 && failed > 0 ? "Failed" : "Succeeded")
                .importedUsers(imported)
                .skippedUsers(skipped)
                .failedUsers(failed)
                .completionMessage(
                        imported == 0 && failed > 0 ? "Toomanyfailedusers" : "Import_Job_Completed_Successfully")
                .build();
    }

    private enum Outcome {
        IMPORTED,
        SKIPPED,
        FAILED
    }

    private Outcome importUser(UserPool pool, List<String> header, List<String> row, CallContext call) {
        Map<String, String> attributes = new TreeMap<>();
        String username = "";
        boolean mfa = false;
        for (int i = 0; i < header.size() && i < row.size(); i++) {
            switch (header.get(i)) {
                case "cognito:username" -> username = row.get(i);
                case "cognito:mfa_enabled" -> mfa = row.get(i).equalsIgnoreCase("true");
                default -> {
                    if (!row.get(i).isEmpty()) {
                        attributes.put(header.get(i), lowerBoolean(row.get(i)));
                    }
                }
            }
        }
        boolean reachable = "true".equals(attributes.get("email_verified"))
                || "true".equals(attributes.get("phone_number_verified"));
        if (username.isEmpty() || !reachable) {
            return Outcome.FAILED;
        }
        try {
            User.Draft draft = newUsers.draft(pool, username, attributes, call.receivedAt());
            pool.schema().check(draft.attributes);
            pool.schema().checkRequired(draft.attributes);
            newUsers.checkNameFree(pool, draft, username, "User already exists");
            draft.status = UserStatusType.RESET_REQUIRED;
            draft.mfa = draft.mfa.withLegacySms(mfa);
            return pool.users().add(draft) ? Outcome.IMPORTED : Outcome.SKIPPED;
        } catch (UsernameExistsException e) {
            return Outcome.SKIPPED;
        } catch (AwsException e) {
            return Outcome.FAILED;
        }
    }

    private static String lowerBoolean(String value) {
        return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")
                ? value.toLowerCase(java.util.Locale.ROOT)
                : value;
    }

    /** The parts of RFC 4180 that import files use: commas, quotes, doubled quotes. */
    static final class Csv {
        private Csv() {}

        static List<List<String>> parse(String text) {
            List<List<String>> rows = new ArrayList<>();
            List<String> row = new ArrayList<>();
            StringBuilder field = new StringBuilder();
            boolean quoted = false;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (quoted) {
                    if (c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                        field.append('"');
                        i++;
                    } else if (c == '"') {
                        quoted = false;
                    } else {
                        field.append(c);
                    }
                } else if (c == '"') {
                    quoted = true;
                } else if (c == ',') {
                    row.add(field.toString());
                    field.setLength(0);
                } else if (c == '\n') {
                    endRow(rows, row, field);
                    row = new ArrayList<>();
                } else if (c != '\r') {
                    field.append(c);
                }
            }
            endRow(rows, row, field);
            return rows;
        }

        private static void endRow(List<List<String>> rows, List<String> row, StringBuilder field) {
            row.add(field.toString());
            field.setLength(0);
            if (row.size() > 1 || !row.getFirst().isEmpty()) {
                rows.add(row);
            }
        }
    }
}
