package io.pileus.core.testkit;

import io.pileus.core.shape.Member;
import io.pileus.core.shape.Schema;
import io.pileus.core.shape.Shape;
import io.pileus.core.shape.ShapeReader;
import io.pileus.core.shape.ShapeWriter;
import org.jspecify.annotations.Nullable;

/** Input and output of every operation of {@link NoteApi}. */
public record Note(@Nullable String queueUrl, @Nullable String text) implements Shape {
    public static final Schema SCHEMA = Schema.structure("test", "Note")
            .member(Member.of("QueueUrl", Member.Kind.STRING))
            .member(Member.of("Text", Member.Kind.STRING).asRequired())
            .build();

    public static Note read(ShapeReader reader) {
        String queueUrl = null;
        String text = null;
        reader.beginStruct(SCHEMA);
        for (Member m; (m = reader.nextMember(SCHEMA)) != null; ) {
            if (m.index() == 0) {
                queueUrl = reader.readString(m);
            } else {
                text = reader.readString(m);
            }
        }
        return new Note(queueUrl, text);
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void write(ShapeWriter writer) {
        writer.beginStruct(SCHEMA);
        if (queueUrl != null) {
            writer.writeString(SCHEMA.member(0), queueUrl);
        }
        if (text != null) {
            writer.writeString(SCHEMA.member(1), text);
        }
        writer.endStruct(SCHEMA);
    }
}
