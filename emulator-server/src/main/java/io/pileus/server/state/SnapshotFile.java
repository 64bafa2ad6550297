package io.pileus.server.state;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.shape.JsonTrees;
import io.pileus.core.state.MemoryStateStore;
import io.pileus.core.state.StateKey;
import io.pileus.server.state.Snapshots.SnapshotException;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * A snapshot as a zip archive, to be carried to another server:
 *
 * <pre>
 * pileus-snapshot.json    {"format": 1, "version": "0.1.0", "savedAt": "2026-01-01T00:00:00Z"}
 * files/0, files/1, ...   bodies that live in files
 * state/sqs.jsonl, ...    one thing a line: {"kind", "account", "region", "id", "state": {...}}, or "file": 0 for "state"
 * </pre>
 *
 * The names of entries are compared with these patterns only; no path is ever made of one.
 */
final class SnapshotFile {
    private static final int FORMAT = 1;
    private static final String HEAD = "pileus-snapshot.json";
    private static final Pattern STATE = Pattern.compile("state/([a-z0-9-]{1,64})\\.jsonl");
    private static final Pattern FILE = Pattern.compile("files/([0-9]{1,9})");
    private static final int HEAD_BYTES_MAX = 1 << 16;

    /** All bodies in files together. */
    private static final long FILE_BYTES_MAX = 16L << 30;

    private static final int FILES_MAX = 1_000_000;

    private SnapshotFile() {}

