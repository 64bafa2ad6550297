package io.pileus.benchmarks;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Puts and gets objects of 1 MiB on S3 and on a bare Netty server that sends a file and drops what it is sent, in turns,
 * and prints bytes per second, the server's processor time per MiB, and their ratios. S3 hashes what it is sent (an ETag is
 * an MD5); the bare server does not.
 */
public final class StreamRun {
    static final int BODY_BYTES = 1 << 20;
    private static final int CONNECTIONS = 4;
    private static final PrintStream OUT = System.out;

    private StreamRun() {}

    /** Arguments: seconds per turn, turns; all optional. Needs {@code ./pileus} to have been built. */
    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        double seconds = args.length > 0 ? Double.parseDouble(args[0]) : 2;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        String loops = Integer.toString(Runtime.getRuntime().availableProcessors());
        try (ServerProcess bare = ServerProcess.ofThisModule(BareFileServer.class, List.of("0", loops));
                ServerProcess pileus = ServerProcess.pileus(Path.of("emulator-server", "target", "dist"))) {
            Load make = new Load(pileus, request("PUT", "/load", new byte[0]));
            make.once();
            byte[] body = new byte[BODY_BYTES];
            new Load(pileus, request("PUT", "/load/object", body)).once();
            List<Load> loads = new ArrayList<>();
            List<String> names = List.of("bare GET", "S3 GetObject", "bare PUT", "S3 PutObject");
            loads.add(new Load(bare, request("GET", "/load/object", new byte[0])));
            loads.add(new Load(pileus, request("GET", "/load/object", new byte[0])));
            loads.add(new Load(bare, request("PUT", "/load/object", body)));
            loads.add(new Load(pileus, request("PUT", "/load/object", body)));
            for (Load load : loads) {
                load.drive(seconds);
                load.forget();
            }
            for (int round = 0; round < rounds; round++) {
                for (Load load : loads) {
                    load.drive(seconds);
                }
            }
            OUT.printf("%n%-14s %10s %8s %14s %8s%n", "", "MiB/s", "ratio", "CPU us/MiB", "ratio");
            for (int i = 0; i < loads.size(); i++) {
                Load load = loads.get(i);
                Load yardstick = loads.get(i & ~1);
                OUT.printf(
                        "%-14s %,10.0f %7.0f%% %14.0f %7.0f%%%n",
                        names.get(i),
                        load.perSecond(),
                        100 * load.perSecond() / yardstick.perSecond(),
                        load.cpuMicros(),
                        100 * yardstick.cpuMicros() / load.cpuMicros());
            }
        }
    }

    private static byte[] request(String method, String path, byte[] body) {
        byte[] head = (method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n"
                        + "Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, "
                        + "SignedHeaders=host;x-amz-date, Signature=0\r\n"
                        + "X-Amz-Content-Sha256: UNSIGNED-PAYLOAD\r\nX-Amz-Date: 20260101T000000Z\r\n"
                        + "Content-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    /** One request, repeated on a few connections; each has a thread of its own. */
    private static final class Load {
        private final ServerProcess server;
        private final byte[] request;
        private long answers;
        private double seconds;
        private double cpuSeconds;

        Load(ServerProcess server, byte[] request) {
            this.server = server;
            this.request = request;
        }

        void once() throws IOException {
            try (Socket socket = new Socket("127.0.0.1", server.port())) {
                exchange(socket.getOutputStream(), new DataInputStream(socket.getInputStream()), new byte[BODY_BYTES]);
            }
        }

        void drive(double forSeconds) throws InterruptedException, ExecutionException {
            double cpuBefore = server.cpuSeconds();
            long start = System.nanoTime();
            long end = start + (long) (forSeconds * 1e9);
            List<Future<Long>> counts = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
                for (int i = 0; i < CONNECTIONS; i++) {
                    counts.add(threads.submit(() -> repeat(end)));
                }
            }
            for (Future<Long> count : counts) {
                answers += count.get();
            }
            seconds += (System.nanoTime() - start) / 1e9;
            cpuSeconds += server.cpuSeconds() - cpuBefore;
        }

        private long repeat(long end) throws IOException {
            long count = 0;
            byte[] buffer = new byte[BODY_BYTES];
            try (Socket socket = new Socket("127.0.0.1", server.port())) {
                socket.setTcpNoDelay(true);
                DataInputStream in = new DataInputStream(socket.getInputStream());
                OutputStream out = socket.getOutputStream();
                while (System.nanoTime() < end) {
                    exchange(out, in, buffer);
                    count++;
                }
            }
            return count;
        }

        private void exchange(OutputStream out, DataInputStream in, byte[] buffer) throws IOException {
            out.write(request);
            int size = 0;
            while (size < 4 || !endsHead(buffer, size)) {
                buffer[size++] = in.readByte();
            }
            String head = new String(buffer, 0, size, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
            if (!head.startsWith("http/1.1 200")) {
                throw new IOException("not a success: " + head);
            }
            int at = head.indexOf("content-length:") + "content-length:".length();
            int length =
                    Integer.parseInt(head.substring(at, head.indexOf('\r', at)).trim());
            in.readFully(buffer, 0, length);
        }

        private static boolean endsHead(byte[] bytes, int size) {
            return bytes[size - 1] == '\n' && bytes[size - 3] == '\n';
        }

        void forget() {
            answers = 0;
            seconds = 0;
            cpuSeconds = 0;
        }

        double perSecond() {
            return answers * (BODY_BYTES / (double) (1 << 20)) / seconds;
        }

        double cpuMicros() {
            return cpuSeconds * 1e6 / answers;
        }
    }
}
