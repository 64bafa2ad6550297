package io.pileus.firehose;

/**
 * Firehose's limits.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/limits.html">Quotas</a>
 */
final class FirehoseLimits {
    /** The most delivery streams of an account in a region. */
    static final int DELIVERY_STREAMS_MAX = 5000;

    /** What PutRecordBatch takes, data only: 4 MiB. */
    static final int BATCH_BYTES_MAX = 4 * 1024 * 1024;

    static final int TAGS_MAX = 50;
    static final int PAGE_DEFAULT = 10;

    /** A delivery stream has one destination, whose id is always this. */
    static final String DESTINATION_ID = "destinationId-000000000001";

    private FirehoseLimits() {}
}
