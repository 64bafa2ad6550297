package io.pileus.core.service;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a service's model.
 *
 * @param name the operation's name, such as {@code SendMessage}
 * @param index its place in the operation table
 * @param mode how it is run
 * @param method the HTTP method of the REST binding; {@code POST} for the RPC protocols
 * @param uri the URI template of the REST binding, such as {@code /{Bucket}/{Key+}?uploads}; {@code /} for the RPC protocols
 * @param status the HTTP status of a success
 * @param unsigned whether the model lets callers leave the request unsigned
 * @param hostPrefix what an SDK puts before the host name; empty for none
 * @param errors the names of the error shapes that the model lists
 * @param outputEventStream the name of the output member that is an event stream, or null
 */
public record Operation(
        String name,
        int index,
        Mode mode,
        String method,
        String uri,
        int status,
        boolean unsigned,
        String hostPrefix,
        List<String> errors,
        @Nullable String outputEventStream) {

    /** How an operation is run. */
    public enum Mode {
        /** Runs to completion on the event loop. */
        DIRECT,
        /** Returns a {@link java.util.concurrent.CompletionStage} that may take its time. */
        WAITING,
        /** Runs on the worker pool because it costs much CPU. */
        OFFLOADED
    }
}
