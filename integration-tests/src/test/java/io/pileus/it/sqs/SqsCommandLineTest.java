package io.pileus.it.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pileus.it.CommandLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The AWS CLI and boto3, where the machine has them. */
class SqsCommandLineTest {
    private final SqsServer server = SqsServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private CommandLine.Outcome aws(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("aws", "--endpoint-url", server.endpoint().toString(), "--output", "text", "sqs"));
        command.addAll(List.of(arguments));
        return CommandLine.run(Map.of(), command.toArray(String[]::new));
    }

    @Test
    void theCommandLineSendsAndReceives() throws IOException {
        assumeTrue(CommandLine.has("aws", "--version"), "the AWS CLI is not installed");
        String queue = server.endpoint() + "/000000000000/orders";

        assertThat(aws("create-queue", "--queue-name", "orders").output().trim())
                .isEqualTo(queue);
        assertThat(aws("send-message", "--queue-url", queue, "--message-body", "hello")
                        .exitCode())
                .isZero();
        assertThat(aws("receive-message", "--queue-url", queue, "--query", "Messages[0].Body")
                        .output()
                        .trim())
                .isEqualTo("hello");
        CommandLine.Outcome refused = aws("send-message", "--queue-url", queue + "x", "--message-body", "hello");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.output())
                .contains("(AWS.SimpleQueueService.NonExistentQueue)", "The specified queue does not exist.");
    }

    @Test
    void botoSpeaksBothItsProtocolsAndChecksDigests() throws IOException {
        assumeTrue(CommandLine.has("python3", "-c", "import boto3"), "boto3 is not installed");
        String script = """
                import boto3, sys
                sqs = boto3.client('sqs', endpoint_url=sys.argv[1])
                url = sqs.create_queue(QueueName='q.fifo', Attributes={
                    'FifoQueue': 'true', 'ContentBasedDeduplication': 'true'})['QueueUrl']
                sent = sqs.send_message(QueueUrl=url, MessageBody='hi', MessageGroupId='g', MessageAttributes={
                    'n': {'DataType': 'Number', 'StringValue': '1'},
                    'b': {'DataType': 'Binary', 'BinaryValue': b'\\x00\\x01'}})
                got = sqs.receive_message(QueueUrl=url, AttributeNames=['All'], MessageAttributeNames=['.*'],
                                          WaitTimeSeconds=1)['Messages'][0]
                assert got['MessageAttributes']['b']['BinaryValue'] == b'\\x00\\x01', got
                assert got['MD5OfMessageAttributes'] == sent['MD5OfMessageAttributes'], got
                assert got['Attributes']['SequenceNumber'] == sent['SequenceNumber'], got
                try:
                    sqs.delete_message(QueueUrl=url, ReceiptHandle='garbage')
                    assert False
                except sqs.exceptions.ReceiptHandleIsInvalid as e:
                    assert e.response['Error']['Code'] == 'ReceiptHandleIsInvalid', e.response
                    assert e.response['ResponseMetadata']['HTTPStatusCode'] == 404, e.response
                sqs.delete_message(QueueUrl=url, ReceiptHandle=got['ReceiptHandle'])
                try:
                    sqs.get_queue_url(QueueName='none')
                    assert False
                except sqs.exceptions.QueueDoesNotExist as e:
                    assert e.response['Error']['Code'] == 'AWS.SimpleQueueService.NonExistentQueue', e.response
                assert boto3.resource('sqs', endpoint_url=sys.argv[1]).get_queue_by_name(QueueName='q.fifo').attributes[
                    'FifoQueue'] == 'true'
                print('all well')
                """;

        CommandLine.Outcome outcome = CommandLine.run(
                Map.of(), "python3", "-c", script, server.endpoint().toString());

        assertThat(outcome.output()).contains("all well");
    }
}
