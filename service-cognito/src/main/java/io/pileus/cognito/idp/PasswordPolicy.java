package io.pileus.cognito.idp;

import io.pileus.cognito.idp.model.InvalidPasswordException;
import io.pileus.cognito.idp.model.PasswordHistoryPolicyViolationException;
import io.pileus.cognito.idp.model.PasswordPolicyType;
import io.pileus.cognito.idp.state.Password;
import io.pileus.cognito.idp.state.User;
import io.pileus.core.identity.Ids;
import io.pileus.core.service.AwsException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a pool asks of passwords.
 *
 * @see <a href="https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html">Passwords,
 *     account recovery, and password policies</a>
 */
public final class PasswordPolicy {
    /** The characters that count as symbols; a space counts unless it leads or trails. */
    private static final String SYMBOLS = "^$*.[]{}()?-\"!@#%&/\\,><':;|_~`+=";

    private PasswordPolicy() {}

    /** The policy of a pool that names none. */
    public static PasswordPolicyType defaults() {
        return PasswordPolicyType.builder()
                .minimumLength(8)
                .requireUppercase(true)
                .requireLowercase(true)
                .requireNumbers(true)
                .requireSymbols(true)
                .temporaryPasswordValidityDays(7)
                .build();
    }

    /** What the password lacks, in Cognito's words. */
    static Optional<String> violation(PasswordPolicyType policy, String password) {
        Integer minimum = policy.minimumLength();
        if (password.length() < (minimum == null ? 6 : minimum)) {
            return Optional.of("Password not long enough");
        }
        if (yes(policy.requireUppercase()) && password.chars().noneMatch(c -> c >= 'A' && c <= 'Z')) {
            return Optional.of("Password must have uppercase characters");
        }
        if (yes(policy.requireLowercase()) && password.chars().noneMatch(c -> c >= 'a' && c <= 'z')) {
            return Optional.of("Password must have lowercase characters");
        }
        if (yes(policy.requireNumbers()) && password.chars().noneMatch(c -> c >= '0' && c <= '9')) {
            return Optional.of("Password must have numeric characters");
        }
        boolean symbol = password.chars().anyMatch(c -> SYMBOLS.indexOf(c) >= 0)
                || password.strip().indexOf(' ') >= 0;
        if (yes(policy.requireSymbols()) && !symbol) {
            return Optional.of("Password must have symbol characters");
        }
        return Optional.empty();
    }

    /** Refuses a new user's password that breaks the policy. */
    public static void check(PasswordPolicyType policy, String password) {
        Optional<AwsException> failure = violation(policy, password)
                .map(what -> InvalidPasswordException.of("Password did not conform with policy: " + what));
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /** As {@link #check}, for a user that is there. */
    public static void checkChange(PasswordPolicyType policy, String password) {
        Optional<AwsException> failure = violation(policy, password)
                .map(what -> InvalidPasswordException.of("Password does not conform to policy: " + what));
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /** Refuses a password that the user has or has had, as far back as the policy's history goes. */
    public static void checkHistory(PasswordPolicyType policy, User user, String password) {
        int size = policy.passwordHistorySize() == null ? 0 : policy.passwordHistorySize();
        if (size == 0) {
            return;
        }
        List<Password> known = Stream.concat(user.password().stream(), user.history().stream())
                .limit(size)
                .toList();
        if (known.stream().anyMatch(old -> old.hash().matches(password))) {
            throw PasswordHistoryPolicyViolationException.of(
                    "Password has previously been used. Choose a different password.");
        }
    }

    /** A password that conforms to every policy of at most its length. */
    public static String generate(PasswordPolicyType policy, Ids ids) {
        Integer minimum = policy.minimumLength();
        int length = Math.max(8, minimum == null ? 8 : minimum);
        StringBuilder password = new StringBuilder(length);
        for (String alphabet : List.of("ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnopqrstuvwxyz", "23456789", "!@#%?_")) {
            password.append(alphabet.charAt(ids.below(alphabet.length())));
        }
        String all = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";
        while (password.length() < length) {
            password.append(all.charAt(ids.below(all.length())));
        }
        for (int i = password.length() - 1; i > 0; i--) {
            int j = ids.below(i + 1);
            char c = password.charAt(i);
            password.setCharAt(i, password.charAt(j));
            password.setCharAt(j, c);
        }
        return password.toString();
    }

    private static boolean yes(@org.jspecify.annotations.Nullable Boolean value) {
        return Boolean.TRUE.equals(value);
    }
}
