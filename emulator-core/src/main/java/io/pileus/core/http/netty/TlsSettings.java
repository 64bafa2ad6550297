package io.pileus.core.http.netty;

import java.nio.file.Path;
import java.util.List;

/** Whose certificate the server shows to clients that speak TLS. */
public sealed interface TlsSettings {

    /**
     * A certificate made on the first TLS connection and thrown away with the server.
     *
     * @param hosts names and addresses it is valid for, besides the usual local ones
     */
    record SelfSigned(List<String> hosts) implements TlsSettings {
        public SelfSigned {
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * The user's own certificate.
     *
     * @param file a PEM file with the private key and the certificate chain
     */
    record Pem(Path file) implements TlsSettings {}
}
