package io.pileus.benchmarks;

import io.netty.bootstrap.ServerBootstrap;
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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The yardstick for bodies: a Netty server that sends one file to every GET, and counts the bytes of every PUT and drops
 * them; those of a PUT to {@value #MD5_PATH} it hashes as well, which nobody can avoid whose ETags are MD5s.
 */
public final class BareFileServer {
    static final String MD5_PATH = "/md5";

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
        private @Nullable MessageDigest md5;
        private long received;

        FileOrNothing(Path file) {
            this.file = file;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message)
                throws IOException, NoSuchAlgorithmException {
            if (message instanceof HttpRequest request) {
                gets = request.method().equals(HttpMethod.GET);
                md5 = request.uri().equals(MD5_PATH) ? MessageDigest.getInstance("MD5") : null;
                received = 0;
            }
            if (message instanceof HttpContent content) {
                received += content.content().readableBytes();
                if (md5 != null) {
                    md5.update(content.content().nioBuffer());
                }
            }
            if (message instanceof LastHttpContent) {
                if (gets) {
                    HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
                    head.headers().set(HttpHeaderNames.CONTENT_LENGTH, StreamRun.BODY_BYTES);
                    context.write(head);
                    context.write(new DefaultFileRegion(FileChannel.open(file), 0, StreamRun.BODY_BYTES));
                    context.write(LastHttpContent.EMPTY_LAST_CONTENT);
                } else {
                    var done = new DefaultFullHttpResponse(
                            HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.EMPTY_BUFFER);
                    done.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
                    done.headers().set("x-received", received);
                    if (md5 != null) {
                        done.headers().set(HttpHeaderNames.ETAG, HexFormat.of().formatHex(md5.digest()));
                    }
                    context.write(done);
                }
            }
            if (message instanceof HttpContent) {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }
}
