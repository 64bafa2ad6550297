package io.pileus.core.http.netty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where large bodies wait: a private temporary directory, made when the first one comes and deleted with the server. */
final class SpoolDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolDirectory.class);

    private @Nullable Path directory;

    /** A new, empty file that only this user may read. */
    synchronized Path newFile() throws IOException {
        if (directory == null) {
            directory = Files.createTempDirectory("pileus-bodies-");
        }
        return Files.createTempFile(directory, "body-", "");
    }

    /** Deletes a file, unless someone has moved it away. */
    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("http.temporaryFileNotDeleted file={} reason={}", file, e.toString());
        }
    }

    synchronized void deleteAll() {
        if (directory == null) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            files.forEach(SpoolDirectory::delete);
            Files.deleteIfExists(directory);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("http.temporaryDirectoryNotDeleted directory={} reason={}", directory, e.toString());
        }
        directory = null;
    }
}
