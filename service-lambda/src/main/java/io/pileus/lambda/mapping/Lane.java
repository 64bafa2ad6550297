package io.pileus.lambda.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.port.FunctionInvoker;
import io.pileus.core.port.StreamReader;
import io.pileus.core.service.AwsException;
import io.pileus.core.shape.Blob;
import io.pileus.lambda.model.EventSourceMappingConfiguration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records of a shard that are processed in order, one batch at a time.
 *
 * <pre>
 *   waiting --batch full, batching window over or shard ended--&gt; invoked --success--&gt; done
 *                                                                  |
 *                              +-- function error: split in two, or again after a pause, until retries are used up
 *                              +-- reported item failures: from the first failed record on, as above
 *                              +-- not invoked (throttled …): again after a pause
 *   too old at any moment between invocations --&gt; given up
 * </pre>
 */
final class Lane {
    private final StreamLoop stream;
    private final Mapping mapping;
    private final Surroundings surroundings;
    private final String shardId;
    private final Consumer<RecordBatch> processed;

    private final Deque<StreamReader.Record> waiting = new ArrayDeque<>();

    /** Batches to come before what waits: parts of one that failed. */
    private final Deque<RecordBatch> again = new ArrayDeque<>();

    private boolean busy;
    private Instant waitingSince = Instant.EPOCH;
    private Instant pausedUntil = Instant.EPOCH;
    private @Nullable Instant alarm;
    private @Nullable TumblingWindow window;

    /** @param processed told of records that are done with: processed, or given up */
    Lane(StreamLoop stream, String shardId, Consumer<RecordBatch> processed) {
        this.processed = processed;
        this.stream = stream;
        this.mapping = stream.mapping();
        this.surroundings = stream.surroundings();
        this.shardId = shardId;
    }

    /** Goes on in a window that was open in an earlier life. */
    void open(TumblingWindow open) {
        window = open;
    }

    Optional<TumblingWindow> window() {
        return Optional.ofNullable(window);
    }

    static int windowSeconds(Mapping mapping) {
        Integer seconds = mapping.configuration().tumblingWindowInSeconds();
        return seconds == null ? 0 : seconds;
    }

    void add(StreamReader.Record record) {
        if (waiting.isEmpty()) {
            waitingSince = surroundings.now();
        }
        waiting.add(record);
    }

    /** How many records wait for a batch. */
    int waiting() {
        return waiting.size();
    }

    boolean isDone() {
        return waiting.isEmpty() && again.isEmpty() && !busy && window == null;
    }

    /**
     * Sends off the next batch if it is due.
     *
     * @param last whether no more records will come
     */
    void advance(boolean last) {
        while (!busy && stream.isRunning()) {
            giveUpTooOld();
            if (!again.isEmpty()) {
                if (isLater(pausedUntil)) {
                    return;
                }
                send(again.remove());
                continue;
            }
            Optional<RecordBatch> next = windowSeconds(mapping) > 0 || window != null ? nextOfWindow(last) : next(last);
            if (next.isEmpty()) {
                return;
            }
            send(next.get());
        }
    }

    /** Whether an instant is yet to come; if so, sees to being looked at again then. */
    private boolean isLater(Instant instant) {
        if (!instant.isAfter(surroundings.now())) {
            return false;
        }
        if (!instant.equals(alarm)) {
            alarm = instant;
            stream.pumpAt(instant);
        }
        return true;
    }

    // ---- making batches ---------------------------------------------------------------------------------------------

    /** The next batch, unless it waits for more records. */
    private Optional<RecordBatch> next(boolean last) {
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        List<StreamReader.Record> records = front(null);
        boolean full = records.size() >= mapping.batchSize() || records.size() < waiting.size();
        if (!full && !last && isLater(waitingSince.plusSeconds(mapping.batchingWindowSeconds()))) {
            return Optional.empty();
        }
        return Optional.of(take(records));
    }

