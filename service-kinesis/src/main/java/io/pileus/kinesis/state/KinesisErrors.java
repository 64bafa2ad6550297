package io.pileus.kinesis.state;

import io.pileus.kinesis.model.ExpiredIteratorException;
import io.pileus.kinesis.model.ExpiredNextTokenException;
import io.pileus.kinesis.model.InvalidArgumentException;
import io.pileus.kinesis.model.LimitExceededException;
import io.pileus.kinesis.model.ProvisionedThroughputExceededException;
import io.pileus.kinesis.model.ResourceInUseException;
import io.pileus.kinesis.model.ResourceNotFoundException;
import io.pileus.kinesis.model.StreamStatus;
import io.pileus.kinesis.model.ValidationException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Kinesis's errors in AWS's words.
 *
 * @see <a href="https://docs.aws.amazon.com/kinesis/latest/APIReference/CommonErrors.html">Errors of the API reference</a>
 */
public final class KinesisErrors {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private KinesisErrors() {}

    // Streams

    public static ResourceNotFoundException streamNotFound(String name, String account) {
        return ResourceNotFoundException.of("Stream " + name + " under account " + account + " not found.");
    }

    public static ResourceInUseException streamExists(String name, String account) {
        return ResourceInUseException.of("Stream " + name + " under account " + account + " already exists.");
    }

    public static ResourceInUseException notActive(Stream stream, StreamStatus status) {
        return ResourceInUseException.of("Stream " + stream.name() + " under account " + stream.account()
                + " not ACTIVE, instead in state " + status.wire());
    }

    public static InvalidArgumentException invalid(String message) {
        return InvalidArgumentException.of(message);
    }

    public static ValidationException validation(String message) {
        return ValidationException.of(message);
    }

    public static InvalidArgumentException noStreamNamed() {
        return invalid("Must specify either StreamName or StreamARN.");
    }

    /** Seen, with its typographic apostrophe, in https://github.com/rebuy-de/aws-nuke/issues/497. */
    public static ResourceInUseException hasConsumers(Stream stream) {
        return ResourceInUseException.of("DeleteStream can\u2019t delete " + stream.account() + ":" + stream.name()
                + " because there are consumers associated with this data stream. To delete " + stream.name()
                + " anyway, set the EnforceConsumerDeletion parameter to true to force the deletion of all the consumers"
                + " that are associated with it.");
    }

    /** Seen, with its two spaces, in https://github.com/hashicorp/terraform-provider-aws/pull/1339. */
    public static LimitExceededException tooManyInCreation(String account, int limit) {
        return limit("This request would have exceed the limit on the number  of streams that can simultaneously be in"
                + " CREATING or DELETING for the account " + account + ". Limit: " + limit + ".");
    }

    public static LimitExceededException shardLimit(
            String account, String region, int current, int limit, int additional) {
        return LimitExceededException.of("This request would exceed the shard limit for the account " + account + " in "
                + region + ". Current shard count for the account: " + current + ". Limit: " + limit
                + ". Number of additional shards that would have resulted from this request: " + additional
                + ". Refer to the AWS Service Limits page"
                + " (https://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html)"
                + " for current limits and how to request higher limits.");
    }

    public static LimitExceededException limit(String message) {
        return LimitExceededException.of(message);
    }

    /** Seen in https://github.com/hashicorp/terraform-provider-aws/issues/38094. */
    public static LimitExceededException onDemandStreamLimit(String account, String region, int current, int limit) {
        return limit("This request would exceed the limit on the number of On-Demand streams for the account " + account
                + " in " + region + ". Current On-Demand streams count: " + current + ". Limit: " + limit + ".");
    }

    /** Seen in https://github.com/boto/botocore/pull/821, for DescribeStream. */
    public static LimitExceededException rateExceeded(String stream, String account) {
        return limit("Rate exceeded for stream " + stream + " under account " + account + ".");
    }

    /** Seen in https://github.com/Graylog2/graylog-plugin-integrations/issues/341, for ListStreams. */
    public static LimitExceededException rateExceeded(String account) {
        return limit("Rate exceeded for account " + account + ".");
    }

    public static ValidationException warmThroughputNeedsOnDemand() {
        return validation("WarmThroughputMiBps can only be set for ON_DEMAND streams.");
    }

    public static ValidationException warmThroughputNeedsCommitment() {
        return validation(
                "WarmThroughputMiBps can only be set when MinimumThroughputBillingCommitment is enabled for the"
                        + " account.");
    }

    public static ValidationException onDemand(Stream stream) {
        return validation("Request is invalid. Stream " + stream.arn() + " under account " + stream.account()
                + " is in On-Demand mode.");
    }

    // Shards

    public static ResourceNotFoundException shardNotFound(String shardId, Stream stream) {
        return ResourceNotFoundException.of("Could not find shard " + shardId + " in stream " + stream.name()
                + " under account " + stream.account() + ".");
    }

