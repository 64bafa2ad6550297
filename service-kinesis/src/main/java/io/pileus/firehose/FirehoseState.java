package io.pileus.firehose;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The delivery streams of one account in one region, by name. Guarded by its own monitor. */
final class FirehoseState {
    private final TreeMap<String, DeliveryStream> streams = new TreeMap<>();

    synchronized Optional<DeliveryStream> find(String name) {
        return Optional.ofNullable(streams.get(name));
    }

    synchronized List<DeliveryStream> all() {
        return List.copyOf(streams.values());
    }

    /** Adds a delivery stream; the function may refuse by throwing, given how many there are and whether the name is taken. */
    synchronized DeliveryStream add(String name, Function<Present, DeliveryStream> make) {
        DeliveryStream stream = make.apply(new Present(streams.size(), streams.containsKey(name)));
        streams.put(name, stream);
        return stream;
    }

    /** Adds one that was saved. */
    synchronized void adopt(DeliveryStream stream) {
        streams.put(stream.name(), stream);
    }

    /** What is there before an addition. */
    record Present(int count, boolean nameTaken) {}

    synchronized Optional<DeliveryStream> remove(String name) {
        return Optional.ofNullable(streams.remove(name));
    }
}
