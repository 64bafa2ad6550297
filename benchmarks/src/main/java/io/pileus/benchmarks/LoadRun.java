package io.pileus.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Starts the bare Netty server and ours, drives them in turn with the same client, and prints requests per second, the
 * server's processor time per request, their ratios, the time from exec to the first answer, and the resident memory.
 * Turns are short and many, so that whatever else the machine does meets all alike; where it does much else, the
 * processor time is the figure to trust.
 */
public final class LoadRun {
    private static final int CONNECTIONS = 32;
    private static final String PUT_RECORDS = "Kinesis PutRecords 100";
    private static final String BARE_PUT_RECORDS = "bare Kinesis PutRecords";
    private static final String PUT_RECORDS_CBOR = "Kinesis PutRecords CBOR";
    private static final String BARE_PUT_RECORDS_CBOR = "bare Kinesis PutRec. CBOR";
    private static final int SHARDS = 4;

    /** Before so many requests a server's processor time is more that of its compiler than that of its answers. */
    private static final int WARM_UP_REQUESTS = 50_000;

    private static final int WARM_UP_TURNS_MAX = 8;
    private static final PrintStream OUT = System.out;

    private static final Path DIST = Path.of("emulator-server", "target", "dist");

    /**
     * @param request prepares what is to be measured on the started server, and gives the request to repeat
     */
    private record Subject(String name, Starter starter, RequestSource request) {
        /** The bare server that is sent the same bytes, where that is not the first one. */
        Optional<String> sameBytes() {
            return switch (name) {
                case PUT_RECORDS -> Optional.of(BARE_PUT_RECORDS);
                case PUT_RECORDS_CBOR -> Optional.of(BARE_PUT_RECORDS_CBOR);
                default -> Optional.empty();
            };
        }

        /** Lets go of what a turn has piled up: a stream keeps its records for a day. */
        void beforeTurn(int port) throws IOException {
            if (name.equals(PUT_RECORDS) || name.equals(PUT_RECORDS_CBOR)) {
                KinesisRequests.deleteStream(port);
                KinesisRequests.newStream(port, SHARDS);
            }
        }
    }

    @FunctionalInterface
    private interface Starter {
        ServerProcess start() throws IOException;
    }

    @FunctionalInterface
    private interface RequestSource {
        byte[] on(int port) throws IOException;
    }

    private LoadRun() {}

    /** Arguments: seconds per turn, turns, event loops, a regular expression for the names of subjects; all optional. */
    public static void main(String[] args) throws IOException {
        long seconds = args.length > 0 ? Long.parseLong(args[0]) : 2;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 6;
        String loops = args.length > 2
                ? args[2]
                : Integer.toString(Runtime.getRuntime().availableProcessors());
        Pattern wanted = Pattern.compile(args.length > 3 ? args[3] : "SQS|KMS|front end");
        List<String> arguments = List.of("0", loops);
        List<Subject> subjects = new ArrayList<>();
        subjects.add(new Subject(
                "bare Netty",
                () -> ServerProcess.ofThisModule(BareNettyServer.class, arguments),
                port -> Requests.sendMessage(port, "/load")));
        subjects.add(new Subject(
                "our front end",
                () -> ServerProcess.ofThisModule(ConstantServer.class, arguments),
                port -> Requests.sendMessage(port, "/load")));
        subjects.add(new Subject(
                BARE_PUT_RECORDS,
                () -> ServerProcess.ofThisModule(BareNettyServer.class, arguments),
                port -> KinesisRequests.putRecords(port, "load", 100)));
        subjects.add(new Subject(
                BARE_PUT_RECORDS_CBOR,
                () -> ServerProcess.ofThisModule(BareNettyServer.class, arguments),
                port -> KinesisRequests.putRecordsInCbor(port, "load", 100)));
        if (Files.isDirectory(DIST.resolve("lib"))) {
            addPileus(subjects, "SQS SendMessage", port -> Requests.sendMessage(port, Requests.newQueueUrl(port)));
            addPileus(subjects, "KMS Encrypt 1 KiB", port -> Requests.encrypt(port, Requests.newKeyId(port)));
            addPileus(
                    subjects,
                    "SNS Publish to 3 queues",
                    port -> SnsRequests.publish(port, SnsRequests.newTopicWithQueues(port, 3, "")));
            addPileus(
                    subjects,
                    "SNS Publish to 3, raw",
                    port -> SnsRequests.publish(
                            port,
                            SnsRequests.newTopicWithQueues(
                                    port, 3, SnsRequests.attribute("RawMessageDelivery", "true"))));
            addPileus(
                    subjects,
                    "SNS 10,000 filters",
                    port -> SnsRequests.publish(port, SnsRequests.newTopicWithFilters(port, 10_000)));
            addPileus(
                    subjects,
                    PUT_RECORDS,
                    port -> KinesisRequests.putRecords(port, KinesisRequests.newStream(port, SHARDS), 100));
            addPileus(
                    subjects,
                    PUT_RECORDS_CBOR,
                    port -> KinesisRequests.putRecordsInCbor(port, KinesisRequests.newStream(port, SHARDS), 100));
            addPileus(
                    subjects,
                    "Kinesis GetRecords 1,000",
                    port -> KinesisRequests.getRecords(port, KinesisRequests.newStream(port, 1), 1_000));
            addPileus(
                    subjects,
                    "Kinesis GetRecords CBOR",
                    port -> KinesisRequests.getRecordsInCbor(port, KinesisRequests.newStream(port, 1), 1_000));
            addPileus(subjects, "Cognito key set", port -> CognitoRequests.keySet(CognitoRequests.newPool(port)));
            addPileus(subjects, "Cognito GetUser", port -> CognitoRequests.getUser(CognitoRequests.newPool(port)));
            addPileus(subjects, "Cognito userInfo", port -> CognitoRequests.userInfo(CognitoRequests.newPool(port)));
            addPileus(
                    subjects,
                    "Cognito AdminGetUser",
                    port -> CognitoRequests.adminGetUser(CognitoRequests.newPool(port)));
            addPileus(
                    subjects,
                    "Cognito InitiateAuth",
                    port -> CognitoRequests.initiateAuth(CognitoRequests.newPool(port)));
        } else {
            OUT.println("Pileus itself is not built (run ./pileus once): measuring its HTTP front end only.");
        }

        subjects.removeIf(subject -> subject != subjects.getFirst()
                && !wanted.matcher(subject.name()).find());
        List<Running> running = new ArrayList<>();
        try {
            for (Subject subject : subjects) {
                running.add(Running.start(subject));
            }
            for (Running each : running) {
                each.warmUp(seconds);
            }
            for (int round = 0; round < rounds; round++) {
                for (Running each : running) {
                    each.drive(seconds);
                }
            }
            print(running);
        } finally {
            for (Running each : running) {
                each.server.close();
            }
        }
    }