    public static ResourceNotFoundException shardDoesNotExist(String shardId, Stream stream) {
        return ResourceNotFoundException.of("Shard " + shardId + " in stream " + stream.name() + " under account "
                + stream.account() + " does not exist");
    }

    /** Seen in https://github.com/mhart/kinesalite/issues/109, which quotes AWS. */
    static InvalidArgumentException alreadyResharded(Shard shard, Stream stream) {
        return invalid("Shard " + shard.shardId() + " in stream " + stream.name() + " under account "
                + stream.account()
                + " has already been merged or split, and thus is not eligible for merging or splitting.");
    }

    static InvalidArgumentException badSplit(Shard shard, HashKey key, Stream stream) {
        return invalid("NewStartingHashKey " + key + " used in SplitShard() on shard " + shard.shardId()
                + " in stream " + stream.name() + " under account " + stream.account()
                + " is not both greater than one plus the shard's StartingHashKey "
                + shard.range().start() + " and less than the shard's EndingHashKey "
                + shard.range().end() + ".");
    }

    static InvalidArgumentException notAdjacent(Shard one, Shard other, Stream stream) {
        return invalid("Shards " + one.shardId() + " and " + other.shardId() + " in stream " + stream.name()
                + " under account " + stream.account() + " are not an adjacent pair of shards eligible for merging");
    }

    public static InvalidArgumentException badHashKey(String what) {
        return invalid(what + " is not a valid hash key: it must be less than 2^128.");
    }

    // Reading

    public static InvalidArgumentException invalidIterator() {
        return invalid("Invalid ShardIterator.");
    }

    public static ExpiredIteratorException expiredIterator(Instant createdAt, Instant now) {
        return ExpiredIteratorException.of("Iterator expired. The iterator was created at time "
                + DATE.format(createdAt)
                + " while right now it is " + DATE.format(now)
                + " which is further in the future than the tolerated delay of 300000 milliseconds.");
    }

    public static InvalidArgumentException notFromThisStream(
            String sequenceNumber, String operation, String shardId, Stream stream) {
        return invalid("StartingSequenceNumber " + sequenceNumber + " used in " + operation + " on shard " + shardId
                + " in stream " + stream.name() + " under account " + stream.account()
                + " is invalid because it did not come from this stream.");
    }

    /** The form of the sentence is seen in https://github.com/akkadotnet/Alpakka/pull/160. */
    public static InvalidArgumentException sequenceNumberNotWanted(String iteratorType) {
        return invalid("Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and StartingSequenceNumber"
                + " or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified " + iteratorType
                + " and also a StartingSequenceNumber.");
    }

    /** Seen in https://github.com/boto/boto3/issues/1478. */
    public static InvalidArgumentException fromOtherShard(SequenceNumber number, String shardId) {
        return invalid("Invalid StartingSequenceNumber. It encodes " + Shard.id(number.shardIndex())
                + ", while it was used in a call to " + shardId);
    }

    public static ExpiredNextTokenException expiredToken(String token) {
        return ExpiredNextTokenException.of("NextToken " + token + " has expired.");
    }

    /** Seen for StreamName, StreamARN, ExclusiveStartShardId and ShardFilter, as in https://github.com/apache/beam/issues/33478. */
    public static InvalidArgumentException beside(String parameter) {
        return invalid("NextToken and " + parameter + " cannot be provided together.");
    }

    public static InvalidArgumentException invalidToken() {
        return invalid("NextToken is invalid.");
    }

    // Writing

    public static ProvisionedThroughputExceededException throughput(String shardId, Stream stream) {
        return throughput(shardId, stream.name(), stream.account().id());
    }

    public static ProvisionedThroughputExceededException throughput(String shardId, String stream, String account) {
        return ProvisionedThroughputExceededException.of(
                "Rate exceeded for shard " + shardId + " in stream " + stream + " under account " + account + ".");
    }

    // Consumers

    public static ResourceNotFoundException consumerNotFound(String consumer, String account) {
        return ResourceNotFoundException.of("Consumer " + consumer + " under account " + account + " not found.");
    }

    public static ResourceInUseException consumerExists(String consumer, Stream stream) {
        return ResourceInUseException.of("Consumer " + consumer + " under stream " + stream.arn() + " already exists"
                + " for account " + stream.account() + ".");
    }

    /** Seen in https://github.com/awslabs/kinesis-hot-shard-advisor/issues/37, for SubscribeToShard. */
    public static ResourceInUseException consumerNotActive(Consumer consumer, Stream stream) {
        return ResourceInUseException.of("Consumer " + consumer.name() + " with creation timestamp "
                + consumer.createdAt().getEpochSecond() + " under stream: " + stream.name() + " , account "
                + stream.account() + " is not in ACTIVE status.");
    }

    public static ResourceInUseException alreadySubscribed(String consumerArn, String shardId) {
        return ResourceInUseException.of("Another active subscription exists for this consumer: " + consumerArn
                + " and shard: " + shardId + ".");
    }
}
