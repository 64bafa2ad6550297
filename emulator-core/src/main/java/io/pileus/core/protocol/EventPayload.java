package io.pileus.core.protocol;

import io.pileus.core.shape.Blob;
import io.pileus.core.shape.Member;
import io.pileus.core.shape.Member.Location;
import io.pileus.core.shape.QuietShapeWriter;
import io.pileus.core.shape.Shape;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes one event of an event stream apart: its name, and what its frame carries. */
final class EventPayload extends QuietShapeWriter {
    private String name = "";
    private @Nullable Shape event;
    private @Nullable Shape structure;
    private byte @Nullable [] raw;
    private String rawType = "";

    /** The event's name, which is the union's member. */
    String name() {
        return name;
    }

    String contentType(String structureType) {
        return raw == null ? structureType : rawType;
    }

    byte[] bytes(Function<Shape, byte[]> encode) {
        if (raw != null) {
            return raw;
        }
        Shape whole = structure != null ? structure : event;
        if (whole == null) {
            throw new IllegalStateException("an event without a member");
        }
        return encode.apply(whole);
    }

    @Override
    public void writeShape(Member member, Shape shape) {
        if (event == null) {
            name = member.name();
            event = shape;
            if (shape.schema().anyMember(m -> m.location() == Location.EVENT_PAYLOAD)) {
                shape.write(this);
            }
        } else if (member.location() == Location.EVENT_PAYLOAD) {
            structure = shape;
        }
    }

    @Override
    public void writeBlob(Member member, Blob value) {
        if (member.location() == Location.EVENT_PAYLOAD) {
            raw = value.bytes();
            rawType = "application/octet-stream";
        }
    }

    @Override
    public void writeString(Member member, String value) {
        if (member.location() == Location.EVENT_PAYLOAD) {
            raw = value.getBytes(StandardCharsets.UTF_8);
            rawType = "text/plain";
        }
    }
}
