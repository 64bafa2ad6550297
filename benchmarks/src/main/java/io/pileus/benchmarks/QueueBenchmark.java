package io.pileus.benchmarks;

import io.pileus.core.service.Operation;
import io.pileus.sqs.SqsProvider;
import io.pileus.sqs.model.CreateQueueRequest;
import io.pileus.sqs.model.CreateQueueResult;
import io.pileus.sqs.model.DeleteMessageRequest;
import io.pileus.sqs.model.ReceiveMessageRequest;
import io.pileus.sqs.model.ReceiveMessageResult;
import io.pileus.sqs.model.SendMessageRequest;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A message's whole life in a queue that holds many others: what it costs must not depend on how many. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class QueueBenchmark {
    @Param({"0", "1000", "1000000"})
    private int others;

    @Param({"standard", "fifo"})
    private String type;

    private InProcessApi sqs;
    private Operation send;
    private Operation receive;
    private Operation delete;
    private String queueUrl;
    private long number;

    @Setup
    public void fill() {
        sqs = new InProcessApi(new SqsProvider());
        send = sqs.operation("SendMessage");
        receive = sqs.operation("ReceiveMessage");
        delete = sqs.operation("DeleteMessage");
        boolean fifo = type.equals("fifo");
        CreateQueueRequest.Builder create = CreateQueueRequest.builder().queueName(fifo ? "load.fifo" : "load");
        if (fifo) {
            create.attributes(Map.of("FifoQueue", "true"));
        }
        queueUrl = ((CreateQueueResult) sqs.call(sqs.operation("CreateQueue"), create.build())).queueUrl();
        for (int i = 0; i < others; i++) {
            send();
        }
    }

    private Object send() {
        SendMessageRequest.Builder message =
                SendMessageRequest.builder().queueUrl(queueUrl).messageBody("hello");
        if (type.equals("fifo")) {
            String id = Long.toString(number++);
            message.messageGroupId("group-" + number % 1000).messageDeduplicationId(id);
        }
        return sqs.call(send, message.build());
    }

    @Benchmark
    public Object sendReceiveDelete() {
        send();
        ReceiveMessageResult received = (ReceiveMessageResult) sqs.call(
                receive,
                ReceiveMessageRequest.builder()
                        .queueUrl(queueUrl)
                        .maxNumberOfMessages(1)
                        .build());
        return sqs.call(
                delete,
                DeleteMessageRequest.builder()
                        .queueUrl(queueUrl)
                        .receiptHandle(received.messages().getFirst().receiptHandle())
                        .build());
    }

    @TearDown
    public void end() {
        sqs.close();
    }
}
