package io.pileus.firehose.jq;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What names mean at a place of a query: a chain, the innermost first. */
record Scope(@Nullable Scope parent, String name, @Nullable Object meaning) {
    static final Scope EMPTY = new Scope(null, "", null);

    /** A filter that was given as an argument, with the scope it was written in. */
    record Closure(Expression body, Scope scope) {}

    Scope variable(String variable, JsonNode value) {
        return new Scope(this, "$" + variable, value);
    }

    Scope function(Expression.Function function) {
        return new Scope(this, function.signature(), function);
    }

    Scope filter(String parameter, Closure closure) {
        return new Scope(this, parameter + "/0", closure);
    }

    Scope label(String label, Object mark) {
        return new Scope(this, "*" + label, mark);
    }

    /** The link that gives the name its meaning. */
    @Nullable
    Scope find(String wanted, Meter meter) {
        for (Scope link = this; link != null; link = link.parent) {
            meter.step();
            if (link.name.equals(wanted)) {
                return link;
            }
        }
        return null;
    }
}
