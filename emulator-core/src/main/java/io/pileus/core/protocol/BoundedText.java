package io.pileus.core.protocol;

/** A text that can be looked at only so often: ends a pattern that would otherwise try for hours. */
final class BoundedText implements CharSequence {
    private final CharSequence text;
    private final Budget budget;

    private static final class Budget {
        private long left;
    }

    /** Says that a pattern has looked too often. */
    static final class Exhausted extends RuntimeException {
        private Exhausted() {
            super("the pattern takes too long", null, false, false);
        }
    }

    private BoundedText(CharSequence text, Budget budget) {
        this.text = text;
        this.budget = budget;
    }

    static BoundedText of(String text, long looks) {
        Budget budget = new Budget();
        budget.left = looks;
        return new BoundedText(text, budget);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (--budget.left < 0) {
            throw new Exhausted();
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new BoundedText(text.subSequence(start, end), budget);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
