package io.pileus.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Drives a server with one request at a time on each of several keep-alive connections, from one thread, and counts the
 * answers. It reads no more of an answer than it takes to find its end, so that the server is what is measured.
 */
final class LoadClient {
    private final int port;
    private final byte[] request;

    LoadClient(int port, byte[] request) {
        this.port = port;
        this.request = request;
    }

    /** What came of a run. */
    record Result(long answers, long failures, long nanos) {
        double perSecond() {
            return answers * 1e9 / nanos;
        }
    }

    Result run(int connections, long nanos) throws IOException {
        long answers = 0;
        long failures = 0;
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                SocketChannel channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
                channel.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                Connection connection = new Connection(
                        channel,
                        ByteBuffer.allocateDirect(request.length).put(request).flip());
                channel.register(selector, SelectionKey.OP_READ, connection);
                connection.send();
            }
            long start = System.nanoTime();
            long now = start;
            while (now - start < nanos) {
                selector.select(100);
                for (SelectionKey key : selector.selectedKeys()) {
                    Connection connection = (Connection) key.attachment();
                    int status = connection.read();
                    if (status > 0) {
                        answers++;
                        failures += status == 200 ? 0 : 1;
                        connection.send();
                    }
                }
                selector.selectedKeys().clear();
                now = System.nanoTime();
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            return new Result(answers, failures, now - start);
        }
    }

    private static final class Connection {
        private final SocketChannel channel;
        private final ByteBuffer request;
        private final ByteBuffer answer = ByteBuffer.allocate(1 << 20);

        Connection(SocketChannel channel, ByteBuffer request) {
            this.channel = channel;
            this.request = request;
        }

        void send() throws IOException {
            request.rewind();
            while (request.hasRemaining()) {
                channel.write(request);
            }
        }

        /** The status when the answer is whole, 0 when more is to come. */
        int read() throws IOException {
            if (channel.read(answer) < 0) {
                throw new IOException("the server closed the connection");
            }
            byte[] bytes = answer.array();
            int end = headEnd(bytes, answer.position());
            if (end < 0 || answer.position() < end + contentLength(bytes, end)) {
                return 0;
            }
            answer.clear();
            return (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + (bytes[11] - '0');
        }

        private static int headEnd(byte[] bytes, int size) {
            for (int i = 3; i < size; i++) {
                if (bytes[i] == '\n' && bytes[i - 2] == '\n') {
                    return i + 1;
                }
            }
            return -1;
        }

        private static int contentLength(byte[] bytes, int end) {
            int at = 0;
            for (int i = 0; i < end; i++) {
                // The only header of ours that has a 15-byte "content-length:" at the start of its line.
                if (bytes[i] == '\n'
                        && (bytes[i + 1] | 0x20) == 'c'
                        && (bytes[i + 9] | 0x20) == 'l'
                        && bytes[i + 15] == ':') {
                    for (int digit = i + 16; bytes[digit] != '\r'; digit++) {
                        if (bytes[digit] != ' ') {
                            at = at * 10 + bytes[digit] - '0';
                        }
                    }
                    return at;
                }
            }
            throw new IllegalStateException("no Content-Length in "
                    + new String(bytes, 0, end, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT));
        }
    }
}
