package io.pileus.core.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a query string, decoded, in their order. */
record QueryString(Map<String, List<String>> parameters) {

    static QueryString parse(String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        int start = 0;
        while (start < query.length()) {
            int end = query.indexOf('&', start);
            end = end < 0 ? query.length() : end;
            if (end > start) {
                String parameter = query.substring(start, end);
                int equals = parameter.indexOf('=');
                String name = equals < 0 ? parameter : parameter.substring(0, equals);
                String value = equals < 0 ? "" : parameter.substring(equals + 1);
                parameters
                        .computeIfAbsent(PercentCoding.decodeForm(name), n -> new ArrayList<>())
                        .add(PercentCoding.decodeForm(value));
            }
            start = end + 1;
        }
        return new QueryString(parameters);
    }
}
