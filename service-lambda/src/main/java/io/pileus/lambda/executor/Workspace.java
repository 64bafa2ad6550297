package io.pileus.lambda.executor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one execution environment: {@code task} is Lambda's {@code /var/task}, {@code opt} its {@code /opt},
 * {@code tmp} the temporary folder. Its name has the id of the emulator's process, so that what a killed one left behind is
 * found.
 */
record Workspace(Path folder) {
    private static final String PREFIX = "pileus-lambda-";

    static Workspace create(Invocation invocation) throws IOException {
        Workspace workspace = new Workspace(
                Files.createTempDirectory(PREFIX + ProcessHandle.current().pid() + "-"));
        try {
            Files.createDirectory(workspace.task());
            Files.createDirectory(workspace.opt());
            Files.createDirectory(workspace.tmp());
            CodeArchive.unpack(invocation.zip(), workspace.task());
            for (var layer : invocation.layers()) {
                CodeArchive.unpack(layer, workspace.opt());
            }
            return workspace;
        } catch (IOException | RuntimeException e) {
            workspace.delete();
            throw e;
        }
    }

    Path task() {
        return folder.resolve("task");
    }

    Path opt() {
        return folder.resolve("opt");
    }

    Path tmp() {
        return folder.resolve("tmp");
    }

    /** Copies a file of ours beside the function's. */
    Path resource(String name, Path file) throws IOException {
        try (InputStream in = Workspace.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("missing resource " + name);
            }
            Files.createDirectories(file.getParent());
            Files.copy(in, file);
        }
        return file;
    }

    void delete() {
        delete(folder);
    }

    private static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                        throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // the operating system clears its temporary folder
        }
    }

    /** Deletes the folders of emulators that have ended without doing so. */
    static void sweep() {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                String[] parts = folder.getFileName().toString().split("-");
                if (parts.length == 4 && !lives(parts[2])) {
                    delete(folder);
                }
            }
        } catch (IOException e) {
            // nothing to sweep, or not ours
        }
    }

    private static boolean lives(String pid) {
        try {
            return ProcessHandle.of(Long.parseLong(pid)).isPresent();
        } catch (NumberFormatException e) {
            return true;
        }
    }
}
