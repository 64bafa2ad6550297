package io.pileus.core.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * The buffers that sockets are read into: Netty's, with some room before the bytes.
 *
 * <p>A large block of memory begins 16 bytes after a page does, where the C library puts it. Processors of the Zen family
 * copy to there, from the start of a page, several times slower than to elsewhere; and what a socket holds begins at the
 * start of a page. The room costs nothing on other processors.
 */
final class ReceiveBuffers implements RecvByteBufAllocator {
    private static final int ROOM_BYTES = 64;

    private final RecvByteBufAllocator adaptive = new AdaptiveRecvByteBufAllocator();

    @Override
    @SuppressWarnings("deprecation") // The interface demands it; all handles are extended ones.
    public Handle newHandle() {
        return new RoomBefore((ExtendedHandle) adaptive.newHandle());
    }

    private static final class RoomBefore extends DelegatingHandle implements ExtendedHandle {
        RoomBefore(ExtendedHandle adaptive) {
            super(adaptive);
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return allocator.ioBuffer(ROOM_BYTES + guess()).setIndex(ROOM_BYTES, ROOM_BYTES);
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
            return ((ExtendedHandle) delegate()).continueReading(maybeMoreData);
        }
    }
}
