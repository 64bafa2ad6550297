package io.pileus.sns.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/** A value that a filter policy looks at. */
public sealed interface Value {

    record Text(String text) implements Value {}

    record Number(BigDecimal number) implements Value {}

    enum Constant implements Value {
        TRUE,
        FALSE,
        NULL
    }

    /** A JSON scalar as a value; objects and arrays have none. */
    static Value of(JsonNode scalar) {
        return switch (scalar.getNodeType()) {
            case STRING -> new Text(scalar.textValue());
            case NUMBER -> new Number(scalar.decimalValue());
            case BOOLEAN -> scalar.booleanValue() ? Constant.TRUE : Constant.FALSE;
            default -> Constant.NULL;
        };
    }
}
