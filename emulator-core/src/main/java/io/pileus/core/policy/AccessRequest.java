package io.pileus.core.policy;

/**
 * What is asked of the policies.
 *
 * @param subject who asks
 * @param action the action, such as {@code sqs:SendMessage}
 * @param resource the resource's ARN, or {@code *} for actions that are about none
 * @param resourceAccount the account that owns the resource; empty where it is the caller's own
 */
public record AccessRequest(
        Subject subject, String action, String resource, String resourceAccount, RequestContext context) {

    /** Whether the resource belongs to another account than the caller. */
    boolean crossAccount() {
        return !resourceAccount.isEmpty() && !subject.account().isEmpty() && !resourceAccount.equals(subject.account());
    }
}
