package io.pileus.core.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Writes the head of an HTTP/1.1 response straight into a buffer. */
final class Http1Head {
    private static final byte[] OK = "HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DATE = "date: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONTENT_LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNKED = "transfer-encoding: chunked\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLOSE = "connection: close\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] KEEP_ALIVE = "connection: keep-alive\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int CRLF = '\r' << 8 | '\n';
    private static final int COLON_SPACE = ':' << 8 | ' ';
    private static final int FIXED_PARTS_BYTES = 192;

    /** How the client learns where the body ends. */
    enum Framing {
        LENGTH,
        CHUNKED,
        /** The status has no body, or the connection's end is the body's end. */
        NONE
    }

    /** What becomes of the connection, and whether the client must be told. */
    enum Persistence {
        KEEP,
        KEEP_AND_SAY,
        CLOSE
    }

    private Http1Head() {}

    /** An estimate that never makes the buffer grow for an ordinary response. */
    static int sizeOf(Headers headers) {
        int size = FIXED_PARTS_BYTES;
        for (int i = 0; i < headers.size(); i++) {
            size += headers.nameAt(i).length() + headers.valueAt(i).length() + 4;
        }
        return size;
    }

    static void write(
            ByteBuf out, HttpResponse response, Framing framing, long length, Persistence persistence, String date) {
        writeStatus(out, response.status());
        Headers headers = response.headers();
        boolean dated = false;
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.nameAt(i);
            if (ResponseHeaders.isFraming(name)) {
                continue;
            }
            dated |= name.equalsIgnoreCase("date");
            writeHeader(out, name, headers.valueAt(i));
        }
        if (!dated) {
            out.writeBytes(DATE);
            ByteBufUtil.writeAscii(out, date);
            ByteBufUtil.writeShortBE(out, CRLF);
        }
        switch (framing) {
            case LENGTH -> {
                out.writeBytes(CONTENT_LENGTH);
                writeDecimal(out, length);
                ByteBufUtil.writeShortBE(out, CRLF);
            }
            case CHUNKED -> out.writeBytes(CHUNKED);
            case NONE -> {}
        }
        switch (persistence) {
            case KEEP -> {}
            case KEEP_AND_SAY -> out.writeBytes(KEEP_ALIVE);
            case CLOSE -> out.writeBytes(CLOSE);
        }
        ByteBufUtil.writeShortBE(out, CRLF);
    }

    private static void writeStatus(ByteBuf out, int status) {
        if (status == 200) {
            out.writeBytes(OK);
            return;
        }
        ByteBufUtil.writeAscii(out, "HTTP/1.1 ");
        writeDecimal(out, status);
        out.writeByte(' ');
        ByteBufUtil.writeAscii(
                out, AsciiString.of(HttpResponseStatus.valueOf(status).reasonPhrase()));
        ByteBufUtil.writeShortBE(out, CRLF);
    }

    private static void writeHeader(ByteBuf out, String name, String value) {
        ResponseHeaders.requireSafe(name, value);
        ByteBufUtil.writeAscii(out, name);
        ByteBufUtil.writeShortBE(out, COLON_SPACE);
        ByteBufUtil.writeAscii(out, value);
        ByteBufUtil.writeShortBE(out, CRLF);
    }

    static void writeDecimal(ByteBuf out, long number) {
        if (number >= 10) {
            writeDecimal(out, number / 10);
        }
        out.writeByte((int) ('0' + number % 10));
    }
}
