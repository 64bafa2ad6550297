package io.pileus.lambda.state;

import io.pileus.lambda.model.LayerVersionsListItem;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A layer: its versions by number. Guarded by the lock of its {@link LambdaState}. */
public final class Layer {
    private final String name;
    private final String arn;
    private final TreeMap<Long, Version> versions = new TreeMap<>();
    private long nextVersion = 1;

    public Layer(String name, String arn) {
        this.name = name;
        this.arn = arn;
    }

    Layer(String name, String arn, long nextVersion) {
        this(name, arn);
        this.nextVersion = nextVersion;
    }

    /** A version of a layer: what describes it, its archive, and who else may use it. */
    public static final class Version {
        private final LayerVersionsListItem description;
        private final Code code;
        private Function.@Nullable Policy policy;

        public Version(LayerVersionsListItem description, Code code) {
            this.description = description;
            this.code = code;
        }

        public LayerVersionsListItem description() {
            return description;
        }

        public Code code() {
            return code;
        }

        public Optional<Function.Policy> policy() {
            return Optional.ofNullable(policy);
        }

        public void policy(Function.@Nullable Policy changed) {
            policy = changed;
        }
    }

    public String name() {
        return name;
    }

    /** The ARN without version. */
    public String arn() {
        return arn;
    }

    /** The number that the next version gets. */
    long nextVersion() {
        return nextVersion;
    }

    /** The next version's number; a deleted one's is not used again. */
    public long takeNumber() {
        return nextVersion++;
    }

    public TreeMap<Long, Version> versions() {
        return versions;
    }
}
