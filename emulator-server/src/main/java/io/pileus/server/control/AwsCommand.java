package io.pileus.server.control;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.dispatch.RequestLog;
import io.pileus.core.identity.AccountId;

/**
 * A request as a command line of the AWS CLI that does the same. Its input is JSON in one argument, which every operation takes.
 * Masked secrets stay masked, and what a file holds (an object's bytes) is not in it.
 */
final class AwsCommand {
    private AwsCommand() {}

    /** @param input the input with secrets masked */
    static String of(RequestLog.Entry entry, JsonNode input, String endpoint) {
        StringBuilder command = new StringBuilder();
        if (!entry.account().isEmpty() && !entry.account().equals(AccountId.DEFAULT.id())) {
            command.append("AWS_ACCESS_KEY_ID=").append(entry.account()).append(" AWS_SECRET_ACCESS_KEY=test ");
        }
        command.append("aws --endpoint-url ").append(endpoint);
        if (!entry.region().isEmpty()) {
            command.append(" --region ").append(entry.region());
        }
        command.append(' ').append(entry.service().equals("s3") ? "s3api" : entry.service());
        command.append(' ').append(withHyphens(entry.operation()));
        if (!input.isEmpty()) {
            command.append(" --cli-input-json ").append(quoted(input.toString()));
        }
        return command.toString();
    }

    /** Such as {@code list-mfa-devices} for {@code ListMFADevices}: the CLI's names of operations. */
    static String withHyphens(String operation) {
        String name = operation;
        // A plural of capitals, as in TagARNs, is one word.
        if (name.length() > 2
                && name.endsWith("s")
                && Character.isUpperCase(name.charAt(name.length() - 2))
                && Character.isUpperCase(name.charAt(name.length() - 3))) {
            name = name.substring(0, name.length() - 1) + "S";
        }
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c) && i > 0) {
                boolean afterSmall = !Character.isUpperCase(name.charAt(i - 1));
                boolean beforeSmall = i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1));
                if (afterSmall || beforeSmall) {
                    words.append('-');
                }
            }
            words.append(Character.toLowerCase(c));
        }
        return words.toString();
    }

    /** In single quotes, as a POSIX shell reads them. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
