package io.pileus.benchmarks;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Puts one object of 5 GiB, the largest that S3 takes at once, gets it and copies it, on a server with a small heap, and
 * prints the server's resident memory: it must not grow with the object. The body is zeros, made as it is sent; the server
 * writes it to its temporary directory, so there must be room for two of it.
 */
public final class LargeObjectRun {
    private static final PrintStream OUT = System.out;
    private static final int PIECE_BYTES = 1 << 20;

    private LargeObjectRun() {}

    /** Arguments: the object's size in MiB, the heap in MiB; both optional. Needs {@code ./pileus} to have been built. */
    public static void main(String[] args) throws IOException {
        long mebibytes = args.length > 0 ? Long.parseLong(args[0]) : 5 << 10;
        String heap = args.length > 1 ? args[1] : "64";
        try (ServerProcess server = ServerProcess.pileus(
                Path.of("emulator-server", "target", "dist"),
                List.of("-Xmx" + heap + "m", "-XX:MaxDirectMemorySize=32m"))) {
            exchange(server, "PUT", "/large", "", 0);
            exchange(server, "PUT", "/large/small", "", 1);
            report("at rest", server, 0);
            measured("PUT", server, "/large/object", "", mebibytes);
            measured("GET", server, "/large/object", "", 0);
            measured("PUT", server, "/large/copy", "x-amz-copy-source: /large/object\r\n", 0);
            exchange(server, "DELETE", "/large/copy", "", 0);
            copyInParts(server, mebibytes);
        }
    }

    private static void measured(String method, ServerProcess server, String path, String header, long mebibytes)
            throws IOException {
        long start = System.nanoTime();
        exchange(server, method, path, header, mebibytes);
        report(method + " " + path, server, (System.nanoTime() - start) / 1e9);
    }

    private static void report(String what, ServerProcess server, double seconds) throws IOException {
        OUT.printf(
                "%-20s %6.1f s   resident %4.0f MiB, at most %4.0f MiB%n",
                what, seconds, server.residentMebibytes(), server.peakResidentMebibytes());
    }

    private static void exchange(ServerProcess server, String method, String path, String header, long mebibytes)
            throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write((method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, "
                            + "SignedHeaders=host, Signature=0\r\nX-Amz-Content-Sha256: UNSIGNED-PAYLOAD\r\n"
                            + "X-Amz-Date: 20260101T000000Z\r\n" + header
                            + "Content-Length: " + (mebibytes << 20) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] piece = new byte[PIECE_BYTES];
            for (long i = 0; i < mebibytes; i++) {
                out.write(piece);
            }
            DataInputStream in = new DataInputStream(socket.getInputStream());
            String head = head(in);
            if (!head.startsWith("http/1.1 200")) {
                throw new IOException("not a success: " + head);
            }
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                // What was asked for is not looked at.
            }
        }
    }

    private static String head(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            head.append((char) in.readByte());
        }
        return head.toString().toLowerCase(Locale.ROOT);
    }
}
