package io.pileus.stepfunctions.state;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Region;
import io.pileus.core.service.Scopes.Scope;
import io.pileus.core.state.StateSink;
import io.pileus.stepfunctions.asl.Definition;
import io.pileus.stepfunctions.map.MapRun;
import io.pileus.stepfunctions.run.Execution;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/** Everything of one account in one region. */
public final class StepFunctionsState {
    /** Ended executions are kept for 90 days. */
    public static final Duration RETENTION = Duration.ofDays(90);

    /** Kinds of what is saved. */
    public static final String MACHINE = "machine";

    public static final String ACTIVITY = "activity";

    private final AccountId account;
    private final Region region;

    /** Guards machines and activities, and what hangs on them. */
    private final ReentrantLock lock = new ReentrantLock();

    private final TreeMap<String, StateMachine> machines = new TreeMap<>();
    private final TreeMap<String, Activity> activities = new TreeMap<>();
    private final Map<String, Execution> executions = new ConcurrentHashMap<>();
    private final Map<String, Long> sequences = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, Execution> bySequence = new ConcurrentSkipListMap<>();
    private final Set<Execution> runningExpress = ConcurrentHashMap.newKeySet();
    private final Map<String, MapRun> mapRuns = new ConcurrentHashMap<>();
    private final AtomicLong sequence = new AtomicLong();

    public StepFunctionsState(AccountId account, Region region) {
        this.account = account;
        this.region = region;
    }

    public AccountId account() {
        return account;
    }

    public Region region() {
        return region;
    }

    /** Does something while nobody else changes machines or activities. */
    public <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** State machines by ARN; only while {@link #locked}. */
    public TreeMap<String, StateMachine> machines() {
        return machines;
    }

    /** Activities by ARN; only while {@link #locked}. */
    public TreeMap<String, Activity> activities() {
        return activities;
    }

    /** Removes a machine that is being deleted, and all that is known of its executions. */
    public void removeMachine(String arn) {
        locked(() -> {
            StateMachine machine = machines.get(arn);
            return machine != null && machine.deleting() ? machines.remove(arn) : null;
        });
        for (Execution execution : executions.values()) {
            String owner = execution.identity().stateMachineArn();
            if (owner.equals(arn) || owner.startsWith(arn + "/")) {
                forget(execution);
            }
        }
        mapRuns.values().removeIf(run -> run.stateMachineArn().equals(arn));
    }

    public Optional<Activity> activity(String arn) {
        return locked(() -> Optional.ofNullable(activities.get(arn)));
    }

    /** Keeps an execution unless there is one of its ARN; answers that one then. */
    public Optional<Execution> register(Execution execution) {
        Execution other = executions.putIfAbsent(execution.identity().arn(), execution);
        if (other == null) {
            long number = sequence.incrementAndGet();
            sequences.put(execution.identity().arn(), number);
            bySequence.put(number, execution);
        }
        return Optional.ofNullable(other);
    }

    /** Keeps an execution that was saved at its old place. */
    public void register(Execution execution, long number) {
        executions.put(execution.identity().arn(), execution);
        sequences.put(execution.identity().arn(), number);
        bySequence.put(number, execution);
        sequence.accumulateAndGet(number, Math::max);
    }

    /** Tells all of it. */
    public void save(StateSink sink) {
        Scope scope = new Scope(account, region);
        List<SavedMachine> savedMachines = new ArrayList<>();
        List<SavedActivity> savedActivities = new ArrayList<>();
        locked(() -> {
            machines.values().forEach(machine -> savedMachines.add(machine.saved()));
            activities.values().forEach(activity -> savedActivities.add(activity.saved()));
            return null;
        });
        savedMachines.forEach(machine -> sink.put(scope, MACHINE, machine.arn(), machine));
        savedActivities.forEach(activity -> sink.put(scope, ACTIVITY, activity.arn(), activity));
        bySequence.forEach((number, execution) -> execution.save(sink, number));
        mapRuns.values().forEach(run -> run.save(sink));
    }

    public void load(SavedMachine saved, Function<String, Definition> parsed) {
        StateMachine machine = StateMachine.of(saved, parsed);
        locked(() -> machines.put(machine.arn(), machine));
    }

    public void load(SavedActivity saved) {
        Activity activity = new Activity(saved.arn(), saved.name(), saved.createdAt(), saved.encryption());
        activity.tags().putAll(saved.tags());
        locked(() -> activities.put(activity.arn(), activity));
    }

    /** Keeps an Express execution until it ends, so that it can be stopped. */
    public void track(Execution express) {
        runningExpress.add(express);
        express.onEnd(runningExpress::remove);
    }

    public Optional<Execution> execution(String arn) {
        return Optional.ofNullable(executions.get(arn));
    }

    public void forget(Execution execution) {
        String arn = execution.identity().arn();
        if (executions.remove(arn, execution)) {
            Long number = sequences.remove(arn);
            if (number != null) {
                bySequence.remove(number);
            }
        }
    }

    /** Executions from the newest on, with their numbers; those before a number when it is given. */
    public Collection<Map.Entry<Long, Execution>> newestFirst(Optional<Long> before) {
        var map = before.map(b -> bySequence.headMap(b, false)).orElse(bySequence);
        return map.descendingMap().entrySet();
    }

    /** All executions that are kept, and the Express executions that run. */
    public List<Execution> executions() {
        List<Execution> all = new ArrayList<>(executions.values());
        all.addAll(runningExpress);
        return all;
    }

    /** Forgets executions that ended more than {@link #RETENTION} ago. */
    public void forgetBefore(Instant now) {
        Instant oldest = now.minus(RETENTION);
        for (Execution execution : bySequence.values()) {
            if (execution.startDate().isAfter(oldest)) {
                return;
            }
            if (execution.view().stopDate().filter(d -> d.isBefore(oldest)).isPresent()) {
                forget(execution);
            }
        }
    }

    public void add(MapRun run) {
        mapRuns.put(run.arn(), run);
    }

    public Optional<MapRun> mapRun(String arn) {
        return Optional.ofNullable(mapRuns.get(arn));
    }

    public List<MapRun> mapRunsOf(String executionArn) {
        List<MapRun> runs = new ArrayList<>();
        for (MapRun run : mapRuns.values()) {
            if (run.executionArn().equals(executionArn)) {
                runs.add(run);
            }
        }
        runs.sort(Comparator.comparing(MapRun::startDate).reversed().thenComparing(MapRun::arn));
        return runs;
    }
}
