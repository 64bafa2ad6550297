package io.pileus.server.hooks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scripts below one directory and their stages: {@code boot.d}, {@code start.d}, {@code ready.d}, {@code shutdown.d}.
 * A stage's scripts ({@code .sh} and {@code .py}) run one after the other: a folder's own files by name, then the folders
 * in it. One that fails is marked and logged, and the next one runs.
 *
 * <p>Stages are run by the thread that starts or ends the server; states are read by any other.
 */
public final class InitHooks {
    private static final Logger log = LoggerFactory.getLogger(InitHooks.class);

    /** Folders deeper than this are not looked into. */
    private static final int DEPTH_MAX = 16;

    private final List<InitScript> scripts;
    private final Set<InitStage> completed = EnumSet.noneOf(InitStage.class);
    private @Nullable Process running;
    private boolean ending;

    private InitHooks(List<InitScript> scripts) {
        this.scripts = scripts;
    }

    /** Without a directory no script ever runs, and every stage but the last is complete. */
    public static InitHooks none() {
        InitHooks none = new InitHooks(List.of());
        none.completed.addAll(EnumSet.complementOf(EnumSet.of(InitStage.SHUTDOWN)));
        return none;
    }

    /** The scripts that are there now; a directory or folder that is missing has none. */
    public static InitHooks below(Path directory) {
        List<InitScript> scripts = new ArrayList<>();
        for (InitStage stage : InitStage.values()) {
            Path folder = directory.resolve(stage.folder());
            if (Files.isDirectory(folder)) {
                find(folder, 0).forEach(file -> scripts.add(new InitScript(stage, file)));
            }
        }
        return new InitHooks(List.copyOf(scripts));
    }

    private static List<Path> find(Path folder, int depth) {
        List<Path> entries;
        try (Stream<Path> listing = Files.list(folder)) {
            entries = listing.sorted().toList();
        } catch (IOException e) {
            log.error("the init scripts in {} cannot be listed: {}", folder, e.toString());
            return List.of();
        }
        List<Path> found =
                new ArrayList<>(entries.stream().filter(InitScript::isScript).toList());
        for (Path entry : entries) {
            boolean inner = Files.isDirectory(entry) && !Files.isSymbolicLink(entry);
            if (inner && depth < DEPTH_MAX) {
                found.addAll(find(entry, depth + 1));
            }
        }
        return found;
    }

    /** All scripts, in the order in which they run. */
    public List<InitScript> scripts() {
        return scripts;
    }

    public synchronized boolean isCompleted(InitStage stage) {
        return completed.contains(stage);
    }

    /**
     * Runs the stage's scripts and returns when the last one has ended.
     *
     * @param variables what a script finds in its environment, unless the server's own environment says otherwise
     */
    public void run(InitStage stage, Map<String, String> variables) {
        for (InitScript script : scripts) {
            if (script.stage() == stage) {
                run(script, variables);
            }
        }
        synchronized (this) {
            completed.add(stage);
        }
    }

    private void run(InitScript script, Map<String, String> variables) {
        script.become(InitScript.State.RUNNING);
        log.info("init script {} runs", script.file());
        try {
            int status = begin(script, variables).waitFor();
            if (status == 0) {
                script.become(InitScript.State.SUCCESSFUL);
                return;
            }
            log.error("init script {} failed with exit status {}", script.file(), status);
        } catch (IOException e) {
            log.error(
                    "init script {} cannot be run: {}",
                    script.file(),
                    String.valueOf(e.getMessage()).strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.error("init script {} was interrupted", script.file());
        } finally {
            ended();
        }
        script.become(InitScript.State.ERROR);
    }

    private synchronized Process begin(InitScript script, Map<String, String> variables) throws IOException {
        if (ending && script.stage() != InitStage.SHUTDOWN) {
            throw new IOException("the server ends");
        }
        ProcessBuilder builder = new ProcessBuilder(script.command());
        builder.redirectOutput(ProcessBuilder.Redirect.INHERIT).redirectError(ProcessBuilder.Redirect.INHERIT);
        variables.forEach(builder.environment()::putIfAbsent);
        Process process = builder.start();
        running = process;
        process.getOutputStream().close();
        return process;
    }

    private synchronized void ended() {
        running = null;
    }

    /** Stops the script that runs, and keeps further ones from beginning, but for those of the last stage. */
    public synchronized void end() {
        ending = true;
        if (running != null) {
            running.descendants().forEach(ProcessHandle::destroy);
            running.destroy();
        }
    }
}
