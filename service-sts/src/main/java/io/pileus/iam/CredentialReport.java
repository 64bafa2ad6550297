package io.pileus.iam;

import io.pileus.iam.state.AccessKey;
import io.pileus.iam.state.IamAccount;
import io.pileus.iam.state.PasswordPolicyState;
import io.pileus.iam.state.SigningCertificate;
import io.pileus.iam.state.User;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The credential report: a line of comma-separated values for root and for each user. Nobody signs in to a console here, so
 * there is no {@code password_last_used}.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html">Credential reports</a>
 */
final class CredentialReport {
    private static final String COLUMNS = "user,arn,user_creation_time,password_enabled,password_last_used,"
            + "password_last_changed,password_next_rotation,mfa_active,access_key_1_active,"
            + "access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,"
            + "access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,"
            + "access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,"
            + "cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";

    private static final String NONE = "N/A";
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'+00:00'");

    private CredentialReport() {}

    /** Called under the account's lock. */
    static String of(IamAccount account) {
        List<String> lines = new ArrayList<>();
        lines.add(COLUMNS);
        lines.add(
                "<root_account>,arn:aws:iam::" + account.id() + ":root,N/A,not_supported,no_information,not_supported,"
                        + "not_supported,false,false,N/A,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A");
        account.users().values().forEach(user -> lines.add(line(account, user)));
        return String.join("\n", lines);
    }

    private static String line(IamAccount account, User user) {
        List<String> values = new ArrayList<>(List.of(user.name(), user.arn(), date(user.created())));
        if (user.loginProfile().isPresent()) {
            Instant changed = user.loginProfile().get().changed();
            int maxAge = account.passwordPolicy()
                    .map(PasswordPolicyState::maxAgeDays)
                    .orElse(0);
            values.addAll(List.of(
                    "true",
                    "no_information",
                    date(changed),
                    maxAge == 0 ? NONE : date(changed.plus(Duration.ofDays(maxAge)))));
        } else {
            values.addAll(List.of("false", NONE, NONE, NONE));
        }
        values.add(String.valueOf(!account.mfaDevicesOf(user).isEmpty()));
        for (int i = 0; i < IamLimits.ACCESS_KEYS_PER_USER; i++) {
            addAccessKey(values, user, i);
        }
        List<SigningCertificate> certificates =
                List.copyOf(user.signingCertificates().values());
        for (int i = 0; i < IamLimits.SIGNING_CERTIFICATES_PER_USER; i++) {
            boolean present = i < certificates.size();
            values.add(String.valueOf(present && certificates.get(i).status().equals("Active")));
            values.add(present ? date(certificates.get(i).uploaded()) : NONE);
        }
        return String.join(",", values);
    }

    private static void addAccessKey(List<String> values, User user, int index) {
        if (index >= user.accessKeys().size()) {
            values.addAll(List.of("false", NONE, NONE, NONE, NONE));
            return;
        }
        AccessKey key = user.accessKeys().get(index);
        values.addAll(List.of(String.valueOf(key.active()), date(key.created())));
        values.addAll(key.lastUsed()
                .map(used -> List.of(date(used.at()), used.region(), used.service()))
                .orElse(List.of(NONE, NONE, NONE)));
    }

    private static String date(Instant instant) {
        return DATE.format(instant.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
    }
}
