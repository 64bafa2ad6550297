package io.pileus.sns.filter;

import java.util.List;

/** The fields that a filter policy can name: message attributes, or the members of a JSON object. */
interface Fields {

    boolean has(String name);

    /** The scalar values of a field: one, or an array's elements. */
    List<Value> values(String name);

    /** The objects of a field: itself, or an array's elements. */
    List<Fields> objects(String name);
}
