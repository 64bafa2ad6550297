package io.pileus.benchmarks;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Puts one object of 5 GiB, the largest that S3 takes at once, gets it and copies it, at once and as two parts of an upload,
 * on a server with a small heap, and prints the server's resident memory: it must not grow with the object. The body is
 * zeros, made as it is sent; the server writes it to its temporary directory, so there must be room for three of it.
 */
public final class LargeObjectRun {
    private static final PrintStream OUT = System.out;
    private static final int PIECE_BYTES = 1 << 20;

    private LargeObjectRun() {}

    /** Arguments: the object's size in MiB, the heap in MiB; both optional. Needs {@code ./pileus} to have been built. */
    public static void main(String[] args) throws IOException {
        long mebibytes = args.length > 0 ? Long.parseLong(args[0]) : 5 << 10;
        String heap = args.length > 1 ? args[1] : "64";
        try (ServerProcess server = ServerProcess.pileus("-Xmx" + heap + "m -XX:MaxDirectMemorySize=32m")) {
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

    /** Copies the object as two parts; completing the upload joins them. */
    private static void copyInParts(ServerProcess server, long mebibytes) throws IOException {
        String begun = exchange(server, "POST", "/large/parts?uploads", "", 0);
        String path = "/large/parts?uploadId=" + between(begun, "<UploadId>", "</UploadId>");
        long size = mebibytes << 20;
        StringBuilder parts = new StringBuilder();
        for (int part = 1; part <= 2; part++) {
            String range = part == 1 ? "0-" + (size / 2 - 1) : size / 2 + "-" + (size - 1);
            long start = System.nanoTime();
            String copied = exchange(
                    server,
                    "PUT",
                    path + "&partNumber=" + part,
                    "x-amz-copy-source: /large/object\r\nx-amz-copy-source-range: bytes=" + range + "\r\n",
                    0);
            report("UploadPartCopy " + part, server, (System.nanoTime() - start) / 1e9);
            parts.append("<Part><PartNumber>")
                    .append(part)
                    .append("</PartNumber><ETag>")
                    .append(between(copied, "<ETag>", "</ETag>"))
                    .append("</ETag></Part>");
        }
        byte[] list = ("<CompleteMultipartUpload>" + parts + "</CompleteMultipartUpload>")
                .getBytes(StandardCharsets.US_ASCII);
        long start = System.nanoTime();
        exchange(server, "POST", path, "", list, 0);
        report("complete", server, (System.nanoTime() - start) / 1e9);
    }

    private static String between(String text, String before, String after) {
        int start = text.indexOf(before) + before.length();
        return text.substring(start, text.indexOf(after, start));
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

    /** The beginning of the answer's body. */
    private static String exchange(ServerProcess server, String method, String path, String header, long mebibytes)
            throws IOException {
        return exchange(server, method, path, header, new byte[0], mebibytes);
    }

    private static String exchange(
            ServerProcess server, String method, String path, String header, byte[] first, long mebibytes)
            throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write((method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            + "Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, "
                            + "SignedHeaders=host, Signature=0\r\nX-Amz-Content-Sha256: UNSIGNED-PAYLOAD\r\n"
                            + "X-Amz-Date: 20260101T000000Z\r\n" + header
                            + "Content-Length: " + (first.length + (mebibytes << 20)) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(first);
            byte[] piece = new byte[PIECE_BYTES];
            for (long i = 0; i < mebibytes; i++) {
                out.write(piece);
            }
            DataInputStream in = new DataInputStream(socket.getInputStream());
            String head = head(in);
            if (!head.startsWith("http/1.1 20")) {
                throw new IOException("not a success: " + head);
            }
            int size = in.readNBytes(piece, 0, PIECE_BYTES);
            String body = new String(piece, 0, size, StandardCharsets.US_ASCII);
            for (int n = size; n > 0; n = in.read(piece)) {
                // What was asked for is not looked at further.
            }
            return body;
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