    /** The next batch of the window, or the call at its end, once a later record has come or its time is over. */
    private Optional<RecordBatch> nextOfWindow(boolean last) {
        StreamReader.Record first = waiting.peek();
        TumblingWindow open = window;
        if (open == null) {
            if (first == null) {
                return Optional.empty();
            }
            open = TumblingWindow.around(first.approximateArrivalTimestamp(), Math.max(1, windowSeconds(mapping)));
            window = open;
        }
        if (first == null || !open.contains(first.approximateArrivalTimestamp())) {
            boolean over = first != null || last || !isLater(open.end());
            return over ? Optional.of(RecordBatch.endOfWindow(RecordBatch.Kind.END_OF_WINDOW)) : Optional.empty();
        }
        List<StreamReader.Record> records = front(open);
        boolean full = records.size() >= mapping.batchSize() || records.size() < waiting.size();
        Instant due = waitingSince.plusSeconds(mapping.batchingWindowSeconds());
        if (!full && !last && isLater(due.isBefore(open.end()) ? due : open.end())) {
            return Optional.empty();
        }
        return Optional.of(take(records));
    }

    /** The records that fit into one batch. */
    private List<StreamReader.Record> front(@Nullable TumblingWindow within) {
        List<StreamReader.Record> records = new ArrayList<>();
        int bytes = Surroundings.ENVELOPE_BYTES;
        for (StreamReader.Record record : waiting) {
            bytes += StreamEvent.bytes(record);
            boolean fits = records.isEmpty() || bytes <= Surroundings.PAYLOAD_BYTES_MAX;
            boolean inWindow = within == null || within.contains(record.approximateArrivalTimestamp());
            if (records.size() == mapping.batchSize() || !fits || !inWindow) {
                break;
            }
            records.add(record);
        }
        return records;
    }

    private RecordBatch take(List<StreamReader.Record> records) {
        records.forEach(record -> waiting.remove());
        waitingSince = surroundings.now();
        return RecordBatch.of(records);
    }

    // ---- age --------------------------------------------------------------------------------------------------------

    /** How old a record may be: what the mapping says, or else as old as the stream keeps it. */
    private Duration ageMax() {
        Integer seconds = mapping.configuration().maximumRecordAgeInSeconds();
        Duration retention = stream.streams().retention(mapping.source()).orElse(Duration.ofDays(365));
        return seconds == null || seconds < 0 || retention.getSeconds() < seconds
                ? retention
                : Duration.ofSeconds(seconds);
    }

    private void giveUpTooOld() {
        if (again.isEmpty() && waiting.isEmpty()) {
            return;
        }
        Instant oldest = surroundings.now().minus(ageMax());
        while (!again.isEmpty() && again.element().arrivedUntil(oldest) > 0) {
            RecordBatch batch = again.remove();
            int old = batch.arrivedUntil(oldest);
            giveUp(batch.part(0, old), FailedBatches.Condition.TOO_OLD);
            if (old < batch.size()) {
                again.addFirst(batch.part(old, batch.size()));
            }
        }
        List<StreamReader.Record> tooOld = new ArrayList<>();
        while (!waiting.isEmpty()
                && !waiting.element().approximateArrivalTimestamp().isAfter(oldest)) {
            tooOld.add(waiting.remove());
            if (tooOld.size() == mapping.batchSize()) {
                giveUp(RecordBatch.of(tooOld), FailedBatches.Condition.TOO_OLD);
                tooOld.clear();
            }
        }
        if (!tooOld.isEmpty()) {
            giveUp(RecordBatch.of(tooOld), FailedBatches.Condition.TOO_OLD);
        }
    }

    private void giveUp(RecordBatch batch, FailedBatches.Condition condition) {
        MappedFunction function;
        try {
            function = surroundings.function(mapping);
        } catch (AwsException e) {
            function = new MappedFunction(mapping.functionArn(), "$LATEST", Duration.ZERO, "");
        }
        stream.failedBatches().tell(batch, condition, shardId, function, event(batch, function.role()));
        processed.accept(batch);
    }

    // ---- invoking ---------------------------------------------------------------------------------------------------

