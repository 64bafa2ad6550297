package io.pileus.cognito.idp;

import static io.pileus.cognito.idp.Cognito.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.cognito.idp.model.*;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Imports of users from files, by the rules of the developer guide. */
class UserImportTest {
    private final Cognito cognito = Cognito.fresh();
    private final String pool = cognito.pool();

    private String job(String poolId) {
        return cognito.service
                .createUserImportJob(
                        CreateUserImportJobRequest.builder()
                                .userPoolId(poolId)
                                .jobName("job")
                                .cloudWatchLogsRoleArn("arn:aws:iam::000000000000:role/logs")
                                .build(),
                        cognito.call())
                .userImportJob()
                .jobId();
    }

    private UserImportJobType start(String poolId, String job) {
        return cognito.service
                .startUserImportJob(
                        StartUserImportJobRequest.builder()
                                .userPoolId(poolId)
                                .jobId(job)
                                .build(),
                        cognito.call())
                .userImportJob();
    }

    private UserImportJobType describe(String job) {
        return cognito.service
                .describeUserImportJob(
                        DescribeUserImportJobRequest.builder()
                                .userPoolId(pool)
                                .jobId(job)
                                .build(),
                        cognito.call())
                .userImportJob();
    }

    private List<String> header() {
        return cognito.service
                .getCSVHeader(GetCSVHeaderRequest.builder().userPoolId(pool).build(), cognito.call())
                .csvHeader();
    }

    /** A line of the file; MFA is off where the line does not say. */
    private String line(Map<String, String> values) {
        return header().stream()
                .map(name -> values.getOrDefault(name, name.equals("cognito:mfa_enabled") ? "FALSE" : ""))
                .collect(Collectors.joining(","));
    }

    private UserImportJobType run(String... lines) {
        String job = job(pool);
        String file = String.join(",", header()) + "\n" + String.join("\n", lines) + "\n";
        assertThat(cognito.service.uploadImport(pool, job, file)).isTrue();
        start(pool, job);
        return describe(job);
    }

    private static Map<String, String> reachable(String name) {
        return Map.of("cognito:username", name, "email", name + "@example.com", "email_verified", "TRUE");
    }

    @Test
    void importedUsersMustResetTheirPassword() {
        UserImportJobType done = run(
                line(reachable("anna")),
                line(Map.of(
                        "cognito:username", "bert",
                        "email", " bert@example.com ",
                        "email_verified", "true",
                        "name", "Bert\\, B.",
                        "birthdate", "02/01/1985")));
        assertThat(done.status()).isEqualTo("Succeeded");
        assertThat(done.completionMessage()).isEqualTo("Import Job Completed Successfully.");
        assertThat(done.importedUsers()).isEqualTo(2);
        AdminGetUserResponse bert = cognito.service.adminGetUser(
                AdminGetUserRequest.builder().userPoolId(pool).username("bert").build(), cognito.call());
        assertThat(bert.userStatus()).isEqualTo("RESET_REQUIRED");
        assertThat(bert.userAttributes())
                .contains(
                        attribute("name", "Bert, B."),
                        attribute("email", "bert@example.com"),
                        attribute("birthdate", "1985-02-01"));
    }

    @Test
    void usersWhoDoNotFitAreLeftOutAndCounted() {
        UserImportJobType done = run(
                line(reachable("anna")),
                line(reachable("anna")),
                line(Map.of("cognito:username", "unverified", "email", "u@example.com")),
                line(Map.of("cognito:username", "nowhere", "email_verified", "true")),
                line(Map.of("email", "nameless@example.com", "email_verified", "true")),
                line(Map.of(
                        "cognito:username",
                        "born",
                        "email",
                        "b@example.com",
                        "email_verified",
                        "true",
                        "birthdate",
                        "1985-02-01")),
                line(Map.of(
                        "cognito:username",
                        "second",
                        "email",
                        "s@example.com",
                        "email_verified",
                        "true",
                        "cognito:mfa_enabled",
                        "TRUE")),
                "too,few,columns");
        assertThat(done.status()).isEqualTo("Succeeded");
        assertThat(done.importedUsers()).isEqualTo(1);
        assertThat(done.skippedUsers()).isEqualTo(1);
        assertThat(done.failedUsers()).isEqualTo(6);
    }

    @Test
    void aFileOfWhichNobodyFitsFails() {
        UserImportJobType done = run(line(Map.of("cognito:username", "unverified", "email", "u@example.com")));
        assertThat(done.status()).isEqualTo("Failed");
        assertThat(done.completionMessage()).isEqualTo("Too many users have failed or been skipped during the import.");
    }

    @Test
    void allColumnsOfThePoolMustBeThereInAnyOrder() {
        String job = job(pool);
        cognito.service.uploadImport(pool, job, "cognito:username,cognito:mfa_enabled,email,email_verified\n");
        start(pool, job);
        assertThat(describe(job).status()).isEqualTo("Failed");

        String reversed = job(pool);
        cognito.service.uploadImport(pool, reversed, String.join(",", header().reversed()) + "\n");
        start(pool, reversed);
        assertThat(describe(reversed).status()).isEqualTo("Succeeded");
    }

    @Test
    void aStartedJobIsPendingAndCannotBeStartedAgainOrStopped() {
        String job = job(pool);
        cognito.service.uploadImport(pool, job, String.join(",", header()) + "\n");
        UserImportJobType started = start(pool, job);
        assertThat(started.status()).isEqualTo("Pending");
        assertThat(started.startDate()).isEqualTo(cognito.env.now());
        assertThatThrownBy(() -> start(pool, job)).isInstanceOf(PreconditionNotMetException.class);
        assertThatThrownBy(() -> cognito.service.stopUserImportJob(
                        StopUserImportJobRequest.builder()
                                .userPoolId(pool)
                                .jobId(job)
                                .build(),
                        cognito.call()))
                .isInstanceOf(PreconditionNotMetException.class);
    }

    @Test
    void aPoolThatVerifiesNothingImportsNobody() {
        String plain = cognito.pool(p -> p);
        String job = job(plain);
        cognito.service.uploadImport(plain, job, "cognito:username\n");
        assertThatThrownBy(() -> start(plain, job)).isInstanceOf(PreconditionNotMetException.class);
    }

    @Test
    void anUploadMustComeWithinAQuarterOfAnHour() {
        String job = job(pool);
        cognito.advance(Duration.ofMinutes(15));
        assertThat(cognito.service.uploadImport(pool, job, "cognito:username\n"))
                .isFalse();
    }

    @Test
    void theLatestJobIsListedFirst() {
        String first = job(pool);
        cognito.advance(Duration.ofSeconds(1));
        String second = job(pool);
        ListUserImportJobsResponse page = cognito.service.listUserImportJobs(
                ListUserImportJobsRequest.builder()
                        .userPoolId(pool)
                        .maxResults(1)
                        .build(),
                cognito.call());
        assertThat(page.userImportJobs()).extracting(UserImportJobType::jobId).containsExactly(second);
        assertThat(cognito.service
                        .listUserImportJobs(
                                ListUserImportJobsRequest.builder()
                                        .userPoolId(pool)
                                        .maxResults(1)
                                        .paginationToken(page.paginationToken())
                                        .build(),
                                cognito.call())
                        .userImportJobs())
                .extracting(UserImportJobType::jobId)
                .containsExactly(first);
    }
}
