package io.pileus.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Puts and gets objects of 1 MiB on S3 and on bare Netty servers, in turns, and prints bytes per second, the server's
 * processor time per MiB, and what part of the bare servers' each is.
 *
 * <p>There are four bare PUTs: one drops what it is sent, one sends it back, one writes it to a file, one makes an MD5 of it,
 * which S3 must do for its ETags. Objects are put as today's SDKs put them, with a CRC32, and as older clients do, with no
 * checksum: S3 computes a CRC64NVME of those.
 */
public final class StreamRun {
    static final int BODY_BYTES = 1 << 20;
    private static final int CONNECTIONS = 4;

    /** Before so many requests a server's processor time is more that of its compiler than that of its answers. */
    private static final int WARM_UP_REQUESTS = 10_000;

    private static final int WARM_UP_TURNS_MAX = 20;
    private static final PrintStream OUT = System.out;

    private StreamRun() {}

    /** Arguments: seconds per turn, turns, GET or PUT; all optional. Needs {@code ./pileus} to have been built. */
    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        double seconds = args.length > 0 ? Double.parseDouble(args[0]) : 2;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        String loops = Integer.toString(Runtime.getRuntime().availableProcessors());
        try (ServerProcess bare = ServerProcess.ofThisModule(BareFileServer.class, List.of("0", loops));
                ServerProcess pileus = ServerProcess.pileus()) {
            new Load("", pileus, request("PUT", "/load", new byte[0])).once();
            byte[] body = new byte[BODY_BYTES];
            new Random(1).nextBytes(body);
            CRC32 crc = new CRC32();
            crc.update(body);
            String checksum = "x-amz-checksum-crc32: "
                    + Base64.getEncoder()
                            .encodeToString(ByteBuffer.allocate(4)
                                    .putInt((int) crc.getValue())
                                    .array())
                    + "\r\n";
            new Load("", pileus, request("PUT", "/load/object", body)).once();
            byte[] get = request("GET", "/load/object", new byte[0]);
            byte[] put = request("PUT", "/load/object", body);
            List<Load> gets = List.of(new Load("bare GET", bare, get), new Load("S3 GetObject", pileus, get));
            List<Load> puts = List.of(
                    new Load("bare PUT, drops", bare, put),
                    new Load("bare PUT, echoes", bare, request("PUT", BareFileServer.ECHO_PATH, body)),
                    new Load("bare PUT, to a file", bare, request("PUT", BareFileServer.FILE_PATH, body)),
                    new Load("bare PUT, MD5", bare, request("PUT", BareFileServer.MD5_PATH, body)),
                    new Load("S3 PutObject, CRC32", pileus, request("PUT", "/load/object", body, checksum)),
                    new Load("S3 PutObject", pileus, put));
            String only = args.length > 2 ? args[2] : "";
            List<Load> loads = Stream.of(gets, puts)
                    .flatMap(List::stream)
                    .filter(load -> load.name.toUpperCase(Locale.ROOT).contains(only))
                    .toList();
            for (Load load : loads) {
                load.warmUp(seconds);
            }
            for (int round = 0; round < rounds; round++) {
                for (Load load : loads) {
                    load.drive(seconds);
                }
            }
            if (loads.containsAll(gets)) {
                print(gets, 1);
            }
            if (loads.containsAll(puts)) {
                print(puts, 4);
            }
        }
    }

    /** Prints the bare loads, which come first, and then the others beside each of them. */
    private static void print(List<Load> loads, int bare) {
        OUT.printf("%n%-20s %10s %14s%n", "", "MiB/s", "CPU us/MiB");
        for (Load load : loads) {
            OUT.printf("%-20s %,10.0f %14.0f%n", load.name, load.perSecond(), load.cpuMicros());
        }
        for (Load load : loads.subList(bare, loads.size())) {
            for (Load yardstick : loads.subList(0, bare)) {
                OUT.printf(
                        "%-20s of %-20s %5.0f%% of the bytes per second, %5.0f%% by processor time%n",
                        load.name,
                        yardstick.name,
                        100 * load.perSecond() / yardstick.perSecond(),
                        100 * yardstick.cpuMicros() / load.cpuMicros());
            }
        }
    }

    private static byte[] request(String method, String path, byte[] body) {
        return request(method, path, body, "");
    }

    private static byte[] request(String method, String path, byte[] body, String headers) {
        byte[] head = (method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n"
                        + "Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/aws4_request, "
                        + "SignedHeaders=host;x-amz-date, Signature=0\r\n"
                        + "X-Amz-Content-Sha256: UNSIGNED-PAYLOAD\r\nX-Amz-Date: 20260101T000000Z\r\n"
                        + headers + "Content-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    /** One request, repeated on a few connections; each has a thread of its own. */
    private static final class Load {
        private final String name;
        private final ServerProcess server;
        private final byte[] request;
        private long answers;
        private double seconds;
        private double cpuSeconds;

        Load(String name, ServerProcess server, byte[] request) {
            this.name = name;
            this.server = server;
            this.request = request;
        }

        void once() throws IOException {
            try (Socket socket = new Socket("127.0.0.1", server.port())) {
                exchange(socket.getOutputStream(), socket.getInputStream(), new byte[BODY_BYTES]);
            }
        }

        void warmUp(double forSeconds) throws InterruptedException, ExecutionException {
            for (int turn = 0; turn < WARM_UP_TURNS_MAX && answers < WARM_UP_REQUESTS; turn++) {
                drive(forSeconds);
            }
            answers = 0;
            seconds = 0;
            cpuSeconds = 0;
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
                InputStream in = socket.getInputStream();
                OutputStream out = socket.getOutputStream();
                while (System.nanoTime() < end) {
                    exchange(out, in, buffer);
                    count++;
                }
            }
            return count;
        }

        /** Whatever has come is read at once: to read a head byte by byte costs a system call for each. */
        private void exchange(OutputStream out, InputStream in, byte[] buffer) throws IOException {
            out.write(request);
            int size = 0;
            int body;
            do {
                size += some(in, buffer, size);
                body = bodyOffset(buffer, size);
            } while (body < 0);
            String head = new String(buffer, 0, body, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
            if (!head.startsWith("http/1.1 200")) {
                throw new IOException("not a success: " + head);
            }
            int at = head.indexOf("content-length:") + "content-length:".length();
            int left =
                    Integer.parseInt(head.substring(at, head.indexOf('\r', at)).trim()) - (size - body);
            while (left > 0) {
                left -= some(in, buffer, 0);
            }
        }

        private static int some(InputStream in, byte[] buffer, int from) throws IOException {
            int count = in.read(buffer, from, buffer.length - from);
            if (count <= 0) {
                throw new IOException("the server sent no more");
            }
            return count;
        }

        /** Where the body begins; negative while the head is not whole. */
        private static int bodyOffset(byte[] bytes, int size) {
            for (int i = 3; i < size; i++) {
                if (bytes[i] == '\n' && bytes[i - 2] == '\n') {
                    return i + 1;
                }
            }
            return -1;
        }

        double perSecond() {
            return answers * (BODY_BYTES / (double) (1 << 20)) / seconds;
        }

        double cpuMicros() {
            return cpuSeconds * 1e6 / answers;
        }
    }
}
