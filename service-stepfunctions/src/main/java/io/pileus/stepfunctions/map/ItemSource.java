package io.pileus.stepfunctions.map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.http.Payload;
import io.pileus.core.port.ObjectStore;
import io.pileus.stepfunctions.asl.Errors;
import io.pileus.stepfunctions.asl.Json;
import io.pileus.stepfunctions.asl.State;
import io.pileus.stepfunctions.run.Frame;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * Reads the items of a distributed Map state from S3.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html">ItemReader</a>
 */
final class ItemSource {
    /** The most items of one Map run: 100,000,000 on AWS; here what fits into memory. */
    private static final int ITEMS_MAX = 1_000_000;

    private static final long OBJECT_BYTES_MAX = 256L * 1024 * 1024;

    private final Optional<ObjectStore> store;
    private final State.ItemReader reader;
    private final JsonNode arguments;
    private final long maxItems;
    private final List<Frame.MapItem> items = new ArrayList<>();

    private ItemSource(
            Optional<ObjectStore> store, State.ItemReader reader, JsonNode arguments, Optional<Long> maxItems) {
        this.store = store;
        this.reader = reader;
        this.arguments = arguments;
        this.maxItems = maxItems.filter(m -> m > 0).orElse((long) ITEMS_MAX);
    }

    static List<Frame.MapItem> read(
            Optional<ObjectStore> store, State.ItemReader reader, JsonNode arguments, Optional<Long> maxItems) {
        ItemSource source = new ItemSource(store, reader, arguments, maxItems);
        source.read();
        return source.items;
    }

    /** The items of a text, as if an object held it. */
    static List<Frame.MapItem> parse(State.ItemReader reader, String text, Optional<Long> maxItems) {
        ItemSource source = new ItemSource(Optional.empty(), reader, Json.EMPTY_OBJECT, maxItems);
        switch (reader.inputType()) {
            case "CSV" -> source.csv(text, "");
            case "JSONL" -> source.lines(text, "", "", "");
            default -> source.json(text, "", "", "");
        }
        return source.items;
    }

    /** The items of a JSON value: an array's elements, or an object's fields. */
    static List<Frame.MapItem> of(JsonNode value, Optional<String> source) {
        List<Frame.MapItem> items = new ArrayList<>();
        if (value.isArray()) {
            for (JsonNode element : value) {
                items.add(new Frame.MapItem(items.size(), element, Optional.empty(), source));
            }
            return items;
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            ObjectNode item = Json.object().put("Key", field.getKey());
            item.set("Value", field.getValue());
            items.add(new Frame.MapItem(items.size(), item, Optional.of(field.getKey()), source));
        }
        return items;
    }

    private void read() {
        if (reader.resource().equals("listObjectsV2")) {
            list();
            return;
        }
        String bucket = argument("Bucket");
        String key = argument("Key");
        JsonNode version = arguments.path("VersionId");
        content(
                reader.inputType(),
                bucket,
                key,
                version.isTextual() ? Optional.of(version.textValue()) : Optional.empty());
    }

    private void content(String type, String bucket, String key, Optional<String> version) {
        String source = "S3://" + bucket + "/" + key;
        switch (type) {
            case "CSV" -> csv(text(bucket, key, version), source);
            case "JSON" -> json(text(bucket, key, version), bucket, key, source);
            case "JSONL" -> lines(text(bucket, key, version), bucket, key, source);
            case "MANIFEST" -> manifest(text(bucket, key, version), bucket, key);
            default -> throw failure("Items of type " + type + " cannot be read by the emulator.");
        }
    }

    private void list() {
        String bucket = argument("Bucket");
        String prefix = arguments.path("Prefix").asText("");
        Optional<String> after = Optional.empty();
        boolean load =
                reader.transformation().filter("LOAD_AND_FLATTEN"::equals).isPresent();
        while (!full()) {
            ObjectStore.Listing page = store().list(bucket, prefix, after);
            if (page.failure().isPresent()) {
                throw failure("Failed to list the objects of the bucket " + bucket + ": "
                        + page.failure().get());
            }
            for (ObjectStore.Entry entry : page.entries()) {
                if (load) {
                    content(reader.inputType(), bucket, entry.key(), Optional.empty());
                } else {
                    ObjectNode item = Json.object();
                    item.put("Etag", entry.eTag());
                    item.put("Key", entry.key());
                    item.put("LastModified", entry.lastModified().getEpochSecond());
                    item.put("Size", entry.size());
                    item.put("StorageClass", entry.storageClass());
                    add(item, "S3://" + bucket);
                }
                after = Optional.of(entry.key());
            }
            if (!page.truncated() || page.entries().isEmpty()) {
                return;
            }
        }
    }

