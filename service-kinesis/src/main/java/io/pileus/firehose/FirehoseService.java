package io.pileus.firehose;

import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.HttpRoute;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.service.Violation;
import io.pileus.core.service.Violations;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import io.pileus.firehose.delivery.Courier;
import io.pileus.firehose.delivery.MetadataQueries;
import io.pileus.firehose.model.*;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Amazon Data Firehose: its operations, each in one line. */
public final class FirehoseService implements EmulatedService, FirehoseOperations {
    /** Members whose pattern demands https, which AWS needs and a receiver on this machine seldom has. */
    private static final Set<String> URLS = Set.of("Url", "ClusterEndpoint", "CollectionEndpoint");

    private final DeliveryStreams streams;
    private final DeliveryStreamOperations streamOperations;
    private final EncryptionOperations encryption;
    private final PutOperations puts;

    public FirehoseService(ServiceEnvironment environment) {
        streams = new DeliveryStreams(environment, new Courier(environment, new MetadataQueries(environment.clock())));
        encryption = new EncryptionOperations(streams, environment.ports());
        streamOperations = new DeliveryStreamOperations(
                streams, new Destinations(), encryption, environment, () -> new FirehoseApi(this));
        puts = new PutOperations(streams, environment.clock());
        environment.ports().deliveries().register("firehose", puts);
    }

    @Override
    public CreateDeliveryStreamOutput createDeliveryStream(CreateDeliveryStreamInput input, CallContext call) {
        return streamOperations.createDeliveryStream(input, call);
    }

    @Override
    public DeleteDeliveryStreamOutput deleteDeliveryStream(DeleteDeliveryStreamInput input, CallContext call) {
        return streamOperations.deleteDeliveryStream(input, call);
    }

    @Override
    public DescribeDeliveryStreamOutput describeDeliveryStream(DescribeDeliveryStreamInput input, CallContext call) {
        return streamOperations.describeDeliveryStream(input, call);
    }

    @Override
    public ListDeliveryStreamsOutput listDeliveryStreams(ListDeliveryStreamsInput input, CallContext call) {
        return streamOperations.listDeliveryStreams(input, call);
    }

    @Override
    public ListTagsForDeliveryStreamOutput listTagsForDeliveryStream(
            ListTagsForDeliveryStreamInput input, CallContext call) {
        return streamOperations.listTagsForDeliveryStream(input, call);
    }

    @Override
    public PutRecordOutput putRecord(PutRecordInput input, CallContext call) {
        return puts.putRecord(input, call);
    }

    @Override
    public PutRecordBatchOutput putRecordBatch(PutRecordBatchInput input, CallContext call) {
        return puts.putRecordBatch(input, call);
    }

    @Override
    public StartDeliveryStreamEncryptionOutput startDeliveryStreamEncryption(
            StartDeliveryStreamEncryptionInput input, CallContext call) {
        return encryption.startDeliveryStreamEncryption(input, call);
    }

    @Override
    public StopDeliveryStreamEncryptionOutput stopDeliveryStreamEncryption(
            StopDeliveryStreamEncryptionInput input, CallContext call) {
        return encryption.stopDeliveryStreamEncryption(input, call);
    }

    @Override
    public TagDeliveryStreamOutput tagDeliveryStream(TagDeliveryStreamInput input, CallContext call) {
        return streamOperations.tagDeliveryStream(input, call);
    }

    @Override
    public UntagDeliveryStreamOutput untagDeliveryStream(UntagDeliveryStreamInput input, CallContext call) {
        return streamOperations.untagDeliveryStream(input, call);
    }

    @Override
    public UpdateDestinationOutput updateDestination(UpdateDestinationInput input, CallContext call) {
        return streamOperations.updateDestination(input, call);
    }

    /** Endpoints may be http here: nothing else is let through that breaks the model. */
    @Override
    public @Nullable AwsException refusal(Violations violations) {
        List<Violation> others = violations.list().stream()
                .filter(violation -> violation.kind() != Violation.Kind.PATTERN || !URLS.contains(violation.member()))
                .toList();
        return others.isEmpty() ? null : new Violations(violations.model(), violations.operation(), others).error();
    }

    // The service as the house sees it

    @Override
    public List<ServiceApi> apis() {
        return List.of(new FirehoseApi(this));
    }

    @Override
    public List<HttpRoute> routes() {
        return List.of(HttpRoute.post("/_pileus/firehose/{stream}/flush", this::flush));
    }

    private CompletionStage<HttpResponse> flush(HttpRequest request, Map<String, String> labels, CallContext call) {
        Optional<DeliveryStream> stream = streams.findAnywhere(labels.getOrDefault("stream", ""), call);
        if (stream.isEmpty()) {
            return CompletableFuture.completedFuture(
                    HttpResponse.json(404, "{\"message\":\"There is no such delivery stream.\"}"));
        }
        return streams.flush(stream.get()).thenApply(count -> HttpResponse.json(200, "{\"records\":" + count + "}"));
    }

    @Override
    public void save(StateSink sink) {
        streams.save(sink);
    }

    @Override
    public void load(StateSource source) {
        streams.load(source);
    }

    @Override
    public void resume() {
        streams.resume();
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
