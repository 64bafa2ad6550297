package io.pileus.kinesis;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.port.StreamReader;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.shape.Blob;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import io.pileus.kinesis.model.*;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Amazon Kinesis Data Streams: its operations, each in one line. */
public final class KinesisService implements EmulatedService, KinesisOperations {
    private final Streams streams = new Streams();
    private final Seal seal;
    private final RequestRates rates;
    private final StreamOperations streamOperations;
    private final SettingsOperations settings;
    private final ShardOperations shards;
    private final RecordOperations records;
    private final ReadOperations reads;
    private final ConsumerOperations consumers;
    private final TagOperations tags;

    public KinesisService(ServiceEnvironment environment) {
        KinesisLimits limits = KinesisLimits.of(environment.settings());
        StreamKeys keys = new StreamKeys(environment.ports());
        rates = new RequestRates(limits);
        seal = new Seal(environment.ids().bytes(32), () -> environment.ids().bytes(12));
        streamOperations = new StreamOperations(streams, limits, environment.ids(), seal);
        settings = new SettingsOperations(streams, streamOperations, limits, keys);
        shards = new ShardOperations(streams, streamOperations, limits, seal);
        records = new RecordOperations(streams, limits, keys, environment.ids());
        reads = new ReadOperations(streams, limits, keys, environment.ids(), seal);
        consumers = new ConsumerOperations(streams, limits, keys, seal, environment.clock(), environment.timers());
        tags = new TagOperations(streams);
        environment
                .ports()
                .deliveries()
                .register(
                        "kinesis", new StreamDeliveries(streams, limits, keys, environment.ids(), environment.clock()));
        environment.ports().provide(StreamReader.class, new ShardReader(streams, environment.clock()));
    }

    // Streams

    @Override
    public CreateStreamResponse createStream(CreateStreamInput input, CallContext call) {
        return streamOperations.createStream(input, call);
    }

    @Override
    public DeleteStreamResponse deleteStream(DeleteStreamInput input, CallContext call) {
        return streamOperations.deleteStream(input, call);
    }

    @Override
    public DescribeStreamOutput describeStream(DescribeStreamInput input, CallContext call) {
        return streamOperations.describeStream(input, call);
    }

    @Override
    public DescribeStreamSummaryOutput describeStreamSummary(DescribeStreamSummaryInput input, CallContext call) {
        return streamOperations.describeStreamSummary(input, call);
    }

    @Override
    public ListStreamsOutput listStreams(ListStreamsInput input, CallContext call) {
        return streamOperations.listStreams(input, call);
    }

    @Override
    public DescribeLimitsOutput describeLimits(DescribeLimitsInput input, CallContext call) {
        return streamOperations.describeLimits(input, call);
    }

    // Settings

    @Override
    public IncreaseStreamRetentionPeriodResponse increaseStreamRetentionPeriod(
            IncreaseStreamRetentionPeriodInput input, CallContext call) {
        return settings.increaseStreamRetentionPeriod(input, call);
    }

    @Override
    public DecreaseStreamRetentionPeriodResponse decreaseStreamRetentionPeriod(
            DecreaseStreamRetentionPeriodInput input, CallContext call) {
        return settings.decreaseStreamRetentionPeriod(input, call);
    }

    @Override
    public StartStreamEncryptionResponse startStreamEncryption(StartStreamEncryptionInput input, CallContext call) {
        return settings.startStreamEncryption(input, call);
    }

    @Override
    public StopStreamEncryptionResponse stopStreamEncryption(StopStreamEncryptionInput input, CallContext call) {
        return settings.stopStreamEncryption(input, call);
    }

    @Override
    public EnhancedMonitoringOutput enableEnhancedMonitoring(EnableEnhancedMonitoringInput input, CallContext call) {
        return settings.enableEnhancedMonitoring(input, call);
    }

    @Override
    public EnhancedMonitoringOutput disableEnhancedMonitoring(DisableEnhancedMonitoringInput input, CallContext call) {
        return settings.disableEnhancedMonitoring(input, call);
    }

    @Override
    public UpdateStreamModeResponse updateStreamMode(UpdateStreamModeInput input, CallContext call) {
        return settings.updateStreamMode(input, call);
    }

    @Override
    public UpdateMaxRecordSizeResponse updateMaxRecordSize(UpdateMaxRecordSizeInput input, CallContext call) {
        return settings.updateMaxRecordSize(input, call);
    }

    @Override
    public UpdateStreamWarmThroughputOutput updateStreamWarmThroughput(
            UpdateStreamWarmThroughputInput input, CallContext call) {
        return settings.updateStreamWarmThroughput(input, call);
    }

    @Override
    public DescribeAccountSettingsOutput describeAccountSettings(DescribeAccountSettingsInput input, CallContext call) {
        return settings.describeAccountSettings(input, call);
    }

