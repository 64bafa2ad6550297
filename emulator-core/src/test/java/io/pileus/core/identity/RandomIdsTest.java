package io.pileus.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RandomIdsTest {

    static List<Ids> sources() {
        return List.of(new SeededIds(42), new SecureIds());
    }

    @ParameterizedTest
    @MethodSource("sources")
    void uuidsAreOfVersion4AndDiffer(Ids ids) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String text = ids.uuid();
            UUID uuid = UUID.fromString(text);
            assertThat(uuid).hasToString(text);
            assertThat(uuid.version()).isEqualTo(4);
            assertThat(uuid.variant()).isEqualTo(2);
            seen.add(text);
        }
        assertThat(seen).hasSize(10_000);
    }

    @ParameterizedTest
    @MethodSource("sources")
    void textsHaveTheirAlphabetAndLength(Ids ids) {
        assertThat(ids.hex(40)).matches("[0-9a-f]{40}");
        assertThat(ids.digits(56)).matches("[0-9]{56}");
        assertThat(ids.upperAlphanumeric(16)).matches("[A-Z0-9]{16}");
        assertThat(ids.alphanumeric(300)).matches("[A-Za-z0-9]{300}");
        assertThat(ids.bytes(13)).hasSize(13);
        assertThat(ids.hex(0)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("sources")
    void numbersStayBelowTheirBoundAndReachAllOfIt(Ids ids) {
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) {
            counts[ids.below(7)]++;
            assertThat(ids.fraction()).isBetween(0.0, Math.nextDown(1.0));
        }
        for (int count : counts) {
            assertThat(count).isBetween(9_000, 11_000);
        }
        assertThat(ids.below(1)).isZero();
        assertThatThrownBy(() -> ids.below(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSeedRepeatsItsRun() {
        assertThat(new SeededIds(7).uuid()).isEqualTo(new SeededIds(7).uuid());
        assertThat(new SeededIds(7).uuid()).isNotEqualTo(new SeededIds(8).uuid());
    }
}
