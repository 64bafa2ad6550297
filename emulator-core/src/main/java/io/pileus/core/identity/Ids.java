package io.pileus.core.identity;

/**
 * The one source of ids and chance. Seedable, so that a run can be repeated; safe for concurrent use.
 */
public interface Ids {

    /** A random UUID (version 4) in its canonical form. */
    String uuid();

    /** Lower-case hexadecimal digits. */
    String hex(int length);

    /** Upper-case letters and digits, as access key ids and role ids have them. */
    String upperAlphanumeric(int length);

    /** Letters of both cases and digits. */
    String alphanumeric(int length);

    /** Decimal digits. */
    String digits(int length);

    byte[] bytes(int length);

    /** Uniform in [0, bound). */
    int below(int bound);

    /** Uniform in [0, 1). */
    double fraction();
}