    private void csv(String text, String source) {
        List<List<String>> rows = Csv.rows(text, reader.csvDelimiter());
        boolean first = reader.csvHeaderLocation().filter("FIRST_ROW"::equals).isPresent();
        if (first && rows.isEmpty()) {
            throw failure("The CSV file has no header row.");
        }
        List<String> headers = first ? rows.get(0) : reader.csvHeaders();
        for (List<String> row : first ? rows.subList(1, rows.size()) : rows) {
            ObjectNode item = Json.object();
            for (int i = 0; i < headers.size(); i++) {
                item.put(headers.get(i), i < row.size() ? row.get(i) : "");
            }
            add(item, source);
        }
    }

    private void json(String text, String bucket, String key, String source) {
        JsonNode value = parse(text, bucket, key);
        if (reader.itemsPointer().isPresent()) {
            value = value.at(reader.itemsPointer().get());
        }
        if (!value.isArray() && !value.isObject()) {
            throw failure("Attempting to map over non-iterable node.");
        }
        for (Frame.MapItem item : of(value, Optional.of(source))) {
            if (!full()) {
                items.add(new Frame.MapItem(items.size(), item.value(), item.key(), item.source()));
            }
        }
    }

    private void lines(String text, String bucket, String key, String source) {
        text.lines().filter(line -> !line.isBlank()).forEach(line -> add(parse(line, bucket, key), source));
    }

    /** An S3 inventory's manifest, whose data files are gzipped CSV without headers. */
    private void manifest(String text, String bucket, String key) {
        JsonNode manifest = parse(text, bucket, key);
        if (!manifest.path("fileFormat").asText("CSV").equals("CSV")) {
            throw failure("Only inventories in CSV can be read by the emulator.");
        }
        String target = manifest.path("destinationBucket").asText("");
        String from = target.isEmpty() ? bucket : target.substring(target.lastIndexOf(':') + 1);
        List<String> schema =
                List.of(manifest.path("fileSchema").asText("Bucket, Key").split("\\s*,\\s*"));
        for (JsonNode file : manifest.path("files")) {
            String name = file.path("key").asText();
            for (List<String> row : Csv.rows(text(from, name, Optional.empty()), ',')) {
                ObjectNode item = Json.object();
                for (int i = 0; i < schema.size() && i < row.size(); i++) {
                    item.put(schema.get(i), row.get(i));
                }
                add(item, "S3://" + from + "/" + name);
            }
        }
    }

    private void add(JsonNode value, String source) {
        if (!full()) {
            items.add(new Frame.MapItem(items.size(), value, Optional.empty(), Optional.of(source)));
        }
    }

    private boolean full() {
        return items.size() >= maxItems;
    }

    private String argument(String name) {
        JsonNode value = arguments.path(name);
        if (!value.isTextual()) {
            throw failure("The ItemReader's " + name + " is missing or is not a string.");
        }
        return value.textValue();
    }

    private ObjectStore store() {
        return store.orElseThrow(() -> failure("S3 is not enabled in the emulator."));
    }

    private String text(String bucket, String key, Optional<String> version) {
        return switch (store().get(bucket, key, version)) {
            case ObjectStore.Found found -> text(found.body(), key);
            case ObjectStore.GetFailed failed ->
                throw failure("Failed to read the object " + key + " of the bucket " + bucket + ": " + failed.message()
                        + " (" + failed.code() + ")");
        };
    }

    private String text(Payload body, String key) {
        if (body.size() > OBJECT_BYTES_MAX) {
            throw failure("The object " + key + " is too large for the emulator.");
        }
        byte[] bytes = body.bytes();
        if (bytes.length > 2 && (bytes[0] & 0xff) == 0x1f && (bytes[1] & 0xff) == 0x8b) {
            try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                bytes = in.readNBytes((int) OBJECT_BYTES_MAX);
            } catch (IOException e) {
                throw failure("The object " + key + " cannot be unpacked: " + e.getMessage());
            }
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static JsonNode parse(String text, String bucket, String key) {
        try {
            return Json.read(text);
        } catch (JsonProcessingException e) {
            throw failure("Attempting to parse the object " + key + " of the bucket " + bucket + " failed: "
                    + e.getOriginalMessage());
        }
    }

    private static MapFailure failure(String cause) {
        return new MapFailure(Errors.ITEM_READER_FAILED, cause);
    }
}
