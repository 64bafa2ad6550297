package io.pileus.core.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LeakCheckTest {
    @RegisterExtension
    final Servers servers = new Servers();

    /** Without this, a check that never finds anything would look like one that has nothing to find. */
    @Test
    void aBufferThatIsNotReleasedIsFound() {
        for (int i = 0; i < 50 && Servers.leaks().isEmpty(); i++) {
            forget();
        }
        assertThat(Servers.leaks()).isNotEmpty();
        Servers.LEAKS.clear();
        while (!Servers.leaks().isEmpty()) {
            Servers.LEAKS.clear();
        }
    }

    private static void forget() {
        ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer(16);
        buffer.writeByte(1);
    }
}
