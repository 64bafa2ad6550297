package io.pileus.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts the bare Netty server and ours in turn, drives both with the same client, and prints requests per second, the
 * server's processor time per request, their ratios, the time from exec to the first answer, and the resident memory.
 * Rounds alternate and the best one counts; on a machine that others use too, the processor time is the figure to trust.
 */
public final class LoadRun {
    private static final int CONNECTIONS = 32;
    private static final PrintStream OUT = System.out;

    private record Subject(String name, String mainClass, List<String> arguments, byte[] request) {}

    private LoadRun() {}

    /** Arguments: seconds per round, rounds, event loops; all optional. */
    public static void main(String[] args) throws IOException {
        long seconds = args.length > 0 ? Long.parseLong(args[0]) : 4;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        String loops = args.length > 2 ? args[2] : "1";
        List<Subject> subjects = new ArrayList<>();
        byte[] request = sendMessage();
        subjects.add(new Subject("bare Netty", BareNettyServer.class.getName(), List.of("0", loops), request));
        subjects.add(new Subject("our front end", ConstantServer.class.getName(), List.of("0", loops), request));

        Cost[] best = new Cost[subjects.size()];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < subjects.size(); i++) {
                Cost cost = drive(subjects.get(i), seconds);
                best[i] = best[i] == null ? cost : best[i].orBetter(cost);
            }
        }
        OUT.printf("%n%-16s %12s %8s %16s %8s%n", "", "requests/s", "ratio", "CPU us/request", "ratio");
        for (int i = 0; i < best.length; i++) {
            OUT.printf(
                    "%-16s %,12.0f %7.0f%% %16.1f %7.0f%%%n",
                    subjects.get(i).name,
                    best[i].perSecond,
                    100 * best[i].perSecond / best[0].perSecond,
                    best[i].cpuMicros,
                    100 * best[0].cpuMicros / best[i].cpuMicros);
        }
    }

    /** What a round came to. */
    private record Cost(double perSecond, double cpuMicros) {
        Cost orBetter(Cost other) {
            return new Cost(Math.max(perSecond, other.perSecond), Math.min(cpuMicros, other.cpuMicros));
        }
    }

    private static Cost drive(Subject subject, long seconds) throws IOException {
        try (ServerProcess server = ServerProcess.start(List.of("-Xmx256m"), subject.mainClass, subject.arguments)) {
            awaitAnswer(server.port(), subject.request);
            double firstAnswer = server.secondsSinceStart();
            double resident = server.residentMebibytes();
            LoadClient client = new LoadClient(server.port(), subject.request);
            client.run(CONNECTIONS, TimeUnit.SECONDS.toNanos(seconds));
            double cpuBefore = server.cpuSeconds();
            LoadClient.Result result = client.run(CONNECTIONS, TimeUnit.SECONDS.toNanos(seconds));
            double cpuMicros = (server.cpuSeconds() - cpuBefore) * 1e6 / result.answers();
            OUT.printf(
                    "%-16s %,10.0f requests/s  %5.1f us CPU each  %d failed  first answer %.2f s  resident %.0f MiB, after load %.0f MiB%n",
                    subject.name,
                    result.perSecond(),
                    cpuMicros,
                    result.failures(),
                    firstAnswer,
                    resident,
                    server.residentMebibytes());
            return new Cost(result.perSecond(), cpuMicros);
        }
    }

    private static void awaitAnswer(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request);
            if (socket.getInputStream().read() != 'H') {
                throw new IOException("no answer");
            }
        }
    }

    /** What the AWS SDK for Java sends. */
    private static byte[] sendMessage() {
        String body = "{\"QueueUrl\":\"http://localhost:4566/000000000000/load\",\"MessageBody\":\"hello\"}";
        String head = "POST / HTTP/1.1\r\nHost: localhost:4566\r\n"
                + "amz-sdk-invocation-id: 4f9e4ad4-8ef1-4b8a-9b35-54f8f2ac3b1d\r\namz-sdk-request: attempt=1; max=4\r\n"
                + "Authorization: AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request, "
                + "SignedHeaders=amz-sdk-invocation-id;amz-sdk-request;content-type;host;x-amz-date;x-amz-target, "
                + "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7\r\n"
                + "Content-Type: application/x-amz-json-1.0\r\nUser-Agent: aws-sdk-java/2.40.2 md/io#sync md/http#Apache\r\n"
                + "X-Amz-Date: 20260101T000000Z\r\nX-Amz-Target: AmazonSQS.SendMessage\r\nContent-Length: "
                + body.length() + "\r\nConnection: Keep-Alive\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }
}
