package io.pileus.firehose.delivery;

import java.util.Locale;

/** The kinds of destination, named as their members in the API begin. */
public enum DestinationKind {
    S3("S3", "s3-failed", 5, 300),
    EXTENDED_S3("ExtendedS3", "s3-failed", 5, 300),
    REDSHIFT("Redshift", "redshift-failed", 5, 300),
    ELASTICSEARCH("Elasticsearch", "elasticsearch-failed", 5, 300),
    OPENSEARCH("Amazonopensearchservice", "amazonopensearchservice-failed", 5, 300),
    OPENSEARCH_SERVERLESS("AmazonOpenSearchServerless", "amazonopensearchserverless-failed", 5, 300),
    SPLUNK("Splunk", "splunk-failed", 5, 60),
    HTTP_ENDPOINT("HttpEndpoint", "http-endpoint-failed", 5, 300),
    SNOWFLAKE("Snowflake", "snowflake-failed", 128, 0),
    ICEBERG("Iceberg", "iceberg-failed", 5, 300);

    private final String prefix;
    private final String errorOutputType;
    private final int sizeMib;
    private final int intervalSeconds;

    DestinationKind(String prefix, String errorOutputType, int sizeMib, int intervalSeconds) {
        this.prefix = prefix;
        this.errorOutputType = errorOutputType;
        this.sizeMib = sizeMib;
        this.intervalSeconds = intervalSeconds;
    }

    /** The member of CreateDeliveryStream. */
    public String configurationMember() {
        return prefix + "DestinationConfiguration";
    }

    /** The member of UpdateDestination. */
    public String updateMember() {
        return prefix + "DestinationUpdate";
    }

    /** The member of DescribeDeliveryStream's destinations. */
    public String descriptionMember() {
        return prefix + "DestinationDescription";
    }

    /** What the folder of records that could not be delivered is called. */
    public String errorOutputType() {
        return errorOutputType;
    }

    public int sizeMib() {
        return sizeMib;
    }

    public int intervalSeconds() {
        return intervalSeconds;
    }

    /** Whether its own settings are those of a bucket. */
    public boolean isS3() {
        return this == S3 || this == EXTENDED_S3;
    }

    /** Whether it is one of OpenSearch's. */
    public boolean isSearch() {
        return this == ELASTICSEARCH || this == OPENSEARCH || this == OPENSEARCH_SERVERLESS;
    }

    /** Whether its buffering hints stand in its S3 configuration. */
    public boolean buffersAsS3() {
        return this == REDSHIFT;
    }

    /** Whether it is kept as state only: its records go to the bucket of its S3 configuration. */
    public boolean isStaged() {
        return this == REDSHIFT || this == SNOWFLAKE || this == ICEBERG;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
