package io.pileus.core.http.netty;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** As much of an HTTP/2 client as it takes to begin with the preface and send one request's head on stream 1. */
final class Http2Client {
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int ACK = 1;

    // Fields of HPACK's static table
    private static final int METHOD_GET = 0x82;
    private static final int METHOD_POST = 0x83;
    private static final int SCHEME_HTTP = 0x86;

    private static final int MAX_CONCURRENT_STREAMS = 3;
    private static final int INITIAL_WINDOW_SIZE = 4;

    private Http2Client() {}

    record Settings(long maxConcurrentStreams, long initialWindowBytes) {}

    private record Frame(int type, int flags, int stream, byte[] payload) {}

    static void sendGet(Socket socket, String path) throws IOException {
        sendHead(socket, METHOD_GET, path, END_STREAM);
    }

    private static void sendHead(Socket socket, int method, String path, int flags) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        write(out, SETTINGS, 0, 0, new byte[0]);
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(method);
        block.write(SCHEME_HTTP);
        literal(block, 0x04, path); // :path
        literal(block, 0x01, "localhost"); // :authority
        write(out, HEADERS, flags | END_HEADERS, 1, block.toByteArray());
        out.flush();
    }

    /** The body of the answer. */
    static String get(Socket socket, String path) throws IOException {
        socket.setSoTimeout(20_000);
        sendGet(socket, path);
        return answer(socket);
    }

    /** The body of the answer to a POST of which nothing but the head is sent. */
    static String answerToHalfAPost(Socket socket, String path) throws IOException {
        socket.setSoTimeout(20_000);
        sendHead(socket, METHOD_POST, path, 0);
        return answer(socket);
    }

    private static String answer(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            Frame frame = read(in);
            if (frame.type == SETTINGS && (frame.flags & ACK) == 0) {
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                write(out, SETTINGS, ACK, 0, new byte[0]);
                out.flush();
            } else if (frame.stream == 1 && frame.type == DATA) {
                body.write(frame.payload);
            }
            if (frame.stream == 1 && (frame.flags & END_STREAM) != 0) {
                return body.toString(StandardCharsets.ISO_8859_1);
            }
        }
    }

    static Settings settings(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        sendGet(socket, "/");
        Frame frame = read(new DataInputStream(socket.getInputStream()));
        ByteBuffer entries = ByteBuffer.wrap(frame.payload);
        long streams = -1;
        long window = -1;
        while (entries.hasRemaining()) {
            int name = entries.getShort();
            int value = entries.getInt();
            switch (name) {
                case MAX_CONCURRENT_STREAMS -> streams = value;
                case INITIAL_WINDOW_SIZE -> window = value;
                default -> {}
            }
        }
        return new Settings(streams, window);
    }

    private static void literal(ByteArrayOutputStream block, int nameIndex, String value) {
        block.write(nameIndex);
        block.write(value.length());
        block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    }

    private static void write(DataOutputStream out, int type, int flags, int stream, byte[] payload)
            throws IOException {
        out.writeByte(payload.length >> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
    }

    private static Frame read(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        return new Frame(type, flags, stream, in.readNBytes(length));
    }
}
