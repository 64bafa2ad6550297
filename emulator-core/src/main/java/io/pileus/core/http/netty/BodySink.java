package io.pileus.core.http.netty;

import io.netty.buffer.ByteBuf;

/** Takes the bytes of a body as they come. */
interface BodySink {

    /** Reads all of the piece; the caller keeps the reference. */
    void accept(ByteBuf piece) throws RejectedException;

    /** There is no more; refuses a body that is not whole. */
    void end() throws RejectedException;

    /** Lets go of what is held, whether the body came to its end or not. */
    void release();
}
