package io.pileus.s3;

import io.pileus.core.service.AwsException;
import io.pileus.core.shape.Member;
import io.pileus.core.shape.Schema;
import io.pileus.core.shape.Shape;
import io.pileus.core.shape.ShapeWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An error as S3 answers it: beside code and message it has elements of its own, such as {@code BucketName}, and headers. */
final class S3Error extends AwsException implements Shape {
    private final transient List<Member> members = new ArrayList<>();
    private final transient List<String> values = new ArrayList<>();

    S3Error(String code, int httpStatus, String message) {
        super(code, httpStatus, message);
    }

    /** Adds an element to the body; an absent value adds none. */
    S3Error with(String element, @Nullable Object value) {
        if (value != null) {
            members.add(Member.of(element, Member.Kind.STRING));
            values.add(value.toString());
        }
        return this;
    }

    /** Adds a header; an absent value adds none. */
    S3Error header(String name, @Nullable String value) {
        if (value != null) {
            members.add(Member.of(name, Member.Kind.STRING).at(Member.Location.HEADER, name));
            values.add(value);
        }
        return this;
    }

    /** The elements of the body beside code and message, in their order. */
    Map<String, String> elements() {
        Map<String, String> elements = new LinkedHashMap<>();
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).location() != Member.Location.HEADER) {
                elements.put(members.get(i).name(), values.get(i));
            }
        }
        return elements;
    }

    @Override
    public Schema schema() {
        Schema.Builder schema = Schema.error("com.amazonaws.s3", code());
        members.forEach(schema::member);
        return schema.build();
    }

    @Override
    public void write(ShapeWriter writer) {
        Schema schema = schema();
        writer.beginStruct(schema);
        for (int i = 0; i < members.size(); i++) {
            writer.writeString(members.get(i), values.get(i));
        }
        writer.endStruct(schema);
    }
}
