package io.pileus.server.command;

import io.pileus.client.Fault;

/** A fault as words of the command line, such as {@code sqs.SendMessage --error InternalError:500 --count 2}. */
final class FaultWords {
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
            String[] parts = error.split(":", 3);
            fault = fault.error(
                    parts[0], parts.length > 1 ? Integer.parseInt(parts[1]) : 400, parts.length > 2 ? parts[2] : "");
        }
        if (words.flag("throttle")) {
            fault = fault.throttle();
        }
        String latency = words.option("latency", "");
        fault = latency.isEmpty() ? fault : fault.latency(latency);
        String rate = words.option("rate", "");
        fault = rate.isEmpty() ? fault : fault.callsPerSecond(Double.parseDouble(rate));
        String probability = words.option("probability", "");
        fault = probability.isEmpty() ? fault : fault.probability(Double.parseDouble(probability));
        String seed = words.option("seed", "");
        fault = seed.isEmpty() ? fault : fault.seed(Long.parseLong(seed));
        String count = words.option("count", "");
        fault = count.isEmpty() ? fault : fault.count(Long.parseLong(count));
        String account = words.option("account", "");
        fault = account.isEmpty() ? fault : fault.account(account);
        String region = words.option("region", "");
        return region.isEmpty() ? fault : fault.region(region);
    }
}
