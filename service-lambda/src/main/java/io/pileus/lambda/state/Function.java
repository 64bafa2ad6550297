package io.pileus.lambda.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pileus.lambda.model.AliasConfiguration;
import io.pileus.lambda.model.FunctionConfiguration;
import io.pileus.lambda.model.FunctionEventInvokeConfig;
import io.pileus.lambda.model.FunctionUrlConfig;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A function: its unpublished version, its published ones, its aliases and what is set for them. Guarded by the lock of its
 * {@link LambdaState}.
 */
public final class Function {
    public static final String LATEST = "$LATEST";

    private final String name;
    private final String arn;
    private final TreeMap<Long, Version> published = new TreeMap<>();
    private final TreeMap<String, AliasConfiguration> aliases = new TreeMap<>();
    private final Map<String, String> tags = new LinkedHashMap<>();
    private final Map<String, Policy> policies = new TreeMap<>();
    private final TreeMap<String, FunctionEventInvokeConfig> eventInvokeConfigs = new TreeMap<>();
    private final TreeMap<String, Url> urls = new TreeMap<>();
    private final Map<String, RuntimeManagement> runtimeManagement = new TreeMap<>();
    private final TreeMap<String, Provisioned> provisioned = new TreeMap<>();
    private final AtomicInteger running = new AtomicInteger();
    private Version latest;
    private long nextVersion = 1;
    private @Nullable Integer reservedConcurrency;
    private @Nullable String codeSigningConfigArn;
    private String recursiveLoop = "Terminate";

    public Function(String name, String arn, Version latest) {
        this.name = name;
        this.arn = arn;
        this.latest = latest;
    }

    Function(String name, String arn, Version latest, long nextVersion) {
        this(name, arn, latest);
        this.nextVersion = nextVersion;
    }

    /** A version: its configuration, its code and that of its layers, which outlives their deletion. */
    public record Version(FunctionConfiguration configuration, Code code, List<Code> layers) {
        public Version {
            layers = List.copyOf(layers);
        }

        public Version(FunctionConfiguration configuration, Code code) {
            this(configuration, code, List.of());
        }

        public String revisionId() {
            String revision = configuration.revisionId();
            return revision == null ? "" : revision;
        }
    }

    /**
     * A function URL.
     *
     * @param id what stands first in its host name
     */
    public record Url(String id, FunctionUrlConfig config) {}

    /** Concurrency that is kept ready for a version or an alias. */
    public record Provisioned(int executions, Instant lastModified) {}

    /** A resource policy: statements by id, in the order of their addition. */
    public record Policy(LinkedHashMap<String, ObjectNode> statements, String revisionId) {}

    /** When the runtime is updated: stored only. */
    public record RuntimeManagement(
            String updateRuntimeOn, @Nullable String runtimeVersionArn) {}

    public String name() {
        return name;
    }

    /** The ARN without qualifier. */
    public String arn() {
        return arn;
    }

    public Version latest() {
        return latest;
    }

    public void latest(Version version) {
        latest = version;
    }

    public TreeMap<Long, Version> published() {
        return published;
    }

    /** The number that the next version gets. */
    long nextVersion() {
        return nextVersion;
    }

    /** Publishes a version under the next number. */
    public long takeNumber() {
        return nextVersion++;
    }

    public TreeMap<String, AliasConfiguration> aliases() {
        return aliases;
    }

    public Map<String, String> tags() {
        return tags;
    }

    public Map<String, Policy> policies() {
        return policies;
    }

    public TreeMap<String, FunctionEventInvokeConfig> eventInvokeConfigs() {
        return eventInvokeConfigs;
    }

    public TreeMap<String, Url> urls() {
        return urls;
    }

    public Map<String, RuntimeManagement> runtimeManagement() {
        return runtimeManagement;
    }

    /** Provisioned concurrency by version or alias. */
    public TreeMap<String, Provisioned> provisioned() {
        return provisioned;
    }

    /** How many invocations are running. */
    public AtomicInteger running() {
        return running;
    }

    public Optional<Integer> reservedConcurrency() {
        return Optional.ofNullable(reservedConcurrency);
    }

    public void reservedConcurrency(@Nullable Integer reserved) {
        reservedConcurrency = reserved;
    }

    public Optional<String> codeSigningConfigArn() {
        return Optional.ofNullable(codeSigningConfigArn);
    }

    public void codeSigningConfigArn(@Nullable String arn) {
        codeSigningConfigArn = arn;
    }

    public String recursiveLoop() {
        return recursiveLoop;
    }

    public void recursiveLoop(String value) {
        recursiveLoop = value;
    }

    /** A version by its number or as {@code $LATEST}. */
    public Optional<Version> version(String version) {
        if (version.equals(LATEST)) {
            return Optional.of(latest);
        }
        try {
            return Optional.ofNullable(published.get(Long.parseLong(version)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
