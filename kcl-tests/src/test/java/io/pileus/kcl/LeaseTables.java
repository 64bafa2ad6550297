package io.pileus.kcl;

import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import com.amazonaws.services.dynamodbv2.local.server.DynamoDBProxyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;

/** DynamoDB Local in this process, its tables in memory. */
final class LeaseTables implements AutoCloseable {
    private final DynamoDBProxyServer server;
    private final int port;

    LeaseTables() throws Exception {
        port = freePort();
        server = ServerRunner.createServerFromCommandLineArgs(
                new String[] {"-inMemory", "-disableTelemetry", "-port", Integer.toString(port)});
        server.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    URI endpoint() {
        return URI.create("http://localhost:" + port);
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
