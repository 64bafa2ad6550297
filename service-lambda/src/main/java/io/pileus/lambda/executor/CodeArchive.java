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
    /** The largest deployment package unzipped, its layers included. */
    public static final long UNZIPPED_BYTES_MAX = 250L * 1024 * 1024;

    static final int ENTRIES_MAX = 100_000;

    private CodeArchive() {}

    /** Whether the bytes begin as an archive does. */
    public static boolean isZip(Blob bytes) {
        byte[] b = bytes.bytes();
        return b.length >= 22 && b[0] == 'P' && b[1] == 'K' && ((b[2] == 3 && b[3] == 4) || (b[2] == 5 && b[3] == 6));
    }

    /**
     * The size of the contents, once it is clear that they can be unpacked.
     *
     * @throws IOException when the archive is damaged, leaves its folder, or is larger than {@link #UNZIPPED_BYTES_MAX}
     */
    public static long unzippedSize(Blob zip) throws IOException {
        Path root = Path.of("").toAbsolutePath();
        long size = 0;
        int entries = 0;
        byte[] buffer = new byte[64 * 1024];
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.bytes()))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (++entries > ENTRIES_MAX) {
                    throw new IOException("the archive has too many entries");
                }
                target(root, entry.getName());
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    size += n;
                    if (size > UNZIPPED_BYTES_MAX) {
                        throw new TooLargeException();
                    }
                }
            }
        } catch (IllegalArgumentException e) {
            // names in an encoding that is none, or that no file can have
            throw new IOException(e);
        }
        return size;
    }

    /** Whether an archive that can be unpacked has an entry. */
    public static boolean contains(Blob zip, String name) {
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.bytes()))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals(name)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new IllegalArgumentException("the archive has not been looked at", e);
        }
    }

    /** The contents are larger than Lambda takes. */
    public static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException() {
            super("the unzipped archive is too large");
        }
    }

    /** Unpacks into a folder, over what is there. */
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
                    throw new TooLargeException();
                }
                out.write(buffer, 0, n);
            }
        }
        return left;
    }
}
