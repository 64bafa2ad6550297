package io.pileus.kinesis.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.shape.Blob;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PartitionKeysProperties {
    private final PartitionKeys keys = new PartitionKeys();

    @Property(tries = 100)
    void eachKeyLandsWhereItsMd5Says(@ForAll List<String> texts) {
        for (String text : texts) {
            assertThat(keys.of(text)).isEqualTo(new PartitionKeys.Key(text, Blob.ofUtf8(text), HashKey.of(text)));
        }
    }

    @Example
    void aKeyThatLostItsSlotToManyOthersStillLandsWhereItDid() {
        PartitionKeys.Key first = keys.of("first");
        for (int i = 0; i < 10_000; i++) {
            assertThat(keys.of("key-" + i).text()).isEqualTo("key-" + i);
        }
        assertThat(keys.of("first")).isEqualTo(first);
    }

    @Example
    void keysOfTheSameHashCodeAreKeptApart() {
        assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
        assertThat(keys.of("Aa").hashKey()).isEqualTo(HashKey.of("Aa"));
        assertThat(keys.of("BB").hashKey()).isEqualTo(HashKey.of("BB"));
    }
}
