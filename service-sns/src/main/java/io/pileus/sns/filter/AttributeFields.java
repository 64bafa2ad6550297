package io.pileus.sns.filter;

import java.util.List;
import java.util.Map;

/** Message attributes as fields: flat, with one value or an array's. */
record AttributeFields(Map<String, List<Value>> attributes) implements Fields {

    @Override
    public boolean has(String name) {
        return attributes.containsKey(name);
    }

    @Override
    public List<Value> values(String name) {
        return attributes.getOrDefault(name, List.of());
    }

    @Override
    public List<Fields> objects(String name) {
        return List.of();
    }
}
