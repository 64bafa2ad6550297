package io.pileus.iam.state;

/**
 * An account's rules for passwords. Zero stands for a number that is not set.
 */
public record PasswordPolicyState(
        int minimumLength,
        boolean requireSymbols,
        boolean requireNumbers,
        boolean requireUppercase,
        boolean requireLowercase,
        boolean allowUsersToChange,
        int maxAgeDays,
        int reusePrevention,
        boolean hardExpiry) {}
