package io.pileus.core.shape;

import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * JSON as trees, for what is not on the way of every request: policies, documents, events, developer endpoints. There is
 * one mapper for all, made when it is first asked for: to make one costs a cold JVM a tenth of a second, which no start
 * shall pay.
 */
public final class JsonTrees {
    private JsonTrees() {}

    /** Reads and writes trees, within Jackson's own limits of depth and length. Not to be configured further. */
    public static JsonMapper mapper() {
        return Holder.MAPPER;
    }

    private static final class Holder {
        static final JsonMapper MAPPER = new JsonMapper();
    }
}