    private static JsonFactory json() {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(5_000)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .build())
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .build();
    }

    static void write(Snapshot snapshot, String version, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.putNextEntry(new ZipEntry(HEAD));
        ObjectNode head = JsonTrees.mapper()
                .createObjectNode()
                .put("format", FORMAT)
                .put("version", version)
                .put("savedAt", snapshot.savedAt().toString());
        zip.write(head.toString().getBytes(StandardCharsets.UTF_8));
        Map<String, Map<StateKey, Integer>> numbers = new LinkedHashMap<>();
        int next = 0;
        for (Map.Entry<String, MemoryStateStore> service : snapshot.services().entrySet()) {
            Map<StateKey, Integer> own = new LinkedHashMap<>();
            for (Map.Entry<StateKey, Path> file : service.getValue().files().entrySet()) {
                zip.putNextEntry(new ZipEntry("files/" + next));
                Files.copy(file.getValue(), zip);
                own.put(file.getKey(), next++);
            }
            numbers.put(service.getKey(), own);
        }
        JsonFactory factory = json();
        for (Map.Entry<String, MemoryStateStore> service : snapshot.services().entrySet()) {
            zip.putNextEntry(new ZipEntry("state/" + service.getKey() + ".jsonl"));
            try (JsonGenerator lines = factory.createGenerator(zip)) {
                lines.setRootValueSeparator(new SerializedString("\n"));
                writeThings(service.getValue(), numbers.getOrDefault(service.getKey(), Map.of()), lines);
            }
        }
        zip.finish();
    }

    private static void writeThings(MemoryStateStore store, Map<StateKey, Integer> files, JsonGenerator lines)
            throws IOException {
        for (Map.Entry<StateKey, byte[]> thing : store.things().entrySet()) {
            writeKey(thing.getKey(), lines);
            lines.writeFieldName("state");
            lines.writeRawValue(new String(thing.getValue(), StandardCharsets.UTF_8));
            lines.writeEndObject();
        }
        for (Map.Entry<StateKey, Integer> file : files.entrySet()) {
            writeKey(file.getKey(), lines);
            lines.writeNumberField("file", file.getValue());
            lines.writeEndObject();
        }
    }

    private static void writeKey(StateKey key, JsonGenerator lines) throws IOException {
        lines.writeStartObject();
        lines.writeStringField("kind", key.kind());
        lines.writeStringField("account", key.scope().account().id());
        lines.writeStringField("region", key.scope().region().id());
        lines.writeStringField("id", key.id());
    }

    /** @throws SnapshotException with words for the user */
    static Snapshot read(String name, InputStream in, long bytesMax, Supplier<Path> newFile) throws IOException {
        Reading reading = new Reading(bytesMax, newFile);
        boolean done = false;
        try (ZipInputStream zip = new ZipInputStream(in)) {
            ZipEntry entry;
            while ((entry = zip.getNextEntry()) != null) {
                reading.take(entry.getName(), zip);
            }
            Snapshot snapshot = reading.snapshot(name);
            done = true;
            return snapshot;
        } catch (ZipException | IllegalArgumentException | DateTimeParseException | JacksonException e) {
            throw new SnapshotException("this is not a snapshot: " + e.getMessage());
        } finally {
            reading.deleteFiles();
            if (!done) {
                reading.stores.values().forEach(MemoryStateStore::clear);
            }
        }
    }

    /** One archive that is read, its entries in any order. */
    private static final class Reading {
        /** A thing that lives in one of the files. */
        private record WantedFile(MemoryStateStore store, StateKey key, int number) {}

        private final JsonFactory factory = json();
        private final long bytesMax;
        private final Supplier<Path> newFile;
        private final Map<String, MemoryStateStore> stores = new LinkedHashMap<>();
        private final Map<Integer, Path> files = new HashMap<>();
        private final List<WantedFile> wantedFiles = new ArrayList<>();
        private Instant savedAt = Instant.EPOCH;
        private boolean headed;
        private long bytes;
        private long fileBytes;

        Reading(long bytesMax, Supplier<Path> newFile) {
            this.bytesMax = bytesMax;
            this.newFile = newFile;
        }

        void take(String entry, InputStream content) throws IOException {
            Matcher state = STATE.matcher(entry);
            Matcher file = FILE.matcher(entry);
            if (entry.equals(HEAD)) {
                takeHead(content);
            } else if (state.matches()) {
                takeState(state.group(1), new Bounded(content, bytesMax - bytes));
            } else if (file.matches()) {
                takeFile(Integer.parseInt(file.group(1)), new Bounded(content, FILE_BYTES_MAX - fileBytes));
            }
            // Others are of a newer program, or a directory.
        }

        private void takeHead(InputStream content) throws IOException {
            JsonNode head = JsonTrees.mapper().readTree(content.readNBytes(HEAD_BYTES_MAX));
            int format = head.path("format").asInt();
            if (format < 1 || format > FORMAT) {
                throw new SnapshotException("this snapshot was written by version "
                        + head.path("version").asText() + " in format " + format + "; this program knows " + FORMAT);
            }
            savedAt = Instant.parse(head.path("savedAt").asText());
            headed = true;
        }

        private void takeFile(int number, Bounded content) throws IOException {
            if (files.size() >= FILES_MAX) {
                throw new SnapshotException("a snapshot has at most " + FILES_MAX + " files");
            }
            Path file = newFile.get();
            Path before = files.put(number, file);
            if (before != null) {
                Files.deleteIfExists(before);
            }
            Files.copy(content, file);
            fileBytes += content.read;
        }

        private void takeState(String service, Bounded content) throws IOException {
            MemoryStateStore store = stores.computeIfAbsent(service, s -> new MemoryStateStore(newFile));
            try (JsonParser lines = factory.createParser((InputStream) content)) {
                while (lines.nextToken() != null) {
                    takeThing(lines, store);
                }
            }
            bytes += content.read;
        }

        private void takeThing(JsonParser lines, MemoryStateStore store) throws IOException {
            if (lines.currentToken() != JsonToken.START_OBJECT) {
                throw new SnapshotException("this is not a snapshot: a line is no object");
            }
            Map<String, String> key = new HashMap<>();
            byte[] state = null;
            Integer file = null;
            while (lines.nextToken() == JsonToken.FIELD_NAME) {
                String field = lines.currentName();
                lines.nextToken();
                switch (field) {
                    case "state" -> state = copied(lines);
                    case "file" -> file = lines.getIntValue();
                    case "kind", "account", "region", "id" -> key.put(field, lines.getText());
                    default -> lines.skipChildren();
                }
            }
            StateKey stateKey = new StateKey(
                    key.getOrDefault("kind", ""),
                    new Scope(
                            new AccountId(key.getOrDefault("account", "")), new Region(key.getOrDefault("region", ""))),
                    key.getOrDefault("id", ""));
            if (state != null) {
                store.put(stateKey, state);
            } else if (file != null) {
                wantedFiles.add(new WantedFile(store, stateKey, file));
            }
        }

        private byte[] copied(JsonParser value) throws IOException {
            ByteArrayOutputStream bytesOfValue = new ByteArrayOutputStream();
            try (JsonGenerator copy = factory.createGenerator(bytesOfValue)) {
                copy.copyCurrentStructureExact(value);
            }
            return bytesOfValue.toByteArray();
        }

        Snapshot snapshot(String name) throws IOException {
            if (!headed) {
                throw new SnapshotException("this is not a snapshot: it has no " + HEAD);
            }
            for (WantedFile one : wantedFiles) {
                Path file = files.get(one.number());
                if (file == null) {
                    throw new SnapshotException("this snapshot is not complete: it has no files/" + one.number());
                }
                one.store().putFile(one.key(), file);
            }
            return Snapshot.of(name, savedAt, stores);
        }

        /** The stores have their own by now. */
        void deleteFiles() throws IOException {
            for (Path file : files.values()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Ends with an error instead of growing without bounds. */
    private static final class Bounded extends FilterInputStream {
        private final long max;
        private long read;

        Bounded(InputStream in, long max) {
            super(in);
            this.max = max;
        }

        @Override
        public int read() throws IOException {
            int next = in.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int count = in.read(to, offset, length);
            count(Math.max(0, count));
            return count;
        }

        private void count(int bytes) {
            read += bytes;
            if (read > max) {
                throw new SnapshotException("this snapshot is too large");
            }
        }

        /** The archive goes on behind the entry. */
        @Override
        public void close() {}
    }
}
