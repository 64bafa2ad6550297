package io.pileus.server.command;

import io.pileus.client.ClockState;
import io.pileus.client.Fault;
import io.pileus.client.LoggedRequest;
import io.pileus.client.PileusException;
import io.pileus.client.RemotePileus;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** The commands of the command line that ask a running server, each a few words and options. */
public final class Commands {
    public static final String HELP = """
            Usage: pileus COMMAND [options]       (asks the server at --endpoint, http://localhost:4566)

              clock                               what time it is
              clock advance 15m | next            move time forward; what falls due on the way happens
              clock set 2027-01-01T00:00:00Z      move time to an instant
              clock freeze | run | scale 60       stand still; go on; go 60 times as fast
              reset [SERVICE]                     forget all state, or a service's
              requests [--service S] [--errors] [--commands] [--limit N] [--follow]
                                                  the last requests; with the AWS CLI's commands; as they come
              faults                              what shall go wrong
              faults add [SERVICE[.OPERATION]] [--error CODE[:STATUS[:MESSAGE]]] [--throttle] [--latency 200ms]
                         [--rate N] [--probability P] [--seed N] [--count N] [--account ID] [--region R]
              faults remove ID | clear            take one fault back, or all
              snapshot                            the snapshots in the server's memory
              snapshot save | load | delete NAME  keep all state under a name; put it back; forget the snapshot
              snapshot save | load NAME FILE      the same by way of a file
              save                                write what changed into the directory that state is kept in
              state [SERVICE]                     what there is, as JSON
              strict on | off                     refuse what is not emulated, or log it
              quotas SERVICE on | off             enforce the quotas of sqs, kms, kinesis or cognito-idp, or not
              health                              the services

            The endpoint is --endpoint URL, or PILEUS_ENDPOINT, or AWS_ENDPOINT_URL.
            """;

    private static final Duration FOLLOW_EVERY = Duration.ofMillis(300);

    private final RemotePileus pileus;
    private final PrintStream out;

    private Commands(RemotePileus pileus, PrintStream out) {
        this.pileus = pileus;
        this.out = out;
    }

