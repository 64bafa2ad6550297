package io.pileus.lambda;

import io.pileus.core.shape.Blob;
import io.pileus.lambda.executor.Outcome;
import io.pileus.lambda.executor.ResponseSink;
import io.pileus.lambda.model.InvokeResponseStreamUpdate;
import io.pileus.lambda.model.InvokeWithResponseStreamCompleteEvent;
import io.pileus.lambda.model.InvokeWithResponseStreamResponse;
import io.pileus.lambda.model.InvokeWithResponseStreamResponseEvent;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The answer to InvokeWithResponseStream: begins with the first piece, or with the outcome where there are none. */
final class StreamedAnswer implements ResponseSink {
    private static final int PIECE_BYTES_MAX = 128 * 1024;

    private final String executedVersion;
    private final boolean tail;
    private final Pieces<InvokeWithResponseStreamResponseEvent> events = new Pieces<>();
    private final CompletableFuture<InvokeWithResponseStreamResponse> answer = new CompletableFuture<>();

    StreamedAnswer(String executedVersion, boolean tail) {
        this.executedVersion = executedVersion;
        this.tail = tail;
    }

    CompletionStage<InvokeWithResponseStreamResponse> stage() {
        return answer;
    }

    @Override
    public void begin(String contentType) {
        answer.complete(InvokeWithResponseStreamResponse.builder()
                .statusCode(200)
                .executedVersion(executedVersion)
                .responseStreamContentType(contentType)
                .eventStream(events)
                .build());
    }

    @Override
    public void chunk(byte[] bytes) {
        for (int from = 0; from < bytes.length; from += PIECE_BYTES_MAX) {
            byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + PIECE_BYTES_MAX));
            events.offer(new InvokeWithResponseStreamResponseEvent.PayloadChunk(
                    InvokeResponseStreamUpdate.builder().payload(Blob.of(piece)).build()));
        }
    }

    void end(Outcome outcome) {
        InvokeWithResponseStreamCompleteEvent.Builder complete = InvokeWithResponseStreamCompleteEvent.builder();
        switch (outcome) {
            case Outcome.Refused refused -> {
                answer.completeExceptionally(refused.error());
                return;
            }
            case Outcome.Returned returned -> {
                begin("application/json");
                chunk(returned.payload().bytes());
            }
            case Outcome.Failed failed -> {
                begin("application/json");
                complete.errorCode("Unhandled").errorDetails(failed.payload().utf8());
            }
        }
        if (tail) {
            complete.logResult(InvokeOperations.logResult(Outcome.log(outcome)));
        }
        events.offer(new InvokeWithResponseStreamResponseEvent.InvokeComplete(complete.build()));
        events.complete();
    }

    void endWithoutEvents() {
        events.complete();
    }

    void fail(Throwable failure) {
        answer.completeExceptionally(failure);
    }
}
