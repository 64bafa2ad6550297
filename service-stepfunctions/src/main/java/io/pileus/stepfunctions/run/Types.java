package io.pileus.stepfunctions.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** The names of JSON types as error texts have them. */
final class Types {
    private Types() {}

    static String name(JsonNode value) {
        return value.getNodeType().name().toLowerCase(Locale.ROOT);
    }
}