    /**
     * Runs one command.
     *
     * @param environment the environment variables
     * @return the exit status: 0, 1 when the server refused or did not answer, 2 when the command makes no sense
     */
    public static int run(String[] arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        try {
            Words words = Words.of(arguments);
            String endpoint = words.option(
                    "endpoint",
                    environment.getOrDefault(
                            "PILEUS_ENDPOINT", environment.getOrDefault("AWS_ENDPOINT_URL", "http://localhost:4566")));
            new Commands(RemotePileus.at(uri(endpoint)), out).run(words);
            return 0;
        } catch (PileusException e) {
            err.println(e.getMessage());
            return 1;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage() + " See pileus help.");
            return 2;
        }
    }

    private static URI uri(String endpoint) {
        try {
            URI uri = URI.create(endpoint);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below, as for a URL of another kind.
        }
        throw new IllegalArgumentException(
                "An endpoint is a URL such as http://localhost:4566, not '" + endpoint + "'.");
    }

    /** Everything that was said is understood before anything is done. */
    private void run(Words words) {
        Runnable action = action(words);
        words.end();
        action.run();
    }

    private Runnable action(Words words) {
        return switch (words.next()) {
            case "clock" -> clock(words);
            case "reset" -> reset(words.hasNext() ? words.next() : "");
            case "requests" -> requests(words);
            case "faults" -> faults(words);
            case "snapshot", "snapshots" -> snapshot(words);
            case "save" -> pileus::saveState;
            case "state" -> state(words.hasNext() ? words.next() : "");
            case "strict" -> strict(words.nextSwitch());
            case "quotas" -> quotas(words.next(), words.nextSwitch());
            case "health" -> () -> pileus.services().forEach((name, state) -> out.println(name + " " + state));
            case "help" -> () -> out.print(HELP);
            default -> throw new IllegalArgumentException("There is no command '" + words.last() + "'.");
        };
    }

    // ---- clock, state, settings -------------------------------------------------------------------------------------

    private Runnable clock(Words words) {
        String change = switch (words.hasNext() ? words.next() : "") {
            case "" -> "";
            case "advance" -> "{\"advance\":\"" + words.nextPlain() + "\"}";
            case "set" -> "{\"set\":\"" + words.nextPlain() + "\"}";
            case "freeze" -> "{\"mode\":\"manual\"}";
            case "run" -> "{\"mode\":\"real\"}";
            case "scale" -> "{\"scale\":" + words.nextNumber() + "}";
            default -> throw new IllegalArgumentException("A clock is advanced, set, frozen, run or scaled.");
        };
        return () -> {
            if (!change.isEmpty()) {
                pileus.post("/_pileus/clock", change);
            }
            out.println(text(pileus.clock()));
        };
    }

    private static String text(ClockState clock) {
        String scale = clock.mode().equals("scaled") ? " " + clock.scale() : "";
        String next = clock.nextDue().map(due -> ", next at " + due).orElse("");
        String waiting = clock.pending() == 0 ? "" : ", " + clock.pending() + " waiting" + next;
        return clock.now() + " " + clock.mode() + scale + waiting;
    }

    private Runnable reset(String service) {
        return () -> {
            if (service.isEmpty()) {
                pileus.reset();
            } else {
                pileus.reset(service);
            }
        };
    }

    private Runnable snapshot(Words words) {
        String what = words.hasNext() ? words.next() : "list";
        if (what.equals("list")) {
            return () -> pileus.snapshots().forEach(out::println);
        }
        String name = words.next();
        String file = words.hasNext() ? words.next() : "";
        return switch (what) {
            case "save" ->
                () -> {
                    pileus.saveSnapshot(name);
                    if (!file.isEmpty()) {
                        pileus.downloadSnapshot(name, Path.of(file));
                    }
                };
            case "load" ->
                () -> {
                    if (!file.isEmpty()) {
                        pileus.uploadSnapshot(name, Path.of(file));
                    }
                    pileus.loadSnapshot(name);
                };
            case "delete" -> () -> pileus.deleteSnapshot(name);
            default -> throw new IllegalArgumentException("Snapshots are listed, saved, loaded or deleted.");
        };
    }

    private Runnable state(String service) {
        return () -> out.println(service.isEmpty() ? pileus.state() : pileus.state(service));
    }

    private Runnable strict(boolean on) {
        return () -> pileus.strict(on);
    }

    private Runnable quotas(String service, boolean on) {
        return () -> pileus.quotas(service, on);
    }

    // ---- faults -----------------------------------------------------------------------------------------------------

    private Runnable faults(Words words) {
        switch (words.hasNext() ? words.next() : "list") {
            case "list" -> {
                return () -> out.println(pileus.get("/_pileus/faults"));
            }
            case "add" -> {
                Fault fault = FaultWords.fault(words);
                return () -> out.println(pileus.add(fault));
            }
            case "remove" -> {
                String id = words.next();
                return () -> pileus.removeFault(id);
            }
            case "clear" -> {
                return pileus::removeFaults;
            }
            default -> throw new IllegalArgumentException("Faults are listed, added, removed or cleared.");
        }
    }

    // ---- requests ---------------------------------------------------------------------------------------------------

    private Runnable requests(Words words) {
        String service = words.option("service", "");
        boolean errors = words.flag("errors");
        boolean commands = words.flag("commands");
        boolean follow = words.flag("follow");
        int limit = words.number("limit", Integer::valueOf).orElse(100);
        Predicate<LoggedRequest> wanted =
                request -> (service.isEmpty() || request.service().equals(service))
                        && (!errors || !request.errorCode().isEmpty());
        return () -> {
            long seen = show(-1, limit, wanted, commands);
            while (follow && !Thread.currentThread().isInterrupted()) {
                // This is the user's program, not the emulator: its time is the machine's.
                LockSupport.parkNanos(FOLLOW_EVERY.toNanos());
                seen = show(seen, Integer.MAX_VALUE, wanted, commands);
            }
        };
    }

    /** Prints the requests after one, the oldest first, and answers with the last one's number. */
    private long show(long after, int limit, Predicate<LoggedRequest> wanted, boolean commands) {
        List<LoggedRequest> all = pileus.requestsAfter(after);
        List<LoggedRequest> shown = all.stream().filter(wanted).limit(limit).toList();
        for (LoggedRequest request : shown.reversed()) {
            out.println(line(request));
            if (commands && !request.command().isEmpty()) {
                out.println("    " + request.command());
            }
        }
        out.flush();
        return all.isEmpty() ? after : all.getFirst().number();
    }

    private static String line(LoggedRequest request) {
        String service = request.service().isEmpty() ? "" : request.service() + ".";
        String error = request.errorCode().isEmpty() ? "" : " " + request.errorCode() + ": " + request.errorMessage();
        return "#" + request.number() + " " + request.time() + " " + request.account() + " " + request.region() + " "
                + service + request.operation() + " " + request.status() + " "
                + request.latency().toNanos() / 1_000 + "us" + error
                + (request.fault() ? " (a fault)" : "")
                + (request.notEmulated().isEmpty() ? "" : " (not emulated: " + request.notEmulated() + ")");
    }
}
