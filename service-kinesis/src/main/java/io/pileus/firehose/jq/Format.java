package io.pileus.firehose.jq;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** The string formats {@code @text}, {@code @base64} and so on. */
enum Format {
    TEXT,
    JSON,
    CSV,
    TSV,
    HTML,
    URI,
    SH,
    BASE64,
    BASE64D;

    static Format of(String name) {
        return find(name).orElseThrow(() -> new JqSyntaxException(name + " is not a valid format"));
    }

    static Optional<Format> find(String name) {
        return Arrays.stream(values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    String write(JsonNode value, Meter meter) {
        meter.walk(value);
        String written = switch (this) {
            case TEXT -> Values.text(value);
            case JSON -> Values.json(value);
            case CSV -> row(value, ",");
            case TSV -> row(value, "\t");
            case HTML ->
                Values.text(value)
                        .replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("'", "&#39;")
                        .replace("\"", "&quot;");
            case URI -> uri(Values.text(value));
            case SH -> shell(value);
            case BASE64 -> Base64.getEncoder().encodeToString(Values.text(value).getBytes(StandardCharsets.UTF_8));
            case BASE64D -> decoded(Values.text(value));
        };
        meter.text(written.length());
        return written;
    }

    private String row(JsonNode value, String delimiter) {
        if (!value.isArray()) {
            throw new JqException(Values.described(value) + " cannot be " + (this == CSV ? "csv" : "tsv")
                    + "-formatted, only an array can be");
        }
        StringBuilder row = new StringBuilder();
        for (JsonNode cell : value) {
            if (cell.isContainerNode()) {
                throw new JqException(Values.described(cell) + " is not valid in a csv row");
            }
            row.append(row.isEmpty() ? "" : delimiter).append(cell(cell));
        }
        return row.toString();
    }

    private String cell(JsonNode cell) {
        if (cell.isNull()) {
            return "";
        }
        String text = Values.text(cell);
        if (!cell.isTextual()) {
            return text;
        }
        return this == CSV
                ? "\"" + text.replace("\"", "\"\"") + "\""
                : text.replace("\\", "\\\\")
                        .replace("\t", "\\t")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r");
    }

    private static String uri(String text) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = (c >= '0' && c <= '9')
                    || (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || "-_.~".indexOf(c) >= 0;
            if (plain) {
                out.append(c);
            } else {
                out.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return out.toString();
    }

    private static String shell(JsonNode value) {
        StringBuilder words = new StringBuilder();
        for (JsonNode word : value.isArray() ? value : java.util.List.of(value)) {
            if (word.isContainerNode()) {
                throw new JqException(Values.described(word) + " can not be escaped for shell");
            }
            words.append(words.isEmpty() ? "" : " ")
                    .append(word.isTextual() ? "'" + word.textValue().replace("'", "'\\''") + "'" : Values.text(word));
        }
        return words.toString();
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getMimeDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new JqException("string (" + Values.shortened(text) + ") is not valid base64 data");
        }
    }
}
