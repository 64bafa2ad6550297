package io.pileus.junit5;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.server.Pileus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A server, and the file that its Step Functions read mocks from, which all classes that share it write to. */
final class Server implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Pileus pileus;
    private final Optional<Path> mocksFile;
    private final ObjectNode mocks = JSON.createObjectNode();

    /** @param mocksFile empty when the user named a file */
    Server(Pileus pileus, Optional<Path> mocksFile) {
        this.pileus = pileus;
        this.mocksFile = mocksFile;
    }

    Pileus pileus() {
        return pileus;
    }

    /**
     * Adds mocks; those of the same names are replaced.
     *
     * @param json a mock configuration as Step Functions Local reads it
     */
    synchronized void mock(String json) {
        Path file = mocksFile.orElseThrow(
                () -> new IllegalStateException("the setting SFN_MOCK_CONFIG names a file; write the mocks there"));
        try {
            JsonNode added = JSON.readTree(json);
            for (String part : new String[] {"StateMachines", "MockedResponses"}) {
                for (Map.Entry<String, JsonNode> entry : added.path(part).properties()) {
                    mocks.withObject("/" + part).set(entry.getKey(), entry.getValue());
                }
            }
            Files.write(file, JSON.writeValueAsBytes(mocks));
        } catch (IOException e) {
            throw new UncheckedIOException("not a mock configuration", e);
        }
    }

    @Override
    public void close() {
        pileus.close();
        mocksFile.ifPresent(file -> {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