    @Override
    public UpdateAccountSettingsOutput updateAccountSettings(UpdateAccountSettingsInput input, CallContext call) {
        return settings.updateAccountSettings(input, call);
    }

    // Shards

    @Override
    public ListShardsOutput listShards(ListShardsInput input, CallContext call) {
        return shards.listShards(input, call);
    }

    @Override
    public SplitShardResponse splitShard(SplitShardInput input, CallContext call) {
        return shards.splitShard(input, call);
    }

    @Override
    public MergeShardsResponse mergeShards(MergeShardsInput input, CallContext call) {
        return shards.mergeShards(input, call);
    }

    @Override
    public UpdateShardCountOutput updateShardCount(UpdateShardCountInput input, CallContext call) {
        return shards.updateShardCount(input, call);
    }

    // Writing

    @Override
    public PutRecordOutput putRecord(PutRecordInput input, CallContext call) {
        return records.putRecord(input, call);
    }

    @Override
    public PutRecordsOutput putRecords(PutRecordsInput input, CallContext call) {
        return records.putRecords(input, call);
    }

    // Reading

    @Override
    public GetShardIteratorOutput getShardIterator(GetShardIteratorInput input, CallContext call) {
        return reads.getShardIterator(input, call);
    }

    @Override
    public GetRecordsOutput getRecords(GetRecordsInput input, CallContext call) {
        return reads.getRecords(input, call);
    }

    // Consumers

    @Override
    public RegisterStreamConsumerOutput registerStreamConsumer(RegisterStreamConsumerInput input, CallContext call) {
        return consumers.registerStreamConsumer(input, call);
    }

    @Override
    public DeregisterStreamConsumerResponse deregisterStreamConsumer(
            DeregisterStreamConsumerInput input, CallContext call) {
        return consumers.deregisterStreamConsumer(input, call);
    }

    @Override
    public DescribeStreamConsumerOutput describeStreamConsumer(DescribeStreamConsumerInput input, CallContext call) {
        return consumers.describeStreamConsumer(input, call);
    }

    @Override
    public ListStreamConsumersOutput listStreamConsumers(ListStreamConsumersInput input, CallContext call) {
        return consumers.listStreamConsumers(input, call);
    }

    @Override
    public CompletionStage<SubscribeToShardOutput> subscribeToShard(SubscribeToShardInput input, CallContext call) {
        return consumers.subscribeToShard(input, call);
    }

    // Tags and policies

    @Override
    public AddTagsToStreamResponse addTagsToStream(AddTagsToStreamInput input, CallContext call) {
        return tags.addTagsToStream(input, call);
    }

    @Override
    public RemoveTagsFromStreamResponse removeTagsFromStream(RemoveTagsFromStreamInput input, CallContext call) {
        return tags.removeTagsFromStream(input, call);
    }

    @Override
    public ListTagsForStreamOutput listTagsForStream(ListTagsForStreamInput input, CallContext call) {
        return tags.listTagsForStream(input, call);
    }

    @Override
    public TagResourceResponse tagResource(TagResourceInput input, CallContext call) {
        return tags.tagResource(input, call);
    }

    @Override
    public UntagResourceResponse untagResource(UntagResourceInput input, CallContext call) {
        return tags.untagResource(input, call);
    }

    @Override
    public ListTagsForResourceOutput listTagsForResource(ListTagsForResourceInput input, CallContext call) {
        return tags.listTagsForResource(input, call);
    }

    @Override
    public PutResourcePolicyResponse putResourcePolicy(PutResourcePolicyInput input, CallContext call) {
        return tags.putResourcePolicy(input, call);
    }

    @Override
    public GetResourcePolicyOutput getResourcePolicy(GetResourcePolicyInput input, CallContext call) {
        return tags.getResourcePolicy(input, call);
    }

    @Override
    public DeleteResourcePolicyResponse deleteResourcePolicy(DeleteResourcePolicyInput input, CallContext call) {
        return tags.deleteResourcePolicy(input, call);
    }

    // The service as the house sees it

    @Override
    public List<ServiceApi> apis() {
        return List.of(new RatedApi(new KinesisApi(this), rates));
    }

    /**
     * What the service as a whole has.
     *
     * @param sealKey the key of shard iterators and next tokens
     */
    record SavedService(Blob sealKey) {}

    @Override
    public void save(StateSink sink) {
        if (streams.save(sink)) {
            Scope anywhere = new Scope(AccountId.DEFAULT, Region.US_EAST_1);
            sink.put(anywhere, "service", "", new SavedService(Blob.of(seal.key())));
        }
    }

    @Override
    public void load(StateSource source) {
        source.each(
                "service",
                SavedService.class,
                (scope, id, saved) -> seal.key(saved.sealKey().bytes()));
        streams.load(source);
    }

    @Override
    public void reset(ResetScope scope) {
        streams.reset(scope);
    }

    @Override
    public void close() {
        streams.reset(ResetScope.EVERYTHING);
    }
}
