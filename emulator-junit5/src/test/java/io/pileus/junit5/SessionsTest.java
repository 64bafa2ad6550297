package io.pileus.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.net.Socket;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;
import software.amazon.awssdk.services.sqs.SqsClient;

class SessionsTest {
    /** What the classes that the test kit ran saw, by their names. */
    private static final Map<Class<?>, PileusClient> SEEN = new ConcurrentHashMap<>();

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    static EngineExecutionResults run(Class<?>... classes) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "same_thread");
        for (Class<?> type : classes) {
            kit.selectors(selectClass(type));
        }
        return kit.execute();
    }

    private static URI endpoint(Class<?> type) {
        return SEEN.get(type).endpoint();
    }

    @Test
    void classesRunInParallelOnOneServerInAccountsOfTheirOwn() {
        EngineExecutionResults results = run(First.class, Second.class);

        results.testEvents().assertStatistics(events -> events.started(40).succeeded(40));
        assertThat(endpoint(First.class)).isEqualTo(endpoint(Second.class));
        assertThat(SEEN.get(First.class).account())
                .isNotEqualTo(SEEN.get(Second.class).account());
    }

    @Test
    void aClassWithAManualClockHasAServerOfItsOwn() {
        run(First.class, Manual.class, OtherManual.class)
                .testEvents()
                .assertStatistics(events -> events.started(22).succeeded(22));

        assertThat(Set.of(endpoint(First.class), endpoint(Manual.class), endpoint(OtherManual.class)))
                .hasSize(3);
    }

    @Test
    void theServersEndWithTheRun() {
        run(First.class, Manual.class);

        for (Class<?> type : Set.of(First.class, Manual.class)) {
            Assertions.assertThatIOException()
                    .isThrownBy(() -> new Socket("127.0.0.1", endpoint(type).getPort()).close());
        }
    }

    @Test
    void stateStaysFromTestToTestWhenItIsForgottenPerClass() {
        run(Outer.class)
                .testEvents()
                .assertStatistics(events -> events.started(3).succeeded(3));
    }

    @Test
    void stateStaysInNestedClassesWhenItIsNeverForgotten() {
        run(Keeping.class)
                .testEvents()
                .assertStatistics(events -> events.started(1).succeeded(1));
    }

    @Test
    void aFailedTestPublishesItsRequests() {
        EngineExecutionResults results = run(Failing.class);

        results.testEvents().assertStatistics(events -> events.failed(1).succeeded(1));
        assertThat(results.allEvents().filter(event -> event.getType() == EventType.REPORTING_ENTRY_PUBLISHED))
                .singleElement()
                .extracting(SessionsTest::report)
                .asString()
                .contains("sqs.CreateQueue 200")
                .contains("sqs.GetQueueUrl 400")
                .doesNotContain("ListQueues");
    }

    private static String report(Event event) {
        return event.getRequiredPayload(org.junit.platform.engine.reporting.ReportEntry.class)
                .getKeyValuePairs()
                .getOrDefault("pileus requests", "");
    }

    @Test
    void aWrongSettingFailsTheClass() {
        run(Wrong.class).containerEvents().assertStatistics(events -> events.failed(1));
    }

    @PileusTest(services = "sqs")
    static class First {
        @RepeatedTest(20)
        void aQueueOfThisName(SqsClient sqs, PileusClient pileus) {
            SEEN.put(getClass(), pileus);
            assertThat(sqs.listQueues().queueUrls()).isEmpty();
            sqs.createQueue(q -> q.queueName("same-name"));
            assertThat(sqs.listQueues().queueUrls()).hasSize(1);
            assertThat(pileus.requests()).hasSize(3);
        }
    }

    static class Second extends First {}

    @PileusTest(clock = ClockMode.MANUAL)
    static class Manual {
        @Test
        void looks(PileusClient pileus) {
            SEEN.put(getClass(), pileus);
        }
    }

    static class OtherManual extends Manual {}

    @PileusTest(reset = Reset.BEFORE_ALL)
    static class Outer {
        @BeforeAll
        static void creates(SqsClient sqs) {
            sqs.createQueue(q -> q.queueName("shared"));
        }

        @Test
        void seesIt(SqsClient sqs) {
            assertThat(sqs.listQueues().queueUrls()).hasSize(1);
        }

        @Test
        void seesItToo(SqsClient sqs) {
            assertThat(sqs.listQueues().queueUrls()).hasSize(1);
        }

        @Nested
        class Inner {
            @Test
            void doesNotSeeIt(SqsClient sqs) {
                assertThat(sqs.listQueues().queueUrls()).isEmpty();
            }
        }
    }

    @PileusTest(reset = Reset.NEVER)
    static class Keeping {
        @BeforeAll
        static void creates(SqsClient sqs) {
            sqs.createQueue(q -> q.queueName("shared"));
        }

        @Nested
        class Inner {
            @Test
            void seesIt(SqsClient sqs) {
                assertThat(sqs.listQueues().queueUrls()).hasSize(1);
            }
        }
    }

    @PileusTest
    static class Failing {
        @Test
        void fails(SqsClient sqs) {
            sqs.createQueue(q -> q.queueName("orders"));
            sqs.getQueueUrl(q -> q.queueName("nowhere"));
        }

        @Test
        void succeeds(SqsClient sqs) {
            sqs.listQueues();
        }
    }

    @PileusTest(settings = "no value")
    static class Wrong {
        @Test
        void isNeverRun() {}
    }
}
