package io.pileus.testcontainers;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.server.Pileus;

/** A container whose port leads to a server in this JVM. */
public final class InProcess extends PileusContainer {
    private final Pileus pileus;

    public InProcess(Pileus pileus) {
        super("pileus:1");
        this.pileus = pileus;
    }

    /** It runs already, and ends with whoever made the server. */
    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public boolean isRunning() {
        return true;
    }

    @Override
    public String getHost() {
        return "127.0.0.1";
    }

    @Override
    public Integer getMappedPort(int port) {
        assertThat(port).isEqualTo(4566);
        return pileus.port();
    }
}
