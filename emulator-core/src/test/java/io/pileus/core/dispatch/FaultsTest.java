package io.pileus.core.dispatch;

import static io.pileus.core.dispatch.Requests.form;
import static io.pileus.core.dispatch.Requests.json;
import static io.pileus.core.dispatch.Requests.signed;
import static io.pileus.core.dispatch.Requests.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.HttpResponse;
import io.pileus.core.identity.SeededIds;
import io.pileus.core.service.AwsException;
import io.pileus.core.testkit.NoteApi;
import io.pileus.core.testkit.TestEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private static final String ECHO = "{\"Text\":\"hello\"}";
    private static final AwsException BROKEN = new AwsException("Broken", 503, "out of order");
    private static final Fault.Target ANY =
            new Fault.Target(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private final TestEnvironment environment = TestEnvironment.fresh();
    private final NoteApi queue = NoteApi.queue();
    private final RequestLog requests = new RequestLog(100);
    private final Conditions conditions = new Conditions(false, environment.ids());
    private final Faults faults = conditions.faults();
    private final Dispatcher dispatcher = new Dispatcher(
            new ServiceDirectory(List.of(queue, NoteApi.topic())),
            List.of(),
            environment.services(),
            requests,
            conditions,
            DispatchSettings.DEFAULTS);

    private static Fault fault(
            Fault.Target target, Optional<AwsException> error, Duration latency, double probability, long seed) {
        return new Fault(
                target,
                error,
                latency,
                OptionalDouble.empty(),
                probability,
                OptionalLong.of(seed),
                OptionalLong.empty());
    }

    private static Fault broken(Fault.Target target) {
        return fault(target, Optional.of(BROKEN), Duration.ZERO, 1, 1);
    }

    private static Fault.Target on(String service, String operation) {
        return new Fault.Target(Optional.of(service), Optional.of(operation), Optional.empty(), Optional.empty());
    }

    private CompletableFuture<HttpResponse> send(HttpRequest request) {
        return dispatcher.handle(request).toCompletableFuture();
    }

    private int status(HttpRequest request) {
        return send(request).getNow(null).status();
    }

    @Test
    void anErrorComesInTheCallersProtocolAndTheServiceIsNotReached() {
        faults.add(broken(ANY));

        HttpResponse json = send(json("AmazonSQS.Echo", ECHO)).getNow(null);
        HttpResponse xml = send(form("/", "Action=Echo&Text=hi", "Authorization", signed("test", "us-east-1", "sns")))
                .getNow(null);

        assertThat(json.status()).isEqualTo(503);
        assertThat(text(json)).contains("\"__type\":", "Broken", "out of order");
        assertThat(xml.status()).isEqualTo(503);
        assertThat(text(xml)).contains("<Code>Broken</Code>", "<Message>out of order</Message>");
        assertThat(queue.calls).isEmpty();
        assertThat(requests.newestFirst()).allMatch(RequestLog.Entry::fault);
    }

    @Test
    void aFaultHitsOnlyWhatItNames() {
        faults.add(broken(on("sqs", "Echo")));
        faults.add(broken(
                new Fault.Target(Optional.empty(), Optional.empty(), Optional.of("111111111111"), Optional.empty())));
        faults.add(broken(
                new Fault.Target(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("eu-west-1"))));

        assertThat(status(json("AmazonSQS.Echo", ECHO))).isEqualTo(503);
        assertThat(status(json("AmazonSQS.Partly", ECHO))).isEqualTo(200);
        assertThat(status(json("AmazonSQS.Partly", ECHO, "Authorization", signed("111111111111", "us-east-1", "sqs"))))
                .isEqualTo(503);
        assertThat(status(json("AmazonSQS.Partly", ECHO, "Authorization", signed("test", "eu-west-1", "sqs"))))
                .isEqualTo(503);
    }

    @Test
    void latencyPassesOnTheEmulatorsClock() {
        faults.add(fault(ANY, Optional.empty(), Duration.ofMinutes(10), 1, 1));

        CompletableFuture<HttpResponse> answer = send(json("AmazonSQS.Echo", ECHO));
        environment.advance(Duration.ofMinutes(9));
        assertThat(answer).isNotDone();
        environment.advance(Duration.ofMinutes(1));

        assertThat(answer.getNow(null).status()).isEqualTo(200);
        assertThat(queue.calls.getFirst().receivedAt()).isEqualTo(TestEnvironment.START.plus(Duration.ofMinutes(10)));
    }

    @Test
    void whoDoesNotWaitForALateAnswerIsNotServed() {
        faults.add(fault(ANY, Optional.empty(), Duration.ofMinutes(10), 1, 1));

        send(json("AmazonSQS.Echo", ECHO)).cancel(false);
        environment.advance(Duration.ofMinutes(10));

        assertThat(queue.calls).isEmpty();
    }

    @Test
    void aFaultIsSpentAfterItsCount() {
        String id = faults.add(new Fault(
                ANY,
                Optional.of(BROKEN),
                Duration.ZERO,
                OptionalDouble.empty(),
                1,
                OptionalLong.empty(),
                OptionalLong.of(2)));

        assertThat(List.of(status(json("AmazonSQS.Echo", ECHO)), status(json("AmazonSQS.Echo", ECHO))))
                .containsOnly(503);
        assertThat(status(json("AmazonSQS.Echo", ECHO))).isEqualTo(200);
        assertThat(faults.find(id)).map(Faults.Entry::hits).contains(2L);
    }

    @Test
    void aSeedMakesChanceRepeat() {
        List<Integer> first = statuses(7);
        List<Integer> second = statuses(7);

        assertThat(first).isEqualTo(second).contains(200, 503);
        assertThat(statuses(8)).isNotEqualTo(first);
    }

    private List<Integer> statuses(long seed) {
        String id = faults.add(fault(ANY, Optional.of(BROKEN), Duration.ZERO, 0.5, seed));
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            statuses.add(status(json("AmazonSQS.Echo", ECHO)));
        }
        assertThat(faults.remove(id)).isTrue();
        return statuses;
    }

    @Test
    void throttlingRefusesWhatComesBeyondTheRate() {
        faults.add(new Fault(
                ANY,
                Optional.of(BROKEN),
                Duration.ZERO,
                OptionalDouble.of(2),
                1,
                OptionalLong.empty(),
                OptionalLong.empty()));
        HttpRequest echo = json("AmazonSQS.Echo", ECHO);

        assertThat(List.of(status(echo), status(echo), status(echo))).containsExactly(200, 200, 503);
        environment.advance(Duration.ofSeconds(1));
        assertThat(status(echo)).isEqualTo(200);
    }

    @Test
    void faultsAreTakenBack() {
        String id = faults.add(broken(ANY));
        faults.add(broken(ANY));

        assertThat(faults.remove(id)).isTrue();
        assertThat(faults.remove(id)).isFalse();
        assertThat(faults.all()).hasSize(1);
        faults.clear();
        assertThat(status(json("AmazonSQS.Echo", ECHO))).isEqualTo(200);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> fault(ANY, Optional.empty(), Duration.ZERO, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> fault(ANY, Optional.of(BROKEN), Duration.ZERO, 0, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> fault(ANY, Optional.of(BROKEN), Duration.ZERO, Double.NaN, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> fault(ANY, Optional.of(BROKEN), Duration.ofHours(2), 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void contentsAreKeptOfTheNewestRequestsAsFarAsThereIsRoom() {
        RequestLog small = new RequestLog(10, 700);
        Dispatcher remembering = new Dispatcher(
                new ServiceDirectory(List.of(queue)),
                List.of(),
                environment.services(),
                small,
                new Conditions(false, new SeededIds(1)),
                DispatchSettings.DEFAULTS);

        for (int i = 0; i < 4; i++) {
            remembering.handle(json("AmazonSQS.Echo", ECHO));
        }

        assertThat(small.newestFirst())
                .extracting(entry -> entry.contents().isPresent())
                .containsExactly(true, true, false, false);
        small.clear();
        remembering.handle(json("AmazonSQS.Echo", ECHO));
        assertThat(small.newestFirst().getFirst().contents()).isPresent();
    }
}