    private Blob event(RecordBatch batch, String role) {
        ObjectNode event = StreamEvent.of(batch, shardId, mapping.source(), role);
        TumblingWindow open = window;
        if (open != null) {
            open.addTo(event, batch.kind(), shardId, mapping.source());
        }
        return Blob.ofUtf8(event.toString());
    }

    private void send(RecordBatch batch) {
        busy = true;
        Blob event;
        try {
            event = event(batch, surroundings.function(mapping).role());
        } catch (AwsException e) {
            done(batch, new FunctionInvoker.Refused(e.code(), String.valueOf(e.getMessage()), e.httpStatus()));
            return;
        }
        surroundings.invoke(mapping, event, result -> stream.post(() -> done(batch, result)));
    }

    private void done(RecordBatch batch, FunctionInvoker.Result result) {
        busy = false;
        switch (result) {
            case FunctionInvoker.Returned returned -> returned(batch, returned.payload());
            case FunctionInvoker.Failed failed -> failed(batch);
            case FunctionInvoker.Refused refused -> {
                stream.failed();
                again(batch.throttledOnceMore(), batch.throttles() + 1);
            }
        }
    }

    private void returned(RecordBatch batch, Blob answer) {
        if (batch.isEndOfWindow()) {
            stream.succeeded();
            window = null;
            return;
        }
        TumblingWindow open = window;
        if (open != null) {
            Optional<JsonNode> state = TumblingWindow.stateIn(answer);
            if (state.isEmpty()) {
                failed(batch);
                return;
            }
            window = open.with(state.get());
        }
        if (!mapping.reportsBatchItemFailures()) {
            succeeded(batch);
            return;
        }
        switch (BatchResponse.of(answer, batch.sequenceNumbers())) {
            case BatchResponse.Success success -> succeeded(batch);
            case BatchResponse.Failure failure -> failed(batch);
            case BatchResponse.Partial partial -> {
                int first = batch.firstOf(partial.failedItems());
                processed.accept(batch.part(0, first));
                if (first > 0 && Boolean.TRUE.equals(mapping.configuration().bisectBatchOnFunctionError())) {
                    // split at the failed record, which does not count as a retry
                    stream.failed();
                    again.addFirst(batch.part(first, batch.size()));
                } else {
                    failed(batch.part(first, batch.size()));
                }
            }
        }
    }

    private void succeeded(RecordBatch batch) {
        stream.succeeded();
        processed.accept(batch);
        TumblingWindow open = window;
        if (open != null && open.isTooLarge()) {
            again.addFirst(RecordBatch.endOfWindow(RecordBatch.Kind.EARLY_END_OF_WINDOW));
        }
    }

    private void failed(RecordBatch batch) {
        stream.failed();
        EventSourceMappingConfiguration configuration = mapping.configuration();
        if (Boolean.TRUE.equals(configuration.bisectBatchOnFunctionError()) && batch.size() > 1) {
            int middle = (batch.size() + 1) / 2;
            again.addFirst(batch.part(middle, batch.size()));
            again.addFirst(batch.part(0, middle));
            return;
        }
        RecordBatch failed = batch.failedOnceMore();
        Integer retries = configuration.maximumRetryAttempts();
        if (retries == null || retries < 0 || failed.failures() <= retries) {
            again(failed, failed.failures());
            return;
        }
        if (failed.isEndOfWindow()) {
            window = null;
        }
        giveUp(failed, FailedBatches.Condition.RETRIES_EXHAUSTED);
    }

    /** Tries a batch again after a pause, but looks at it when its first record is too old. */
    private void again(RecordBatch batch, int failures) {
        again.addFirst(batch);
        Instant next = surroundings.now().plus(Surroundings.backoff(failures));
        if (!batch.records().isEmpty()) {
            Instant tooOld =
                    batch.records().getFirst().approximateArrivalTimestamp().plus(ageMax());
            next = tooOld.isBefore(next) ? tooOld : next;
        }
        pausedUntil = next;
    }
}
