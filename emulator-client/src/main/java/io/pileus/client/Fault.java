package io.pileus.client;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that shall go wrong, put together step by step:
 *
 * <pre>
 *   pileus.add(Fault.on("sqs").operation("SendMessage").error("InternalError", 500, "no disk").count(2));
 *   pileus.add(Fault.on("kms").throttle().callsPerSecond(5));
 *   pileus.add(Fault.onAll().latency(Duration.ofMillis(200)).probability(0.1, 42));
 * </pre>
 *
 * <p>Each step gives a new fault.
 */
public final class Fault {
    private final Map<String, Object> fields;

    private Fault(Map<String, Object> fields) {
        this.fields = fields;
    }

    /** For the calls of every service. */
    public static Fault onAll() {
        return new Fault(Map.of());
    }

    /** For the calls of one service, such as {@code sqs}. */
    public static Fault on(String service) {
        return onAll().with("service", service);
    }

    /** Only for this operation, such as {@code SendMessage}. */
    public Fault operation(String name) {
        return with("operation", name);
    }

    /** Only for calls of this account. */
    public Fault account(String id) {
        return with("account", id);
    }

    /** Only for calls in this region. */
    public Fault region(String id) {
        return with("region", id);
    }

    /** Answers with this error in the caller's protocol, and the service does not see the call. */
    public Fault error(String code, int status, String message) {
        return with("error", Map.of("code", code, "status", status, "message", message));
    }

    /** Answers in the service's own words that there were too many requests. */
    public Fault throttle() {
        return with("throttle", true);
    }

    /** Holds the call back for so long, on the emulator's clock. */
    public Fault latency(Duration duration) {
        return with("latency", duration.toString());
    }

    /** Holds the call back for so long, as people write it: {@code 200ms}, {@code 1m30s}. */
    public Fault latency(String duration) {
        return with("latency", duration);
    }

    /** Hits only what comes beyond so many calls in a second of the emulator's clock. */
    public Fault callsPerSecond(double rate) {
        return with("callsPerSecond", rate);
    }

    /** Hits a call with this probability, from above 0 up to 1; the same calls in each run with the same seed. */
    public Fault probability(double value, long seed) {
        return probability(value).seed(seed);
    }

    /** Hits a call with this probability, from above 0 up to 1. */
    public Fault probability(double value) {
        return with("probability", value);
    }

    /** Makes chance the same in each run. */
    public Fault seed(long seed) {
        return with("seed", seed);
    }

    /** Ends after so many hits. */
    public Fault count(long hits) {
        return with("count", hits);
    }

    private Fault with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new Fault(more);
    }

    String json() {
        return Json.write(fields);
    }
}
