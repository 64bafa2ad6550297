package io.pileus.core.policy;

/** A text is no policy document; the message begins as AWS's and ends with the place. */
public final class MalformedPolicyException extends Exception {
    private static final long serialVersionUID = 1;
    private final int line;
    private final int column;

    /**
     * @param reason AWS's message
     * @param line the line, counted from 1; 0 when the fault has no place
     * @param column the column, counted from 1
     */
    public MalformedPolicyException(String reason, int line, int column) {
        super(line == 0 ? reason : reason + " (line " + line + ", column " + column + ")", null, false, false);
        this.line = line;
        this.column = column;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
