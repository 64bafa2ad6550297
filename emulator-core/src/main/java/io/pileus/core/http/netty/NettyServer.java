package io.pileus.core.http.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.pileus.core.http.HttpHandler;
import io.pileus.core.time.EmulatorClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server for one handler: HTTP/1.1 and HTTP/2, in cleartext and over TLS, all on the same port.
 *
 * <p>new → {@link #start()} → {@link #close()}, each once.
 */
public final class NettyServer implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final ServerConfig config;
    private final ServerContext context;
    private final List<Channel> listening = new ArrayList<>();
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final Map<EventExecutor, Sweeper> sweepers = new IdentityHashMap<>();
    private @Nullable EventLoopGroup loops;
    private @Nullable EventLoopWatch watch;

    public NettyServer(ServerConfig config, EmulatorClock clock, HttpHandler handler) {
        this.config = config;
        this.context = new ServerContext(
                config,
                handler,
                new SpoolDirectory(),
                new DateHeader(clock),
                new TlsContext(config.tls(), clock),
                new ServerContext.Drain());
    }

    /**
     * Loads what Netty needs before it can listen: its look at the platform and its native part, about as much work as the
     * making of all services. A start does it beside that, on another thread.
     */
    public static void prepare() {
        Channel rehearsal = Epoll.isAvailable() ? new EpollServerSocketChannel() : new NioServerSocketChannel();
        // The first handler of a pipeline makes the JDK spin classes for Netty's annotations.
        rehearsal.pipeline().addLast(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {}
        });
        rehearsal.unsafe().closeForcibly();
        ByteBufAllocator.DEFAULT.buffer(1).release();
    }

    /** Listens on every configured address, or on none and throws. */
    public NettyServer start() throws IOException {
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        EventLoopGroup group =
                new MultiThreadIoEventLoopGroup(config.loops(), new DefaultThreadFactory("pileus-http"), io);
        loops = group;
        for (EventExecutor loop : group) {
            Sweeper sweeper = new Sweeper(config.limits());
            sweepers.put(loop, sweeper);
            sweeper.start((EventLoop) loop);
        }
        Class<? extends ServerSocketChannel> type =
                epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(type)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new ReceiveBuffers())
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childHandler(newConnection());
        for (InetSocketAddress address : config.addresses()) {
            ChannelFuture step = bootstrap.register().awaitUninterruptibly();
            if (step.isSuccess()) {
                listening.add(step.channel());
                step = step.channel().bind(address).awaitUninterruptibly();
            }
            if (!step.isSuccess()) {
                close();
                throw new IOException(
                        "cannot listen on " + address.getHostString() + ":" + address.getPort(), step.cause());
            }
        }
        if (!config.blockedAfter().isZero()) {
            watch = new EventLoopWatch(group, config.blockedAfter());
        }
        return this;
    }

    private ChannelHandler newConnection() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                connections.add(channel);
                Sweeper sweeper = sweepers.get(channel.eventLoop());
                if (sweeper == null) {
                    throw new IllegalStateException("an event loop of another server");
                }
                channel.pipeline().addLast(ProtocolSniffer.forSocket(context, sweeper));
            }
        };
    }

    /** The port of the first address. */
    public int port() {
        return addresses().getFirst().getPort();
    }

    /** The addresses listened on, with their actual ports. */
    public List<InetSocketAddress> addresses() {
        return listening.stream()
                .map(channel -> (InetSocketAddress) channel.localAddress())
                .toList();
    }

    /** What event loops were doing that did not come round in time; always empty when the watch is off. */
    public List<String> blockedLoops() {
        return watch == null ? List.of() : watch.reports();
    }

    /** Accepts no more, finishes what is in flight within the grace, and lets go of everything. */
    @Override
    public void close() {
        EventLoopGroup group = loops;
        if (group == null) {
            return;
        }
        loops = null;
        listening.forEach(channel -> channel.close().awaitUninterruptibly());
        context.drain().begin();
        sweepers.forEach((loop, sweeper) -> loop.execute(sweeper::drain));
        connections.newCloseFuture().awaitUninterruptibly(config.grace().toMillis());
        if (watch != null) {
            watch.close();
        }
        connections.forEach(
                channel -> channel.eventLoop().execute(() -> channel.unsafe().closeForcibly()));
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        context.spool().deleteAll();
    }
}