    private static void addPileus(List<Subject> subjects, String name, RequestSource request) {
        subjects.add(new Subject(name, ServerProcess::pileus, request));
    }

    private static void print(List<Running> running) throws IOException {
        Running bare = running.getFirst();
        OUT.printf(
                "%n%-24s %12s %8s %16s %8s %8s %14s%n",
                "", "requests/s", "ratio", "CPU us/request", "ratio", "failed", "resident MiB");
        for (Running each : running) {
            OUT.printf(
                    "%-24s %,12.0f %7.0f%% %16.1f %7.0f%% %8d %14.0f%n",
                    each.subject.name,
                    each.perSecond(),
                    100 * each.perSecond() / bare.perSecond(),
                    each.cpuMicros(),
                    100 * bare.cpuMicros() / each.cpuMicros(),
                    each.failures,
                    each.server.residentMebibytes());
        }
        for (Running each : running) {
            for (Running yardstick : running) {
                if (each.subject.sameBytes().equals(Optional.of(yardstick.subject.name()))) {
                    OUT.printf(
                            "%s: %.0f%% of the requests/s and %.0f%% of the CPU's worth of a bare server that reads the same"
                                    + " bytes%n",
                            each.subject.name,
                            100 * each.perSecond() / yardstick.perSecond(),
                            100 * yardstick.cpuMicros() / each.cpuMicros());
                }
            }
        }
    }

    /** A started server and what was measured on it so far. */
    private static final class Running {
        private final Subject subject;
        private final ServerProcess server;
        private final LoadClient client;
        private long answers;
        private long failures;
        private double seconds;
        private double cpuSeconds;

        private Running(Subject subject, ServerProcess server, byte[] request) {
            this.subject = subject;
            this.server = server;
            this.client = new LoadClient(server.port(), request);
        }

        static Running start(Subject subject) throws IOException {
            ServerProcess server = subject.starter.start();
            try {
                byte[] request = subject.request.on(server.port());
                Requests.awaitAnswer(server.port(), request);
                OUT.printf(
                        "%-24s first answer %.2f s after exec, resident at rest %.0f MiB%n",
                        subject.name, server.secondsSinceStart(), server.residentMebibytes());
                return new Running(subject, server, request);
            } catch (IOException e) {
                server.close();
                throw e;
            }
        }

        /** What was measured while the server was cold does not count. */
        void warmUp(long forSeconds) throws IOException {
            for (int turn = 0; turn < WARM_UP_TURNS_MAX && answers < WARM_UP_REQUESTS; turn++) {
                drive(forSeconds);
            }
            answers = 0;
            failures = 0;
            seconds = 0;
            cpuSeconds = 0;
        }

        void drive(long forSeconds) throws IOException {
            subject.beforeTurn(server.port());
            double cpuBefore = server.cpuSeconds();
            LoadClient.Result result = client.run(CONNECTIONS, TimeUnit.SECONDS.toNanos(forSeconds));
            cpuSeconds += server.cpuSeconds() - cpuBefore;
            answers += result.answers();
            failures += result.failures();
            seconds += result.nanos() / 1e9;
        }

        double perSecond() {
            return answers / seconds;
        }

        double cpuMicros() {
            return cpuSeconds * 1e6 / answers;
        }
    }
}
