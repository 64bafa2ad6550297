package io.pileus.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.sqs.state.ReceiptHandle;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ReceiptHandleProperties {

    @Property(tries = 200)
    void aHandleIsReadAsItWasWritten(
            @ForAll long queue, @ForAll long sequence, @ForAll int count, @ForAll long receivedAt) {
        ReceiptHandle handle = new ReceiptHandle(queue, sequence, count, receivedAt);

        assertThat(ReceiptHandle.parse(handle.wire())).contains(handle);
        assertThat(handle.wire()).startsWith("AQEB");
    }

    @Property(tries = 500)
    void anyOtherTextIsNoHandle(@ForAll String text) {
        assertThat(ReceiptHandle.parse(text)).isEmpty();
    }

    @Property(tries = 200)
    void aHandleThatWasTamperedWithIsNone(@ForAll long sequence, @ForAll byte change) {
        byte[] bytes = java.util.Base64.getDecoder().decode(new ReceiptHandle(1, sequence, 1, 1).wire());
        if (change != 0) {
            bytes[15] ^= change;
            assertThat(ReceiptHandle.parse(java.util.Base64.getEncoder().encodeToString(bytes)))
                    .isEmpty();
        }
    }
}
