package io.pileus.kcl;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ProcessRecordsInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.processor.ShardRecordProcessorFactory;

/** What the library's record processors were given, in the order in which it came. */
final class Received implements ShardRecordProcessorFactory {
    private final BlockingQueue<String> records = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> endedShards = new LinkedBlockingQueue<>();

    /** The next records; fails when they do not come. */
    List<String> next(int count) throws InterruptedException {
        return next(records, count);
    }

    List<String> nextEndedShards(int count) throws InterruptedException {
        return next(endedShards, count);
    }

    private static List<String> next(BlockingQueue<String> queue, int count) throws InterruptedException {
        List<String> taken = new ArrayList<>();
        while (taken.size() < count) {
            String next = queue.poll(2, TimeUnit.MINUTES);
            if (next == null) {
                throw new AssertionError("only " + taken + " came");
            }
            taken.add(next);
        }
        return taken;
    }

    @Override
    public ShardRecordProcessor shardRecordProcessor() {
        return new Processor();
    }

    private final class Processor implements ShardRecordProcessor {
        private String shardId = "";

        @Override
        public void initialize(InitializationInput input) {
            shardId = input.shardId();
        }

        @Override
        public void processRecords(ProcessRecordsInput input) {
            input.records()
                    .forEach(record -> records.add(record.partitionKey() + "="
                            + StandardCharsets.UTF_8.decode(record.data().duplicate())));
        }

        @Override
        public void leaseLost(LeaseLostInput input) {}

        @Override
        public void shardEnded(ShardEndedInput input) {
            try {
                input.checkpointer().checkpoint();
                endedShards.add(shardId);
            } catch (ShutdownException | InvalidStateException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void shutdownRequested(ShutdownRequestedInput input) {
            try {
                input.checkpointer().checkpoint();
            } catch (ShutdownException | InvalidStateException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
