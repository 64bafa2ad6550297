package io.pileus.lambda.mapping;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pileus.core.identity.Arn;
import io.pileus.core.port.Delivery;
import io.pileus.core.port.DeliveryResult;
import io.pileus.core.port.QueueReader;
import io.pileus.core.port.StreamReader;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.testkit.TestCalls;
import io.pileus.core.testkit.TestEnvironment;
import io.pileus.lambda.LambdaErrors;
import io.pileus.lambda.model.*;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** Mappings in a test: queues, a stream, one function named {@code f}, and time by hand. */
final class EventSources {
    static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:f";

    final TestEnvironment env = TestEnvironment.fresh();
    final TestQueues queues = new TestQueues(env);
    final TestStream stream = new TestStream(env);
    final TestFunction function = new TestFunction();
    final List<Delivery> deliveries = new ArrayList<>();
    Duration functionTimeout = Duration.ofSeconds(3);
    boolean functionExists = true;
    final Mappings mappings;

    EventSources() {
        env.ports().provide(QueueReader.class, queues);
        env.ports().provide(StreamReader.class, stream);
        env.ports().deliveries().register("sqs", delivery -> {
            deliveries.add(delivery);
            return CompletableFuture.completedStage(new DeliveryResult.Delivered("id"));
        });
        mappings = new Mappings(env.services(), function, (name, account, region) -> {
            if (!functionExists || !name.equals("f") && !name.equals(FUNCTION)) {
                throw LambdaErrors.functionNotFound(name);
            }
            return new MappedFunction(
                    FUNCTION, "$LATEST", functionTimeout, "arn:aws:iam::000000000000:role/lambda-role");
        });
    }

    CallContext call() {
        return TestCalls.call(env);
    }

    void advance(long seconds) {
        env.advance(Duration.ofSeconds(seconds));
    }

    EventSourceMappingConfiguration map(Arn source) {
        return map(source, mapping -> mapping);
    }

    EventSourceMappingConfiguration map(Arn source, UnaryOperator<CreateEventSourceMappingRequest.Builder> more) {
        CreateEventSourceMappingRequest.Builder mapping = CreateEventSourceMappingRequest.builder()
                .eventSourceArn(source.toString())
                .functionName("f");
        if (source.service().equals("kinesis")) {
            mapping.startingPosition("TRIM_HORIZON");
        }
        return mappings.createEventSourceMapping(more.apply(mapping).build(), call());
    }

    EventSourceMappingConfiguration change(
            EventSourceMappingConfiguration mapping, UnaryOperator<UpdateEventSourceMappingRequest.Builder> changes) {
        return mappings.updateEventSourceMapping(
                changes.apply(UpdateEventSourceMappingRequest.builder().uuid(mapping.uuid()))
                        .build(),
                call());
    }

    EventSourceMappingConfiguration get(EventSourceMappingConfiguration mapping) {
        return mappings.getEventSourceMapping(
                GetEventSourceMappingRequest.builder().uuid(mapping.uuid()).build(), call());
    }

    EventSourceMappingConfiguration delete(EventSourceMappingConfiguration mapping) {
        return mappings.deleteEventSourceMapping(
                DeleteEventSourceMappingRequest.builder().uuid(mapping.uuid()).build(), call());
    }

    AwsException refusal(Arn source, UnaryOperator<CreateEventSourceMappingRequest.Builder> more) {
        return catchThrowableOfType(AwsException.class, () -> map(source, more));
    }

    static FilterCriteria filter(String... patterns) {
        List<Filter> filters = new ArrayList<>();
        for (String pattern : patterns) {
            filters.add(Filter.builder().pattern(pattern).build());
        }
        return FilterCriteria.builder().filters(filters).build();
    }
}
