package io.pileus.kms.state;

import io.pileus.kms.KmsErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A custom key store, as a state machine: there is no CloudHSM cluster and no external proxy behind it. Its lock is its
 * monitor. Transitions of {@link ConnectionState}:
 *
 * <pre>
 *   DISCONNECTED, CONNECTED, CONNECTING -> CONNECTING        ConnectCustomKeyStore
 *   CONNECTING -> CONNECTED | FAILED                         time; FAILED when the password is not the cluster's
 *   CONNECTED, CONNECTING, FAILED -> DISCONNECTING           DisconnectCustomKeyStore
 *   DISCONNECTING -> DISCONNECTED                            time
 * </pre>
 */
public final class CustomKeyStore {

    /** The connection of a store to what is behind it. */
    public enum ConnectionState {
        CONNECTED,
        CONNECTING,
        FAILED,
        DISCONNECTED,
        DISCONNECTING
    }

    /** How a store reaches its keys. */
    public sealed interface Backing {}

    /** A CloudHSM cluster; the password is that of its {@code kmsuser}. */
    public record CloudHsm(String clusterId, String trustAnchorCertificate, String password) implements Backing {
        @Override
        public String toString() {
            return "CloudHsm[" + clusterId + "]";
        }
    }

    /** An external key manager behind a proxy. */
    public record External(
            String uriEndpoint,
            String uriPath,
            String connectivity,
            String accessKeyId,
            @Nullable String vpcEndpointServiceName,
            @Nullable String vpcEndpointServiceOwner)
            implements Backing {}

    private record Connection(
            ConnectionState before,
            ConnectionState after,
            Instant at,
            @Nullable String error) {}

    private final String id;
    private final Instant creationDate;
    private final String clusterPassword;
    private String name;
    private Backing backing;
    private volatile Connection connection =
            new Connection(ConnectionState.DISCONNECTED, ConnectionState.DISCONNECTED, Instant.MIN, null);

    public CustomKeyStore(String id, String name, Backing backing, Instant creationDate) {
        this.id = id;
        this.name = name;
        this.backing = backing;
        this.creationDate = creationDate;
        // the cluster has no one else to tell us its password: the one given first is taken for the right one
        this.clusterPassword = backing instanceof CloudHsm hsm ? hsm.password() : "";
    }

    private CustomKeyStore(SavedStore saved) {
        this.id = saved.id();
        this.name = saved.name();
        this.backing = saved.backing();
        this.creationDate = saved.creationDate();
        this.clusterPassword = saved.clusterPassword();
        SavedStore.SavedConnection was = saved.connection();
        if (was != null) {
            this.connection = new Connection(was.before(), was.after(), was.at(), was.error());
        }
    }

    public static CustomKeyStore restore(SavedStore saved) {
        return new CustomKeyStore(saved);
    }

    public synchronized SavedStore saved() {
        Connection is = connection;
        return new SavedStore(
                id,
                creationDate,
                clusterPassword,
                name,
                backing,
                is.at().equals(Instant.MIN)
                        ? null
                        : new SavedStore.SavedConnection(is.before(), is.after(), is.at(), is.error()));
    }

    public String id() {
        return id;
    }

    public Instant creationDate() {
        return creationDate;
    }

    public synchronized String name() {
        return name;
    }

    public synchronized Backing backing() {
        return backing;
    }

    public ConnectionState connectionState(Instant now) {
        Connection c = connection;
        return now.isBefore(c.at()) ? c.before() : c.after();
    }

    /** Why the last attempt to connect failed. */
    public Optional<String> connectionError(Instant now) {
        return connectionState(now) == ConnectionState.FAILED
                ? Optional.ofNullable(connection.error())
                : Optional.empty();
    }

    public synchronized void connect(Duration duration, Instant now) {
        ConnectionState state = connectionState(now);
        if (state == ConnectionState.DISCONNECTING || state == ConnectionState.FAILED) {
            throw KmsErrors.customKeyStoreState(id, state);
        }
        boolean wrongPassword =
                backing instanceof CloudHsm hsm && !hsm.password().equals(clusterPassword);
        connection = new Connection(
                ConnectionState.CONNECTING,
                wrongPassword ? ConnectionState.FAILED : ConnectionState.CONNECTED,
                now.plus(duration),
                wrongPassword ? "INVALID_CREDENTIALS" : null);
    }

    public synchronized void disconnect(Duration duration, Instant now) {
        ConnectionState state = connectionState(now);
        if (state == ConnectionState.DISCONNECTING || state == ConnectionState.DISCONNECTED) {
            throw KmsErrors.customKeyStoreState(id, state);
        }
        connection =
                new Connection(ConnectionState.DISCONNECTING, ConnectionState.DISCONNECTED, now.plus(duration), null);
    }

    /**
     * Changes the store. A CloudHSM store must be disconnected, even for another name; an external one may be connected.
     *
     * @see <a href="https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateCustomKeyStore.html">UpdateCustomKeyStore</a>
     */
    public synchronized void update(String newName, Backing newBacking, Instant now) {
        ConnectionState state = connectionState(now);
        boolean allowed = state == ConnectionState.DISCONNECTED
                || (backing instanceof External && state == ConnectionState.CONNECTED);
        if (!allowed) {
            throw KmsErrors.customKeyStoreState(id, state);
        }
        name = newName;
        backing = newBacking;
    }
}
