package io.pileus.server.command;

import io.pileus.client.Fault;

/** A fault as words of the command line, such as {@code sqs.SendMessage --error InternalError:500 --count 2}. */
final class FaultWords {
    private static final int USUAL_STATUS = 400;

    private FaultWords() {}

    static Fault fault(Words words) {
        Fault fault = Fault.onAll();
        if (words.hasNext()) {
            String[] target = words.next().split("\\.", 2);
            fault = Fault.on(target[0]);
            fault = target.length == 2 ? fault.operation(target[1]) : fault;
        }
        String error = words.option("error", "");
        if (!error.isEmpty()) {
            fault = withError(fault, error.split(":", 3));
        }
        if (words.flag("throttle")) {
            fault = fault.throttle();
        }
        String latency = words.option("latency", "");
        fault = latency.isEmpty() ? fault : fault.latency(latency);
        fault = words.number("rate", Double::valueOf).map(fault::callsPerSecond).orElse(fault);
        fault = words.number("probability", Double::valueOf)
                .map(fault::probability)
                .orElse(fault);
        fault = words.number("seed", Long::valueOf).map(fault::seed).orElse(fault);
        fault = words.number("count", Long::valueOf).map(fault::count).orElse(fault);
        String account = words.option("account", "");
        fault = account.isEmpty() ? fault : fault.account(account);
        String region = words.option("region", "");
        return region.isEmpty() ? fault : fault.region(region);
    }

    private static Fault withError(Fault fault, String[] parts) {
        int status = USUAL_STATUS;
        if (parts.length > 1) {
            try {
                status = Integer.parseInt(parts[1]);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "An error is CODE:STATUS:MESSAGE, and '" + parts[1] + "' is no HTTP status.", e);
            }
        }
        return fault.error(parts[0], status, parts.length > 2 ? parts[2] : "");
    }
}
