package io.pileus.core.dispatch;

import io.pileus.core.service.AwsException;
import io.pileus.core.shape.Member;
import io.pileus.core.shape.Schema;
import io.pileus.core.shape.Shape;
import io.pileus.core.shape.ShapeWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A pre-signed URL of S3 came too late: the answer says until when it was good, and what time it is. */
final class ExpiredUrlException extends AwsException implements Shape {
    private static final Member SECONDS = Member.of("X-Amz-Expires", Member.Kind.STRING);
    private static final Member EXPIRES = Member.of("Expires", Member.Kind.STRING);
    private static final Member SERVER_TIME = Member.of("ServerTime", Member.Kind.STRING);
    private static final Schema SCHEMA = Schema.error("com.amazonaws.s3", "AccessDenied")
            .member(SECONDS)
            .member(EXPIRES)
            .member(SERVER_TIME)
            .build();

    /** For how many seconds the URL was made; empty in Signature Version 2, whose URLs say the end only. */
    private final String seconds;

    private final Instant end;
    private final Instant now;

    ExpiredUrlException(String seconds, Instant end, Instant now) {
        super("AccessDenied", 403, "Request has expired");
        this.seconds = seconds;
        this.end = end;
        this.now = now;
    }

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public void write(ShapeWriter writer) {
        writer.beginStruct(SCHEMA);
        if (!seconds.isEmpty()) {
            writer.writeString(SECONDS, seconds);
        }
        writer.writeString(EXPIRES, end.truncatedTo(ChronoUnit.SECONDS).toString());
        writer.writeString(SERVER_TIME, now.truncatedTo(ChronoUnit.SECONDS).toString());
        writer.endStruct(SCHEMA);
    }
}
