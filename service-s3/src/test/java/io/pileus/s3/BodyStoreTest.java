package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.http.Payload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BodyStoreTest {
    private static final int MEDIUM = 1 << 20;

    private final BodyStore store = new BodyStore(2 * MEDIUM);

    @AfterEach
    void close() {
        store.close();
    }

    private static Payload body(int size, int fill) {
        byte[] bytes = new byte[size];
        java.util.Arrays.fill(bytes, (byte) fill);
        return Payload.of(bytes);
    }

    @Test
    void mediumBodiesLieInMemoryWhileThereIsRoom() {
        Payload first = store.keep(body(MEDIUM, 1));
        Payload second = store.join(List.of(body(MEDIUM / 2, 2), body(MEDIUM / 2, 3)));
        Payload third = store.keep(body(MEDIUM, 4));
        assertThat(List.of(first, second)).hasOnlyElementsOfType(Payload.InMemory.class);
        assertThat(third).isInstanceOf(Payload.InFile.class);
        assertThat(third.bytes()).isEqualTo(body(MEDIUM, 4).bytes());

        store.drop(first);
        assertThat(store.keep(body(MEDIUM, 5))).isInstanceOf(Payload.InMemory.class);
        assertThat(store.keep(body(MEDIUM, 6))).isInstanceOf(Payload.InFile.class);
    }

    @Test
    void largeBodiesLieInFilesAndSmallOnesNeverDo() {
        BodyStore roomy = new BodyStore(Long.MAX_VALUE);
        assertThat(roomy.keep(body(5 << 20, 1))).isInstanceOf(Payload.InFile.class);
        roomy.close();
        BodyStore tight = new BodyStore(0);
        assertThat(tight.keep(body(100 << 10, 1))).isInstanceOf(Payload.InMemory.class);
        tight.close();
    }

    @Test
    void whatIsSavedGetsAFileWhichGoesWithTheBody() throws Exception {
        Payload medium = store.keep(body(MEDIUM, 7));
        Path file = store.fileOf(medium).orElseThrow();
        assertThat(Files.readAllBytes(file)).isEqualTo(medium.bytes());
        assertThat(store.fileOf(medium)).contains(file);
        assertThat(store.fileOf(store.keep(body(10, 1)))).isEmpty();

        store.holdDropped();
        store.drop(medium);
        assertThat(file).exists();
        store.letDroppedGo();
        assertThat(file).doesNotExist();
    }
}
