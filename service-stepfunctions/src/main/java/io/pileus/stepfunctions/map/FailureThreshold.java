package io.pileus.stepfunctions.map;

/**
 * How many items of a Map run may fail.
 *
 * @param count of items; 0 for no count
 * @param percentage of all items; 0 for no percentage
 */
public record FailureThreshold(long count, double percentage) {

    /** Whether too many failed: more than either of the two that are set, or any when none is. */
    public boolean exceeded(long failedItems, long allItems) {
        if (failedItems == 0) {
            return false;
        }
        boolean byCount = count > 0 && failedItems > count;
        boolean byPercentage = percentage > 0 && failedItems * 100.0 / allItems > percentage;
        return byCount || byPercentage || count == 0 && percentage == 0;
    }
}
