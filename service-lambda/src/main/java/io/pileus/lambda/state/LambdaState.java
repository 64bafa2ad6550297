package io.pileus.lambda.state;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Lambda's functions of one account in one region, behind one lock. */
public final class LambdaState {
    /** How many invocations may run at a time in an account and region: AWS's default. */
    public static final int CONCURRENT_EXECUTIONS = 1000;

    private final AccountId account;
    private final Region region;
    private final ReentrantLock lock = new ReentrantLock();
    private final TreeMap<String, Function> functions = new TreeMap<>();
    private final TreeMap<String, Layer> layers = new TreeMap<>();
    private final TreeMap<String, CodeSigning> codeSignings = new TreeMap<>();
    private final AtomicInteger runningUnreserved = new AtomicInteger();
    private volatile boolean closed;

    public LambdaState(AccountId account, Region region) {
        this.account = account;
        this.region = region;
    }

    public AccountId account() {
        return account;
    }

    public Region region() {
        return region;
    }

    /** Does something under the lock; it must not call out. */
    public <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** The functions by name; to be used under the lock. */
    public TreeMap<String, Function> functions() {
        return functions;
    }

    /** The layers by name; to be used under the lock. */
    public TreeMap<String, Layer> layers() {
        return layers;
    }

    /** The code signing configurations by ARN; to be used under the lock. */
    public TreeMap<String, CodeSigning> codeSignings() {
        return codeSignings;
    }

    /** How many invocations run of functions that have no concurrency of their own. */
    public AtomicInteger runningUnreserved() {
        return runningUnreserved;
    }

    public Optional<Function> function(String name) {
        return locked(() -> Optional.ofNullable(functions.get(name)));
    }

    /** Whether a reset has forgotten this state: what still waits gives up. */
    public boolean closed() {
        return closed;
    }

    public void close() {
        closed = true;
    }
}
