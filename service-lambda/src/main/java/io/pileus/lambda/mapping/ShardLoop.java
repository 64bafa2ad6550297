package io.pileus.lambda.mapping;

import io.pileus.core.port.StreamReader;
import io.pileus.lambda.filter.RecordFilter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one shard in order and hands its records to lanes: as many as the mapping's parallelization factor. All records of a
 * partition key go to the same lane, which processes one batch after the other, so that their order is kept.
 */
final class ShardLoop {
    /** The most records that are read at once. */
    private static final int READ_MAX = 10_000;

    private final StreamLoop stream;
    private final String shardId;
    private StreamReader.Position position;
    private boolean ended;
    private List<Lane> lanes;

    /** The records that have been read and not been processed, in order, with the places before them. */
    private final Map<String, StreamReader.Position> unprocessed = new LinkedHashMap<>();

    /** Goes on where it was in an earlier life. */
    ShardLoop(StreamLoop stream, String shardId, SavedMapping.Place place) {
        this(stream, shardId, place.position());
        place.window().ifPresent(window -> lanes.getFirst().open(window));
    }

    ShardLoop(StreamLoop stream, String shardId, StreamReader.Position position) {
        this.stream = stream;
        this.shardId = shardId;
        this.position = position;
        this.lanes = lanes();
    }

    private List<Lane> lanes() {
        List<Lane> made = new ArrayList<>();
        for (int i = 0; i < laneCount(); i++) {
            made.add(new Lane(stream, shardId, this::processed));
        }
        return made;
    }

    /** A tumbling window's state is the shard's, so that its batches come one after the other. */
    private int laneCount() {
        Integer factor = stream.mapping().configuration().parallelizationFactor();
        return factor == null || Lane.windowSeconds(stream.mapping()) > 0 ? 1 : factor;
    }

    private void processed(RecordBatch batch) {
        batch.sequenceNumbers().forEach(unprocessed::remove);
    }

    /** The place to go on from without losing a record. */
    SavedMapping.Place place() {
        StreamReader.Position first = unprocessed.isEmpty()
                ? position
                : unprocessed.values().iterator().next();
        return new SavedMapping.Place(first, lanes.getFirst().window());
    }

    boolean isFinished() {
        return ended && lanes.stream().allMatch(Lane::isDone);
    }

    /** Reads while there is room and sends off what is due. */
    void advance() {
        if (lanes.size() != laneCount() && lanes.stream().allMatch(Lane::isDone)) {
            lanes = lanes();
        }
        boolean more = true;
        while (more) {
            more = lanes.size() == laneCount() && read();
            boolean last = ended;
            lanes.forEach(lane -> lane.advance(last));
        }
    }

    /** Reads once; answers whether there may be more to read now. */
    private boolean read() {
        int room = stream.mapping().batchSize() * lanes.size()
                - lanes.stream().mapToInt(Lane::waiting).sum();
        if (ended || room <= 0) {
            return false;
        }
        return switch (stream.streams().read(stream.mapping().source(), shardId, position, Math.min(room, READ_MAX))) {
            case StreamReader.NoSuchShard gone -> {
                ended = true;
                yield false;
            }
            case StreamReader.Batch batch -> {
                StreamReader.Position before = position;
                position = batch.next();
                ended = batch.endOfShard();
                for (StreamReader.Record record : batch.records()) {
                    take(record, before);
                    before = new StreamReader.AfterSequenceNumber(record.sequenceNumber());
                }
                yield !ended && !batch.records().isEmpty();
            }
        };
    }

    private void take(StreamReader.Record record, StreamReader.Position before) {
        RecordFilter filter = stream.mapping().filter();
        boolean passes = filter.letsAllThrough()
                || filter.passes(
                        StreamEvent.filtered(record, shardId, stream.mapping().source()),
                        record.data().utf8());
        if (passes) {
            unprocessed.put(record.sequenceNumber(), before);
            lanes.get(Math.floorMod(record.partitionKey().hashCode(), lanes.size()))
                    .add(record);
        }
    }
}
