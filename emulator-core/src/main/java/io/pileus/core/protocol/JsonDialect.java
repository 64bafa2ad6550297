package io.pileus.core.protocol;

import com.fasterxml.jackson.core.SerializableString;
import io.pileus.core.shape.Member;
import io.pileus.core.shape.Schema;
import org.jspecify.annotations.Nullable;

/** In what the JSON-like protocols differ. */
enum JsonDialect {
    /** awsJson1_0 and awsJson1_1: the model's own names, timestamps in epoch seconds. */
    AWS_JSON,
    /** restJson1: {@code @jsonName} counts, timestamps must have the model's format. */
    REST_JSON,
    /** rpcv2Cbor: the model's names, timestamps tagged epoch seconds. */
    RPC_CBOR,
    /** The older JSON-as-CBOR: timestamps are tagged epoch milliseconds. */
    AWS_CBOR,
    /** Documents inside the process: the model's names; timestamps as people write them. */
    DOCUMENT,
    /** Documents that a workflow's author wrote: as {@link #DOCUMENT}, and a text may be written as JSON. */
    PARAMETERS;

    boolean binary() {
        return this == RPC_CBOR || this == AWS_CBOR;
    }

    private boolean document() {
        return this == DOCUMENT || this == PARAMETERS;
    }

    SerializableString nameOf(Member member) {
        return this == REST_JSON ? member.spelledJsonName() : member.spelledName();
    }

    @Nullable
    Member find(Schema schema, String name) {
        Member member = this == REST_JSON ? schema.jsonNamed(name) : schema.named(name);
        return member == null && document() ? schema.named(otherCase(name)) : member;
    }

    /** Step Functions' users write every member with a capital, whatever the model does. */
    private static String otherCase(String name) {
        if (name.isEmpty()) {
            return name;
        }
        char first = name.charAt(0);
        char other = Character.isUpperCase(first) ? Character.toLowerCase(first) : Character.toUpperCase(first);
        return other + name.substring(1);
    }
}
