package io.pileus.kms.state;

/** The state of a KMS key, as DescribeKey shows it. */
public enum KeyState {
    Creating("is creating."),
    Enabled("is enabled."),
    Disabled("is disabled."),
    PendingDeletion("is pending deletion."),
    PendingImport("is pending import."),
    PendingReplicaDeletion("is pending replica deletion."),
    Unavailable("is unavailable."),
    Updating("is updating.");

    private final String words;

    KeyState(String words) {
        this.words = words;
    }

    /** The state in the words of AWS's error messages. */
    public String words() {
        return words;
    }
}
