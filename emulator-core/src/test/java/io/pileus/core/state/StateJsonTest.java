package io.pileus.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.core.identity.Region;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.JsonTrees;
import io.pileus.core.testkit.Note;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateJsonTest {
    enum Colour {
        RED,
        BLUE
    }

    sealed interface Place {
        record Here() implements Place {}

        sealed interface Away extends Place {}

        record There(Instant since, @Nullable Place before) implements Away {}
    }

    record Everything(
            String text,
            int number,
            long large,
            double real,
            boolean flag,
            Colour colour,
            Instant instant,
            Duration duration,
            UUID uuid,
            Blob blob,
            byte[] bytes,
            JsonNode tree,
            AccountId account,
            Region region,
            Arn arn,
            List<Place> places,
            Set<String> words,
            Map<Colour, Integer> byColour,
            Map<Instant, List<Note>> byInstant,
            Place place) {}

    /** As the generated records are: the accessor never answers null, and tells absent from empty by another method. */
    record Listing(@Nullable List<String> names, @Nullable Integer count) {
        @Override
        public @Nullable List<String> names() {
            return names == null ? List.of() : names;
        }

        public boolean hasNames() {
            return names != null;
        }

        public boolean isEmpty() {
            return names().isEmpty();
        }

        public String getNothing() {
            throw new IllegalStateException("nobody asked for this");
        }
    }

    record Options(
            Optional<String> text,
            Optional<Place> place,
            Optional<Instant> instant,
            Map<String, Optional<Integer>> map) {}

    @Test
    void anOptionalComesBackAsItWas() {
        Options full = new Options(
                Optional.of("x"),
                Optional.of(new Place.There(Instant.EPOCH, null)),
                Optional.of(Instant.EPOCH),
                Map.of("a", Optional.of(1), "b", Optional.empty()));
        Options empty = new Options(Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

        assertThat(back(full, Options.class)).isEqualTo(full);
        assertThat(back(empty, Options.class)).isEqualTo(empty);
        assertThat(StateJson.read("{\"map\":{}}".getBytes(StandardCharsets.UTF_8), Options.class))
                .isEqualTo(empty);
    }

    record Older(String name) {}

    record Newer(
            String name,
            @Nullable String colour,
            int count,
            boolean open,
            @Nullable List<String> words) {
        Newer {
            words = words == null ? List.of() : words;
        }
    }

    record Tree(@Nullable JsonNode node) {}

    private static <R extends Record> R back(R saved, Class<R> type) {
        return StateJson.read(StateJson.write(saved), type);
    }

    @Test
    void everyKindOfValueComesBackAsItWas() throws Exception {
        Instant instant = Instant.parse("2026-01-01T00:00:00.123456789Z");
        Everything saved = new Everything(
                "a\0b\ud83d\ude00",
                -1,
                Long.MAX_VALUE,
                0.1,
                true,
                Colour.BLUE,
                instant,
                Duration.ofNanos(1_500_000_001),
                UUID.fromString("00000000-0000-4000-8000-000000000001"),
                Blob.of(new byte[] {0, -1, 2}),
                new byte[] {3, 4},
                JsonTrees.mapper().readTree("{\"a\":[1,2.5,null,\"x\"],\"b\":12345678901234567890}"),
                AccountId.DEFAULT,
                Region.US_EAST_1,
                Arn.parse("arn:aws:iam::000000000000:role/a/b").orElseThrow(),
                List.of(new Place.Here(), new Place.There(instant, new Place.Here())),
                Set.of("one"),
                Map.of(Colour.RED, 1),
                Map.of(instant, List.of(new Note(null, "text"))),
                new Place.There(instant, null));

        Everything read = back(saved, Everything.class);

        assertThat(read).usingRecursiveComparison().isEqualTo(saved);
        assertThat(read.bytes()).isEqualTo(saved.bytes());
        assertThat(read.places()).isEqualTo(saved.places());
    }

    @Test
    void componentsAreWrittenAndNotWhatAccessorsMakeOfThem() {
        Listing absent = new Listing(null, null);

        assertThat(new String(StateJson.write(absent), StandardCharsets.UTF_8)).isEqualTo("{}");
        assertThat(back(absent, Listing.class).hasNames()).isFalse();
        assertThat(back(new Listing(List.of(), 0), Listing.class).hasNames()).isTrue();
    }

    @Test
    void olderDataMayLackComponentsAndNewerDataMayHaveMore() {
        Newer read = StateJson.read(StateJson.write(new Older("x")), Newer.class);

        assertThat(read).isEqualTo(new Newer("x", null, 0, false, List.of()));
        assertThat(StateJson.read(StateJson.write(new Newer("x", "red", 1, true, List.of("w"))), Older.class))
                .isEqualTo(new Older("x"));
    }

    @Test
    void anAbsentTreeAndANullTreeDiffer() {
        assertThat(back(new Tree(null), Tree.class).node()).isNull();
        assertThat(back(new Tree(NullNode.instance), Tree.class).node()).isEqualTo(NullNode.instance);
    }

    @Test
    void aSealedInterfaceNamesItsRecordsOnly() {
        record Holder(Place place) {}
        String json = new String(StateJson.write(new Holder(new Place.Here())), StandardCharsets.UTF_8);

        assertThat(json).isEqualTo("{\"place\":{\"Here\":{}}}");
        byte[] foreign = json.replace("Here", "java.lang.Runtime").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> StateJson.read(foreign, Holder.class))
                .isInstanceOf(java.io.UncheckedIOException.class);
    }

    record Perhaps(Optional<String> text, Optional<JsonNode> tree, Optional<JsonNode> nothing, Optional<Long> number) {}

    @Test
    void anOptionalNullIsNotTakenForNothing() {
        Perhaps perhaps =
                new Perhaps(Optional.of("a"), Optional.of(NullNode.instance), Optional.empty(), Optional.of(7L));

        byte[] json = StateJson.write(perhaps);

        assertThat(new String(json, StandardCharsets.UTF_8))
                .isEqualTo("{\"text\":[\"a\"],\"tree\":[null],\"nothing\":[],\"number\":[7]}");
        assertThat(StateJson.read(json, Perhaps.class)).isEqualTo(perhaps);
        assertThat(StateJson.read("{\"text\":null}".getBytes(StandardCharsets.UTF_8), Perhaps.class))
                .isEqualTo(new Perhaps(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
    }

    record Numbers(JsonNode tree) {}

    @ParameterizedTest
    @ValueSource(strings = {"1.50", "1E+9", "1.5E-7", "0.1", "12345678901234567890.123456789", "100", "1.0"})
    void numbersInTreesAreWrittenAsTheyWere(String number) throws Exception {
        JsonNode exact = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build()
                .readTree(number);
        for (JsonNode node : List.of(exact, JsonTrees.mapper().readTree(number))) {
            byte[] json = StateJson.write(new Numbers(node));
            assertThat(StateJson.write(StateJson.read(json, Numbers.class))).isEqualTo(json);
        }
    }

    @Test
    void aLargeDoubleInATreeIsWrittenAsDoublesAre() {
        byte[] json = StateJson.write(new Numbers(DoubleNode.valueOf(1_767_225_600.0)));
        assertThat(new String(json, StandardCharsets.UTF_8)).contains("1.7672256E9");
        assertThat(StateJson.write(StateJson.read(json, Numbers.class))).isEqualTo(json);
    }
}
