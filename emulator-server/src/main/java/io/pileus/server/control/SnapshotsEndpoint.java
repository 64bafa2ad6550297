package io.pileus.server.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.http.Payload;
import io.pileus.core.state.StateChanges;
import io.pileus.server.state.Persistence;
import io.pileus.server.state.Snapshot;
import io.pileus.server.state.Snapshots.Loaded;
import io.pileus.server.state.Snapshots.SnapshotException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Snapshots by name ({@code /_pileus/snapshots}): listed, saved (POST), loaded, deleted, fetched (GET) and put as a file (PUT); and the
 * state directory, written and loaded on demand ({@code /_pileus/state/save}, {@code .../load}).
 */
final class SnapshotsEndpoint {
    private final Emulator emulator;

    SnapshotsEndpoint(Emulator emulator) {
        this.emulator = emulator;
    }

    HttpResponse list() {
        ObjectNode answer = Json.object();
        ArrayNode all = answer.putArray("snapshots");
        emulator.snapshots().list().forEach(snapshot -> all.add(described(snapshot)));
        return Json.answer(answer);
    }

    private static ObjectNode described(Snapshot snapshot) {
        ObjectNode described = Json.object()
                .put("name", snapshot.name())
                .put("savedAt", snapshot.savedAt().toString())
                .put("things", snapshot.things())
                .put("bytes", snapshot.bytes());
        ObjectNode services = described.putObject("services");
        snapshot.services()
                .forEach((name, store) -> services.put(name, store.keys().size()));
        return described;
    }

    private static HttpResponse none(String name) {
        return Json.error(404, "there is no snapshot '" + name + "'");
    }

    private static HttpResponse answer(Supplier<HttpResponse> action) {
        try {
            return action.get();
        } catch (SnapshotException e) {
            return Json.error(400, String.valueOf(e.getMessage()));
        }
    }

    HttpResponse save(String name) {
        return answer(() -> Json.answer(described(emulator.snapshots().save(name))));
    }

    HttpResponse load(String name) {
        return answer(() -> {
            Optional<Loaded> loaded = emulator.snapshots().load(name);
            emulator.stateChanged();
            return loaded.map(SnapshotsEndpoint::described).map(Json::answer).orElseGet(() -> none(name));
        });
    }

    private static ObjectNode described(Loaded loaded) {
        ObjectNode described = Json.object();
        ArrayNode services = described.putArray("loaded");
        loaded.services().forEach(services::add);
        ArrayNode leftOut = described.putArray("leftOut");
        loaded.leftOut().forEach(leftOut::add);
        return described;
    }

    HttpResponse delete(String name) {
        return emulator.snapshots().delete(name) ? HttpResponse.empty(204) : none(name);
    }

    HttpResponse download(String name) {
        try {
            Path file = emulator.snapshots().newFile();
            try (OutputStream out = Files.newOutputStream(file)) {
                if (!emulator.snapshots().write(name, out)) {
                    return none(name);
                }
                Payload payload = Payload.InFile.whole(file).withOpened();
                return new HttpResponse(
                        200, Headers.of("Content-Type", "application/zip"), new HttpResponse.Complete(payload));
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HttpResponse upload(String name, HttpRequest request) {
        return answer(() -> {
            try (InputStream in = request.body().open()) {
                return Json.answer(described(emulator.snapshots().read(name, in)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    // ---- the directory ----------------------------------------------------------------------------------------------

    HttpResponse saveState() {
        Optional<Persistence> persistence = emulator.persistence();
        if (persistence.isEmpty()) {
            return withoutPersistence();
        }
        StateChanges changes = persistence.get().flush();
        return Json.answer(Json.object().put("written", changes.written()).put("removed", changes.removed()));
    }

    HttpResponse loadState() {
        Optional<Persistence> persistence = emulator.persistence();
        if (persistence.isEmpty()) {
            return withoutPersistence();
        }
        persistence.get().reload();
        return Json.answer(Json.object().put("status", "OK"));
    }

    private static HttpResponse withoutPersistence() {
        return Json.error(409, "state is not kept in a directory; start the server with PERSISTENCE=1");
    }
}
