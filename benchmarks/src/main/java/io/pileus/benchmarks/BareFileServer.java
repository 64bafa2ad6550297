package io.pileus.benchmarks;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The yardsticks for bodies: a Netty server that sends one file to every GET, and counts the bytes of every PUT and drops
 * them. Those of a PUT to {@value #ECHO_PATH} it sends back, to {@value #FILE_PATH} it writes to a file, and to
 * {@value #MD5_PATH} it hashes, which nobody can avoid whose ETags are MD5s.
 */
public final class BareFileServer {
    static final String MD5_PATH = "/md5";
    static final String ECHO_PATH = "/echo";
    static final String FILE_PATH = "/file";

    private BareFileServer() {}

    /** Arguments: the port, the number of event loops. */
    public static void main(String[] args) throws InterruptedException, IOException {
        Path file = Files.write(Files.createTempFile("bare", ""), new byte[StreamRun.BODY_BYTES]);
        boolean epoll = Epoll.isAvailable();
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                Integer.parseInt(args[1]), epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        Channel channel = new ServerBootstrap()
                .group(loops)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        connection.pipeline().addLast(new HttpServerCodec(), new FileOrNothing(file));
                    }
                })
                .bind("127.0.0.1", Integer.parseInt(args[0]))
                .sync()
                .channel();
        System.out.println("Listening on " + ((InetSocketAddress) channel.localAddress()).getPort());
        channel.closeFuture().sync();
    }

    private static final class FileOrNothing extends ChannelInboundHandlerAdapter {
        private final Path file;
        private boolean gets;
        private boolean echoes;
        private @Nullable MessageDigest md5;
        private @Nullable Path written;
        private @Nullable FileChannel writing;
        private long received;

        FileOrNothing(Path file) {
            this.file = file;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message)
                throws IOException, NoSuchAlgorithmException {
            if (message instanceof HttpRequest request) {
                begin(context, request);
            }
            if (message instanceof HttpContent content) {
                take(context, content.content());
            }
            if (message instanceof LastHttpContent) {
                end(context);
            }
            if (message instanceof HttpContent) {
                ReferenceCountUtil.release(message);
            }
        }

        private void begin(ChannelHandlerContext context, HttpRequest request)
                throws IOException, NoSuchAlgorithmException {
            gets = request.method().equals(HttpMethod.GET);
            echoes = request.uri().equals(ECHO_PATH);
            md5 = request.uri().equals(MD5_PATH) ? MessageDigest.getInstance("MD5") : null;
            if (request.uri().equals(FILE_PATH)) {
                // As S3 does, a new file takes the place of the one before.
                if (written != null) {
                    Files.delete(written);
                }
                written = Files.createTempFile("bare", "");
                writing = FileChannel.open(written, StandardOpenOption.WRITE);
            }
            received = 0;
            if (echoes) {
                HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
                head.headers()
                        .set(HttpHeaderNames.CONTENT_LENGTH, request.headers().get(HttpHeaderNames.CONTENT_LENGTH));
                context.write(head);
            }
        }

        private void take(ChannelHandlerContext context, ByteBuf piece) throws IOException {
            received += piece.readableBytes();
            if (md5 != null) {
                md5.update(piece.nioBuffer());
            }
            if (echoes) {
                context.write(new DefaultHttpContent(piece.retain()));
            }
            if (writing != null) {
                while (piece.isReadable()) {
                    piece.readBytes(writing, piece.readableBytes());
                }
            }
        }

        private void end(ChannelHandlerContext context) throws IOException {
            if (gets) {
                HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
                head.headers().set(HttpHeaderNames.CONTENT_LENGTH, StreamRun.BODY_BYTES);
                context.write(head);
                context.write(new DefaultFileRegion(FileChannel.open(file), 0, StreamRun.BODY_BYTES));
                context.write(LastHttpContent.EMPTY_LAST_CONTENT);
                return;
            }
            if (echoes) {
                context.write(LastHttpContent.EMPTY_LAST_CONTENT);
                return;
            }
            if (writing != null) {
                writing.close();
                writing = null;
            }
            var done = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.EMPTY_BUFFER);
            done.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
            done.headers().set("x-received", received);
            if (md5 != null) {
                done.headers().set(HttpHeaderNames.ETAG, HexFormat.of().formatHex(md5.digest()));
            }
            context.write(done);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) throws IOException {
            if (written != null) {
                Files.deleteIfExists(written);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }
}
