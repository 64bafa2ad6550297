package io.pileus.cognito.idp;

import io.pileus.cognito.idp.model.UserStatusType;
import io.pileus.cognito.idp.model.UsernameExistsException;
import io.pileus.cognito.idp.state.User;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.core.service.AwsException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of an import: the users of a file, a line each, of whom those that fit become users who must set a password. What
 * AWS writes to CloudWatch about lines that were left out goes to our log: line numbers and reasons, nothing of the users.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool.html">Importing
 *     users into user pools from a CSV file</a>
 */
final class UserImport {
    private static final Logger LOG = LoggerFactory.getLogger(UserImport.class);
    private static final String USERNAME = "cognito:username";
    private static final String MFA = "cognito:mfa_enabled";
    private static final int USERS_MAX = 500_000;
    private static final int LINE_CHARACTERS_MAX = 16_000;
    private static final DateTimeFormatter BIRTHDATE =
            DateTimeFormatter.ofPattern("MM/dd/uuuu", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private final UserPool pool;
    private final String jobId;
    private final NewUsers newUsers;
    private final Instant now;
    private long imported;
    private long skipped;
    private long failed;

    UserImport(UserPool pool, String jobId, NewUsers newUsers, Instant now) {
        this.pool = pool;
        this.jobId = jobId;
        this.newUsers = newUsers;
        this.now = now;
    }

    /**
     * How it ended.
     *
     * @param succeeded whether the file could be read and not all of its users were left out
     */
    record Outcome(boolean succeeded, String message, long imported, long skipped, long failed) {}

    Outcome run(String file) {
        List<String> lines = file.lines().toList();
        List<String> header = lines.isEmpty() ? List.of() : fields(lines.getFirst());
        boolean known = header.size() == new HashSet<>(header).size()
                && new HashSet<>(header).equals(new HashSet<>(UserPoolOperations.csvHeader(pool)));
        if (!known) {
            return new Outcome(
                    false, "The headers in the CSV file do not match the headers of the user pool.", 0, 0, 0);
        }
        if (lines.size() > USERS_MAX + 1) {
            return new Outcome(false, "The CSV file has more than " + USERS_MAX + " users.", 0, 0, 0);
        }
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                importLine(header, lines.get(i), i + 1);
            }
        }
        boolean none = imported == 0 && failed + skipped > 0;
        return new Outcome(
                !none,
                none
                        ? "Too many users have failed or been skipped during the import."
                        : "Import Job Completed Successfully.",
                imported,
                skipped,
                failed);
    }

    private void importLine(List<String> header, String line, int number) {
        try {
            importUser(header, line);
            imported++;
        } catch (UsernameExistsException e) {
            skipped++;
            LOG.info("{} [SKIPPED] Line Number {} - The user already exists.", jobId, number);
        } catch (AwsException e) {
            failed++;
            LOG.info(
                    "{} [FAILED] Line Number {} - {}",
                    jobId,
                    number,
                    e.getMessage().strip());
        }
    }

    private void importUser(List<String> header, String line) {
        if (line.length() > LINE_CHARACTERS_MAX) {
            throw CognitoErrors.invalidParameter("The row is longer than " + LINE_CHARACTERS_MAX + " characters.");
        }
        List<String> fields = fields(line);
        if (fields.size() != header.size()) {
            throw CognitoErrors.invalidParameter("The row does not have as many columns as the header.");
        }
        Map<String, String> attributes = new TreeMap<>();
        for (int i = 0; i < header.size(); i++) {
            if (!fields.get(i).isEmpty()) {
                attributes.put(header.get(i), fields.get(i));
            }
        }
        String username = attributes.getOrDefault(USERNAME, "");
        if (username.isEmpty() || username.chars().anyMatch(Character::isWhitespace)) {
            throw CognitoErrors.invalidParameter(USERNAME + " must be given and have no spaces or tabs.");
        }
        boolean mfa = mfa(attributes.getOrDefault(MFA, ""));
        attributes.keySet().removeAll(List.of(USERNAME, MFA));
        attributes.replaceAll(this::converted);
        checkVerified(attributes);
        User.Draft draft = newUsers.draft(pool, username, attributes, now);
        pool.schema().check(draft.attributes);
        pool.schema().checkRequired(draft.attributes);
        newUsers.checkNameFree(pool, draft, username, "User already exists");
        newUsers.claimAliases(pool, draft.username, draft.attributes, false);
        draft.status = UserStatusType.RESET_REQUIRED;
        draft.mfa = draft.mfa.withLegacySms(mfa);
        if (!pool.users().add(draft)) {
            throw CognitoErrors.usernameExists();
        }
    }

    /** Whether the user shall have a second factor, which must fit whether the pool wants one. */
    private boolean mfa(String value) {
        boolean on = value.equalsIgnoreCase("true");
        boolean off = value.equalsIgnoreCase("false");
        boolean fits = switch (String.valueOf(pool.settings().mfaConfiguration())) {
            case "ON" -> on;
            case "OPTIONAL" -> on || off;
            default -> off;
        };
        if (!fits) {
            throw CognitoErrors.invalidParameter(MFA + " does not fit the MFA configuration of the user pool.");
        }
        return on;
    }

    /** Truth in small letters, and a date of birth, which the file has in the American order, as the schema wants it. */
    private String converted(String name, String value) {
        boolean truth = value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
        if (truth) {
            return value.toLowerCase(Locale.ROOT);
        }
        if (!name.equals("birthdate")) {
            return value;
        }
        try {
            return LocalDate.parse(value, BIRTHDATE).toString();
        } catch (DateTimeException e) {
            throw CognitoErrors.invalidParameter("birthdate must be in the format mm/dd/yyyy.");
        }
    }

    private void checkVerified(Map<String, String> attributes) {
        for (String attribute : List.of("email", "phone_number")) {
            if ("true".equals(attributes.get(attribute + "_verified")) && !attributes.containsKey(attribute)) {
                throw CognitoErrors.invalidParameter(
                        attribute + " is required where " + attribute + "_verified is true.");
            }
        }
        boolean reachable = pool.settings().autoVerifiedAttributes().stream()
                .anyMatch(attribute -> "true".equals(attributes.get(attribute + "_verified")));
        if (!reachable) {
            throw CognitoErrors.invalidParameter("The User Record does not set any of the auto verified attributes to"
                    + " true. (Example: email_verified to true).");
        }
    }

    /** The fields between the commas, without the space around them; a backslash makes a comma part of a field. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length() && line.charAt(i + 1) == ',') {
                field.append(',');
                i++;
            } else if (c == ',') {
                fields.add(field.toString().strip());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString().strip());
        return fields;
    }
}
