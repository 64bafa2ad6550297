package io.pileus.server.hooks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One script of a stage and what became of it: UNKNOWN, then RUNNING, then SUCCESSFUL or ERROR. */
public final class InitScript {

    /** What became of a script; the names are those that LocalStack shows. */
    public enum State {
        UNKNOWN,
        RUNNING,
        SUCCESSFUL,
        ERROR
    }

    private final InitStage stage;
    private final Path file;
    private volatile State state = State.UNKNOWN;

    InitScript(InitStage stage, Path file) {
        this.stage = stage;
        this.file = file;
    }

    public InitStage stage() {
        return stage;
    }

    /** The file's name without its folders. */
    public String name() {
        return String.valueOf(file.getFileName());
    }

    public State state() {
        return state;
    }

    Path file() {
        return file;
    }

    void become(State next) {
        state = next;
    }

    static boolean isScript(Path file) {
        String name = file.toString();
        return (name.endsWith(".sh") || name.endsWith(".py")) && Files.isRegularFile(file);
    }

    /** A file that nobody made executable is the most frequent mistake with hooks, so it goes through its shell. */
    List<String> command() throws IOException {
        String path = file.toAbsolutePath().toString();
        if (path.endsWith(".py")) {
            return List.of("python3", path);
        }
        return Files.isExecutable(file) ? List.of(path) : List.of(shell(), path);
    }

    private String shell() throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            String first = lines.readLine();
            return first != null && first.startsWith("#!") && first.contains("bash") ? "bash" : "sh";
        }
    }
}
