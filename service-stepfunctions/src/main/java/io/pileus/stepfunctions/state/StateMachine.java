package io.pileus.stepfunctions.state;

import io.pileus.stepfunctions.asl.Definition;
import io.pileus.stepfunctions.model.RoutingConfigurationListItem;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A state machine with its versions, aliases and tags. Guarded by the lock of its {@link StepFunctionsState}.
 *
 * <pre>
 *   ACTIVE   --DeleteStateMachine--&gt; DELETING
 *   DELETING --its last running execution ends--&gt; gone
 * </pre>
 */
public final class StateMachine {
    /** A version: a revision that stays. */
    public record Version(
            int number, Revision revision, @Nullable String description, Instant createdAt) {}

    /** A name for one version, or for two by weight. */
    public record Alias(
            String name,
            @Nullable String description,
            List<RoutingConfigurationListItem> routes,
            Instant createdAt,
            Instant updatedAt) {}

    private final String arn;
    private final String name;
    private final boolean express;
    private final Instant createdAt;
    private final TreeMap<Integer, Version> versions = new TreeMap<>();
    private final Map<String, Alias> aliases = new LinkedHashMap<>();
    private final Map<String, String> tags = new LinkedHashMap<>();
    private Revision current;

    /** The former revisions that have executions, by their ids. */
    private final Map<String, Revision> former = new LinkedHashMap<>();

    private int lastVersion;
    private boolean deleting;

    public StateMachine(String arn, String name, boolean express, Revision first) {
        this.arn = arn;
        this.name = name;
        this.express = express;
        this.createdAt = first.updatedAt();
        this.current = first;
    }

    private StateMachine(SavedMachine saved, Map<String, Revision> revisions) {
        this.arn = saved.arn();
        this.name = saved.name();
        this.express = saved.express();
        this.createdAt = saved.createdAt();
        this.current = Objects.requireNonNull(revisions.get(saved.current()));
        this.lastVersion = saved.lastVersion();
        this.deleting = saved.deleting();
        for (SavedMachine.Versioned each : saved.versions()) {
            versions.put(
                    each.number(),
                    new Version(
                            each.number(),
                            Objects.requireNonNull(revisions.get(each.revisionId())),
                            each.description(),
                            each.createdAt()));
        }
        former.putAll(revisions);
        former.remove(current.revisionId());
        saved.aliases().forEach(alias -> aliases.put(alias.name(), alias));
        tags.putAll(saved.tags());
    }

    SavedMachine saved() {
        Map<String, SavedMachine.Revised> revisions = new LinkedHashMap<>();
        versions.values().forEach(version -> add(revisions, version.revision()));
        former.values().forEach(revision -> add(revisions, revision));
        add(revisions, current);
        return new SavedMachine(
                arn,
                name,
                express,
                createdAt,
                current.revisionId(),
                List.copyOf(revisions.values()),
                versions.values().stream()
                        .map(v -> new SavedMachine.Versioned(
                                v.number(), v.revision().revisionId(), v.description(), v.createdAt()))
                        .toList(),
                List.copyOf(aliases.values()),
                new LinkedHashMap<>(tags),
                lastVersion,
                deleting);
    }

    private static void add(Map<String, SavedMachine.Revised> revisions, Revision revision) {
        revisions.put(
                revision.revisionId(),
                new SavedMachine.Revised(
                        revision.revisionId(),
                        revision.definitionText(),
                        revision.roleArn(),
                        revision.logging(),
                        revision.tracing(),
                        revision.encryption(),
                        revision.updatedAt()));
    }

    /** @param parsed what a definition's text spells */
    static StateMachine of(SavedMachine saved, Function<String, Definition> parsed) {
        Map<String, Revision> revisions = new LinkedHashMap<>();
        for (SavedMachine.Revised each : saved.revisions()) {
            revisions.put(
                    each.revisionId(),
                    new Revision(
                            each.revisionId(),
                            each.definitionText(),
                            parsed.apply(each.definitionText()),
                            each.roleArn(),
                            each.logging(),
                            each.tracing(),
                            each.encryption(),
                            each.updatedAt()));
        }
        return new StateMachine(saved, revisions);
    }

    public String arn() {
        return arn;
    }

    public String name() {
        return name;
    }

    public boolean express() {
        return express;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public Revision current() {
        return current;
    }

    /** @param executed the ids of the revisions that the executions have which are known */
    public void update(Revision revision, Set<String> executed) {
        former.put(current.revisionId(), current);
        former.keySet().retainAll(executed);
        current = revision;
    }

    /** The revision with the id, if it is the current one or one of a version or of an execution. */
    public Optional<Revision> revision(String revisionId) {
        return Stream.concat(
                        Stream.of(current),
                        Stream.concat(versions.values().stream().map(Version::revision), former.values().stream()))
                .filter(revision -> revision.revisionId().equals(revisionId))
                .findFirst();
    }

    /** Begins the deletion; false when it had begun before. */
    public boolean delete() {
        boolean begun = !deleting;
        deleting = true;
        return begun;
    }

    public boolean deleting() {
        return deleting;
    }

    public Map<Integer, Version> versions() {
        return versions;
    }

    public Map<String, Alias> aliases() {
        return aliases;
    }

    public Map<String, String> tags() {
        return tags;
    }

    /** The version of the current revision; a new one when the last version is of an earlier revision. */
    public Version publish(@Nullable String description, Instant now) {
        Version last = versions.isEmpty() ? null : versions.lastEntry().getValue();
        if (last != null && last.revision() == current) {
            return last;
        }
        Version version = new Version(++lastVersion, current, description, now);
        versions.put(version.number(), version);
        return version;
    }

    public String versionArn(int number) {
        return arn + ":" + number;
    }

    public Optional<Version> version(String qualifier) {
        try {
            return Optional.ofNullable(versions.get(Integer.parseInt(qualifier)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    public String aliasArn(String alias) {
        return arn + ":" + alias;
    }
}
