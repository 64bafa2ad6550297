package io.pileus.sqs;

import static io.pileus.sqs.Sqs.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.sqs.model.*;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {
    private final Sqs sqs = Sqs.fresh();
    private final String queue = sqs.queue("orders");

    private static SendMessageBatchRequestEntry entry(String id, String body) {
        return SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build();
    }

    private SendMessageBatchResult send(String url, List<SendMessageBatchRequestEntry> entries) {
        return sqs.service.sendMessageBatch(
                SendMessageBatchRequest.builder().queueUrl(url).entries(entries).build(), sqs.call());
    }

    @Test
    void eachEntrySucceedsOrFailsByItself() {
        SendMessageBatchResult result = send(
                queue,
                List.of(
                        entry("good", "hello"),
                        entry("empty", ""),
                        entry("late", "m").toBuilder().delaySeconds(901).build(),
                        entry("control", "\u0001")));

        assertThat(result.successful()).hasSize(1);
        assertThat(result.successful().getFirst().id()).isEqualTo("good");
        assertThat(result.successful().getFirst().md5OfMessageBody()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
        assertThat(result.failed())
                .extracting(
                        BatchResultErrorEntry::id, BatchResultErrorEntry::code_, BatchResultErrorEntry::senderFault_)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("empty", "MissingParameter", true),
                        org.assertj.core.groups.Tuple.tuple("late", "InvalidParameterValue", true),
                        org.assertj.core.groups.Tuple.tuple("control", "InvalidMessageContents", true));
        assertThat(sqs.receiveBodies(queue)).containsExactly("hello");
    }

    @Test
    void aFifoBatchKeepsItsOrder() {
        String fifo = sqs.fifo("orders.fifo", "ContentBasedDeduplication", "true");
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            entries.add(entry("e" + i, "m" + i).toBuilder().messageGroupId("g").build());
        }

        SendMessageBatchResult result = send(fifo, entries);

        assertThat(result.successful())
                .extracting(SendMessageBatchResultEntry::sequenceNumber)
                .isSorted();
        assertThat(sqs.receiveBodies(fifo)).containsExactly("m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9");
    }

    @Test
    void whatIsWrongWithTheWholeBatchFailsIt() {
        assertThat(refusal(() -> send(queue, List.of())))
                .isEqualTo("AWS.SimpleQueueService.EmptyBatchRequest: There should be at least one"
                        + " SendMessageBatchRequestEntry in the request.");
        List<SendMessageBatchRequestEntry> eleven = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            eleven.add(entry("e" + i, "m"));
        }
        assertThat(refusal(() -> send(queue, eleven)))
                .isEqualTo(
                        "AWS.SimpleQueueService.TooManyEntriesInBatchRequest: Maximum number of entries per request are 10."
                                + " You have sent 11.");
        assertThat(refusal(() -> send(queue, List.of(entry("a", "m"), entry("a", "m")))))
                .isEqualTo("AWS.SimpleQueueService.BatchEntryIdsNotDistinct: Id a repeated.");
        assertThat(refusal(() -> send(queue, List.of(entry("a b", "m")))))
                .isEqualTo("AWS.SimpleQueueService.InvalidBatchEntryId: A batch entry id can only contain alphanumeric"
                        + " characters, hyphens and underscores. It can be at most 80 letters long.");
        assertThat(refusal(() ->
                        send(queue, List.of(entry("a", "x".repeat(600_000)), entry("b", "x".repeat(600_000))))))
                .isEqualTo(
                        "AWS.SimpleQueueService.BatchRequestTooLong: Batch requests cannot be longer than 1048576 bytes."
                                + " You have sent 1200000 bytes.");
        assertThat(sqs.counts(queue)).startsWith("0 visible");
    }

    @Test
    void messagesAreDeletedInBatches() {
        sqs.send(queue, "a");
        sqs.send(queue, "b");
        List<Message> messages = sqs.receive(queue);

        DeleteMessageBatchResult result = sqs.service.deleteMessageBatch(
                DeleteMessageBatchRequest.builder()
                        .queueUrl(queue)
                        .entries(List.of(
                                deletion("0", messages.get(0).receiptHandle()),
                                deletion("1", "garbage"),
                                deletion("2", messages.get(1).receiptHandle())))
                        .build(),
                sqs.call());

        assertThat(result.successful())
                .extracting(DeleteMessageBatchResultEntry::id)
                .containsExactly("0", "2");
        assertThat(result.failed()).extracting(BatchResultErrorEntry::code_).containsExactly("ReceiptHandleIsInvalid");
        assertThat(sqs.counts(queue)).isEqualTo("0 visible, 0 in flight, 0 delayed");
    }

    private static DeleteMessageBatchRequestEntry deletion(String id, String handle) {
        return DeleteMessageBatchRequestEntry.builder()
                .id(id)
                .receiptHandle(handle)
                .build();
    }

    @Test
    void visibilityIsChangedInBatches() {
        sqs.send(queue, "a");
        sqs.send(queue, "b");
        List<Message> messages = sqs.receive(queue);

        ChangeMessageVisibilityBatchResult result = sqs.service.changeMessageVisibilityBatch(
                ChangeMessageVisibilityBatchRequest.builder()
                        .queueUrl(queue)
                        .entries(List.of(
                                change("0", messages.get(0).receiptHandle(), 0),
                                change("1", messages.get(1).receiptHandle(), 43_201)))
                        .build(),
                sqs.call());

        assertThat(result.successful())
                .extracting(ChangeMessageVisibilityBatchResultEntry::id)
                .containsExactly("0");
        assertThat(result.failed()).extracting(BatchResultErrorEntry::id).containsExactly("1");
        assertThat(sqs.receiveBodies(queue)).containsExactly("a");
    }

    private static ChangeMessageVisibilityBatchRequestEntry change(String id, String handle, int seconds) {
        return ChangeMessageVisibilityBatchRequestEntry.builder()
                .id(id)
                .receiptHandle(handle)
                .visibilityTimeout(seconds)
                .build();
    }
}
