package io.pileus.sqs;

/** The rules for the names of queues. */
final class QueueName {
    private static final int LENGTH = 80;
    private static final String FIFO_SUFFIX = ".fifo";

    private QueueName() {}

    static boolean isValid(String name) {
        return isValidStandard(name) || isValidFifo(name);
    }

    static boolean isValidStandard(String name) {
        return !name.isEmpty() && name.length() <= LENGTH && hasOnlyNameCharacters(name);
    }

    /** The suffix counts towards the length. */
    static boolean isValidFifo(String name) {
        return name.length() <= LENGTH
                && name.length() > FIFO_SUFFIX.length()
                && name.endsWith(FIFO_SUFFIX)
                && hasOnlyNameCharacters(name.substring(0, name.length() - FIFO_SUFFIX.length()));
    }

    /** Letters, digits, hyphens and underscores, which batch entry ids and labels are made of, too. */
    static boolean hasOnlyNameCharacters(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean allowed =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
            if (!allowed) {
                return false;
            }
        }
        return true;
    }
}
