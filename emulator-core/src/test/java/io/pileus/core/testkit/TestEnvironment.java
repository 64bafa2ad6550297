package io.pileus.core.testkit;

import io.pileus.core.identity.Ids;
import io.pileus.core.identity.SeededIds;
import io.pileus.core.port.Ports;
import io.pileus.core.service.ServiceEnvironment;
import io.pileus.core.service.Settings;
import io.pileus.core.time.Activity;
import io.pileus.core.time.EmulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A service's surroundings in a test: time begins at {@link #START} and moves by {@link #advance} only, ids come from a
 * seed, work for the pool runs at once on the caller's thread, and no other service is there unless the test provides it.
 *
 * <pre>
 *   TestEnvironment env = TestEnvironment.fresh();
 *   var sqs = new SqsService(env.services());
 *   ...
 *   env.advance(Duration.ofSeconds(30));
 * </pre>
 */
public final class TestEnvironment {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final EmulatedTime time;
    private final ServiceEnvironment services;

    private TestEnvironment(Map<String, String> settings) {
        Activity activity = new Activity();
        this.time = EmulatedTime.byHand(START, activity);
        Ports ports = new Ports();
        ports.provide(Activity.class, activity);
        this.services = new ServiceEnvironment(
                time, time, new SeededIds(1), activity.counting(Runnable::run), ports, new Settings(settings));
    }

    public static TestEnvironment fresh() {
        return new TestEnvironment(Map.of());
    }

    /** With settings, as names and values in turn. */
    public static TestEnvironment with(String... namesAndValues) {
        Map<String, String> settings = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            settings.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new TestEnvironment(settings);
    }

    /** What a service is given when it is made. */
    public ServiceEnvironment services() {
        return services;
    }

    public EmulatedTime time() {
        return time;
    }

    public Instant now() {
        return time.instant();
    }

    public Ids ids() {
        return services.ids();
    }

    public Ports ports() {
        return services.ports();
    }

    /** Moves time forward; everything that falls due on the way runs on this thread, in order. */
    public void advance(Duration by) {
        if (!time.advance(by)) {
            throw new AssertionError("the emulator did not come to rest");
        }
    }

    /** Runs what is due at once. */
    public void settle() {
        advance(Duration.ZERO);
    }
}
