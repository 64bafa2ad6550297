package io.pileus.lambda.executor;

import io.pileus.core.shape.Blob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A function's zip archive. Entries stay in their folder; links are not made; sizes are bounded as AWS bounds them.
 */
public final class CodeArchive {
    /** The largest unzipped deployment package. */
    static final long UNZIPPED_BYTES_MAX = 250L * 1024 * 1024;

    static final int ENTRIES_MAX = 100_000;

    private CodeArchive() {}

    /** Whether the bytes begin as an archive does. */
    public static boolean isZip(Blob bytes) {
        byte[] b = bytes.bytes();
        return b.length >= 22 && b[0] == 'P' && b[1] == 'K' && ((b[2] == 3 && b[3] == 4) || (b[2] == 5 && b[3] == 6));
    }

    /** Unpacks into a folder. */
    public static void unpack(Blob zip, Path folder) throws IOException {
        Path root = folder.toAbsolutePath().normalize();
        long left = UNZIPPED_BYTES_MAX;
        int entries = 0;
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.bytes()))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (++entries > ENTRIES_MAX) {
                    throw new IOException("the archive has too many entries");
                }
                Path file = target(root, entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                left = copy(in, file, left);
                // the stream does not tell permissions, and a bootstrap must be executable
                if (!file.toFile().setExecutable(true, true)) {
                    throw new IOException("cannot set permissions");
                }
            }
        }
    }

    private static Path target(Path root, String name) throws IOException {
        if (name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0 || name.startsWith("/")) {
            throw new IOException("an entry of the archive has a forbidden name");
        }
        Path file = root.resolve(name).normalize();
        if (!file.startsWith(root)) {
            throw new IOException("an entry of the archive leaves its folder");
        }
        return file;
    }

    private static long copy(InputStream in, Path file, long bytesLeft) throws IOException {
        long left = bytesLeft;
        byte[] buffer = new byte[16 * 1024];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                left -= n;
                if (left < 0) {
                    throw new IOException("the unzipped archive is too large");
                }
                out.write(buffer, 0, n);
            }
        }
        return left;
    }
}
