package io.pileus.core.identity;

import org.jspecify.annotations.Nullable;

/** An AWS account: 12 digits. */
public record AccountId(String id) implements Comparable<AccountId> {

    /** The account of callers whose access key names no other. */
    public static final AccountId DEFAULT = new AccountId("000000000000");

    public AccountId {
        if (!isValid(id)) {
            throw new IllegalArgumentException("an account id has 12 digits: " + id);
        }
    }

    public static boolean isValid(String text) {
        if (text.length() != 12) {
            return false;
        }
        for (int i = 0; i < 12; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AccountId that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public int compareTo(AccountId other) {
        return id.compareTo(other.id);
    }

    @Override
    public String toString() {
        return id;
    }
}
