package io.pileus.lambda.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.service.EmulatedService;
import io.pileus.core.service.ResetScope;
import io.pileus.core.service.ServiceApi;
import io.pileus.core.state.StateSink;
import io.pileus.core.state.StateSource;
import io.pileus.core.testkit.SavedStates;
import io.pileus.lambda.model.EventSourceMappingConfiguration;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mappings that go on in another life, while their sources stay. */
class SavedMappingTest {
    private final EventSources sources = new EventSources();
    private final TestFunction function = sources.function;
    private final TestStream stream = sources.stream;

    @BeforeEach
    void aStreamWithOneShard() {
        stream.shard("shardId-000000000000");
    }

    private static EmulatedService service(Mappings mappings) {
        return new EmulatedService() {
            @Override
            public List<ServiceApi> apis() {
                return List.of();
            }

            @Override
            public void reset(ResetScope scope) {
                mappings.reset(scope);
            }

            @Override
            public void save(StateSink sink) {
                mappings.save(sink);
            }

            @Override
            public void load(StateSource source) {
                mappings.load(source);
            }

            @Override
            public void resume() {
                mappings.resume();
            }
        };
    }

    /** The mappings as others, which go on when they are told to. */
    private EmulatedService killed(SavedStates saved) {
        sources.mappings.close();
        sources.env.settle();
        Mappings others = new Mappings(
                sources.env.services(),
                function,
                (name, account, region) -> new MappedFunction(
                        EventSources.FUNCTION, "$LATEST", Duration.ofSeconds(3), "arn:aws:iam::000000000000:role/r"));
        EmulatedService service = service(others);
        stream.put("while it was down");
        saved.loadAndGoOn(service);
        return service;
    }

    @Test
    void aStreamIsReadOnFromWhereItWas() {
        sources.map(stream.arn, m -> m.startingPosition("LATEST"));
        stream.put("one", "two");

        killed(SavedStates.of(service(sources.mappings)));
        stream.put("three");

        assertThat(function.batches())
                .containsExactly(List.of("one"), List.of("two"), List.of("while it was down"), List.of("three"));
    }

    @Test
    void whatWaitedForABatchIsReadAgain() {
        sources.map(stream.arn, m -> m.maximumBatchingWindowInSeconds(60));
        stream.put("one", "two");
        assertThat(function.batches()).isEmpty();

        killed(SavedStates.of(service(sources.mappings)));
        sources.advance(60);

        assertThat(function.batches()).containsExactly(List.of("one", "two", "while it was down"));
    }

    @Test
    void whatFailedIsTriedAgain() {
        boolean[] works = {false};
        function.does(event -> works[0] ? TestFunction.returned("null") : TestFunction.failed());
        sources.map(stream.arn);
        stream.put("one");
        int before = function.batches().size();
        assertThat(before).isEqualTo(1);

        SavedStates saved = SavedStates.of(service(sources.mappings));
        works[0] = true;
        killed(saved);

        assertThat(function.batches().subList(before, function.batches().size()))
                .containsExactly(List.of("one", "while it was down"));
    }

    @Test
    void aDisabledMappingKeepsItsPlace() {
        EventSourceMappingConfiguration mapping = sources.map(stream.arn);
        stream.put("one");
        sources.change(mapping, m -> m.enabled(false));

        EmulatedService others = killed(SavedStates.of(service(sources.mappings)));
        SavedStates again = SavedStates.of(others);

        assertThat(function.batches()).containsExactly(List.of("one"));
        assertThat(again.text().toString()).contains("AfterSequenceNumber");
    }
}
