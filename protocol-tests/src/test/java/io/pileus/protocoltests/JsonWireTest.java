package io.pileus.protocoltests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.http.HttpResponse;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.WireProtocol;
import io.pileus.core.shape.MalformedInputException;
import io.pileus.protocoltests.json10.ComplexErrorException;
import io.pileus.protocoltests.json10.Json10Api;
import io.pileus.protocoltests.json10.Json10Operations;
import io.pileus.protocoltests.kinesis.KinesisApi;
import io.pileus.protocoltests.kinesis.KinesisOperations;
import io.pileus.protocoltests.kinesis.ResourceNotFoundException;
import io.pileus.protocoltests.sqs.ListQueuesResult;
import io.pileus.protocoltests.sqs.QueueDoesNotExistException;
import io.pileus.protocoltests.sqs.SendMessageRequest;
import io.pileus.protocoltests.sqs.SqsApi;
import io.pileus.protocoltests.sqs.SqsOperations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** awsJson1_0 and 1.1 as SQS and Kinesis speak them. */
class JsonWireTest {
    private final Wire sqs = new Wire(new SqsApi(new SqsOperations() {}), WireProtocol.AWS_JSON_1_0);
    private final Wire kinesis = new Wire(new KinesisApi(new KinesisOperations() {}), WireProtocol.AWS_JSON_1_1);

    @Test
    void anErrorOfJson10NamesItsNamespaceAndItsQueryCode() {
        HttpResponse response =
                sqs.error("SendMessage", QueueDoesNotExistException.of("The specified queue does not exist."));

        assertThat(response.status()).isEqualTo(400);
        assertThat(Wire.text(response))
                .isEqualTo("{\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\","
                        + "\"message\":\"The specified queue does not exist.\"}");
        assertThat(response.headers().get("x-amzn-query-error"))
                .isEqualTo("AWS.SimpleQueueService.NonExistentQueue;Sender");
        assertThat(response.headers().get("Content-Type")).isEqualTo("application/x-amz-json-1.0");
        assertThat(response.headers().get("x-amzn-RequestId")).isEqualTo(Wire.REQUEST_ID);
    }

    @Test
    void anErrorOfJson11HasItsShortName() {
        HttpResponse response = kinesis.error("PutRecord", ResourceNotFoundException.of("no such stream"));

        assertThat(Wire.text(response))
                .isEqualTo("{\"__type\":\"ResourceNotFoundException\",\"message\":\"no such stream\"}");
        assertThat(response.headers().contains("x-amzn-query-error")).isFalse();
    }

    @Test
    void anErrorThatTheModelDoesNotHaveSaysItsCodeAndMessage() {
        HttpResponse response = kinesis.error("PutRecord", new AwsException("ValidationException", 400, "wrong"));

        assertThat(Wire.text(response)).isEqualTo("{\"__type\":\"ValidationException\",\"message\":\"wrong\"}");
    }

    @Test
    void aMessageThatTheErrorHasNoMemberForIsShownBesideItsMembers() {
        var error = new Wire(new Json10Api(new Json10Operations() {}), WireProtocol.AWS_JSON_1_0)
                .error(
                        "GreetingWithErrors",
                        ComplexErrorException.builder()
                                .text("words")
                                .topLevel("top")
                                .build());

        assertThat(Wire.text(error))
                .isEqualTo(
                        "{\"__type\":\"aws.protocoltests.json10#ComplexError\",\"message\":\"words\",\"TopLevel\":\"top\"}");
    }

    @Test
    void anEmptyOutputIsAnEmptyObject() {
        HttpResponse response =
                sqs.write("ListQueues", ListQueuesResult.builder().build());

        assertThat(Wire.text(response)).isEqualTo("{}");
    }

    @Test
    void anEmptyBodyIsReadAsAnEmptyObject() {
        assertThat(sqs.read("ListQueues", "")).isEqualTo(sqs.read("ListQueues", "{}"));
    }

    @Test
    void nullsAndUnknownMembersAreLeftOut() {
        SendMessageRequest input = (SendMessageRequest)
                sqs.read(
                        "SendMessage",
                        "{\"Unknown\":{\"a\":[1,{}]},\"QueueUrl\":\"q\",\"MessageBody\":null,\"DelaySeconds\":5,\"MessageAttributes\":null}");

        assertThat(input)
                .isEqualTo(SendMessageRequest.builder()
                        .queueUrl("q")
                        .delaySeconds(5)
                        .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "5.0", "0.5e1", "50e-1"})
    void aWholeNumberMayBeWrittenAsADecimal(String number) {
        SendMessageRequest input = (SendMessageRequest) sqs.read("SendMessage", "{\"DelaySeconds\":" + number + "}");

        assertThat(input.delaySeconds()).isEqualTo(5);
    }

    /** The first was seen from SQS: https://github.com/async-aws/aws/issues/1667. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"DelaySeconds\":\"5\"} | STRING_VALUE can not be converted to an Integer",
                "{\"DelaySeconds\":5.5} | \"5.5\" can not be converted to an Integer",
                "{\"DelaySeconds\":99999999999} | NUMBER_VALUE can not be converted to an Integer",
                "{\"DelaySeconds\":1e999999999} | \"1E+999999999\" can not be converted to an Integer",
                "{\"QueueUrl\":5} | NUMBER_VALUE can not be converted to a String",
                "{\"QueueUrl\":true} | TRUE_VALUE can not be converted to a String",
                "{\"QueueUrl\":{}} | Start of structure or map found where not expected.",
                "{\"QueueUrl\":[]} | Start of list found where not expected",
                "{\"MessageAttributes\":\"x\"} | Expected map or null",
            })
    void aValueOfTheWrongTypeIsASerializationException(String body, String message) {
        AwsException error = sqs.refusal("SendMessage", body);

        assertThat(error.code()).isEqualTo("SerializationException");
        assertThat(error.httpStatus()).isEqualTo(400);
        assertThat(error.getMessage()).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "}", "{\"QueueUrl\"", "{\"QueueUrl\":\"a\"} x", "nonsense", "{\"QueueUrl\":\"\\ud8\"}"})
    void whatIsNoJsonIsASerializationExceptionWithoutWords(String body) {
        AwsException error = sqs.refusal("SendMessage", body);

        assertThat(error.code()).isEqualTo("SerializationException");
        assertThat(Wire.text(sqs.error("SendMessage", error))).startsWith("{\"__type\":\"com.amazon.coral.service#");
    }

    @Test
    void anErrorWithoutWordsHasNoMessage() {
        assertThat(Wire.text(kinesis.error("PutRecord", kinesis.refusal("PutRecord", "{"))))
                .isEqualTo("{\"__type\":\"SerializationException\"}");
    }

    @Test
    void invalidUtf8IsRefused() {
        byte[] body = "{\"QueueUrl\":\"..\"}".getBytes();
        body[13] = (byte) 0xc3;
        body[14] = (byte) 0x28;

        assertThatThrownBy(() -> sqs.read("SendMessage", body)).isInstanceOf(MalformedInputException.class);
    }

    @Test
    void aDeepNestIsRefusedInsteadOfFollowed() {
        String body = "{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThatThrownBy(() -> sqs.read("SendMessage", body)).isInstanceOf(MalformedInputException.class);
    }

    @Test
    void theLastOfTwoMembersOfOneNameCounts() {
        SendMessageRequest input =
                (SendMessageRequest) sqs.read("SendMessage", "{\"QueueUrl\":\"a\",\"QueueUrl\":\"b\"}");

        assertThat(input.queueUrl()).isEqualTo("b");
    }
}
