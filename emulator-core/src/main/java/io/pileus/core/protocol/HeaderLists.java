package io.pileus.core.protocol;

import io.pileus.core.shape.MalformedInputException;
import io.pileus.core.shape.Member.TimestampFormat;
import java.util.ArrayList;
import java.util.List;

/** Lists in headers: separated by commas, elements in quotes where they hold one themselves. */
final class HeaderLists {
    private HeaderLists() {}

    /** @param format HTTP_DATE for dates, which hold a comma themselves */
    static List<String> split(List<String> headers, TimestampFormat format) {
        List<String> elements = new ArrayList<>();
        for (String header : headers) {
            if (format == TimestampFormat.HTTP_DATE) {
                splitDates(header, elements);
            } else {
                splitElements(header, elements);
            }
        }
        return elements;
    }

    private static void splitDates(String header, List<String> elements) {
        String[] parts = header.split(",");
        if (parts.length % 2 != 0) {
            throw new MalformedInputException("\"" + header + "\" is no list of dates");
        }
        for (int i = 0; i < parts.length; i += 2) {
            elements.add(parts[i].strip() + ", " + parts[i + 1].strip());
        }
    }

    private static void splitElements(String header, List<String> elements) {
        int i = 0;
        while (i < header.length()) {
            while (i < header.length() && (header.charAt(i) == ' ' || header.charAt(i) == '\t')) {
                i++;
            }
            StringBuilder element = new StringBuilder();
            if (i < header.length() && header.charAt(i) == '"') {
                i = quoted(header, i + 1, element);
                elements.add(element.toString());
            } else {
                int comma = header.indexOf(',', i);
                int end = comma < 0 ? header.length() : comma;
                elements.add(header.substring(i, end).strip());
                i = end;
            }
            i++;
        }
    }

    /** Reads up to the closing quote and returns the place of the comma (or end) that follows. */
    private static int quoted(String header, int start, StringBuilder element) {
        for (int i = start; i < header.length(); i++) {
            char c = header.charAt(i);
            if (c == '\\' && i + 1 < header.length()) {
                element.append(header.charAt(++i));
            } else if (c == '"') {
                int comma = i + 1;
                while (comma < header.length() && header.charAt(comma) == ' ') {
                    comma++;
                }
                if (comma < header.length() && header.charAt(comma) != ',') {
                    throw new MalformedInputException("Unexpected text after a quoted element");
                }
                return comma;
            } else {
                element.append(c);
            }
        }
        throw new MalformedInputException("A quoted element does not end");
    }

    static String join(List<String> elements) {
        StringBuilder joined = new StringBuilder();
        for (String element : elements) {
            joined.append(joined.isEmpty() ? "" : ", ").append(element);
        }
        return joined.toString();
    }

    /** A text as an element of a list. */
    static String quotedIfNeeded(String text) {
        return text.indexOf(',') >= 0 || text.indexOf('"') >= 0
                ? '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
                : text;
    }
}
