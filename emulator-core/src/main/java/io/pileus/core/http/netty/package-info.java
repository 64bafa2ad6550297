/**
 * HTTP on sockets: one port that speaks HTTP/1.1 and HTTP/2, in cleartext and over TLS, and turns each exchange into an
 * {@link io.pileus.core.http.HttpRequest} for one handler. The only package that sees Netty; it knows no service and no
 * protocol of AWS but the framing of bodies ({@code aws-chunked}, gzip).
 *
 * <p>Way in: {@link io.pileus.core.http.netty.NettyServer} accepts, {@code ProtocolSniffer} finds out what a connection
 * speaks, {@code Http1Connection} and {@code Http2Stream} receive requests and send answers, {@code RequestBody} collects
 * a body in memory or in a file.
 */
@NullMarked
package io.pileus.core.http.netty;

import org.jspecify.annotations.NullMarked;
