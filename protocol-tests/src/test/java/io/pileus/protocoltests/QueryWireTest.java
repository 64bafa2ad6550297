package io.pileus.protocoltests;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.http.Headers;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.http.Payload;
import io.pileus.core.protocol.Protocols;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.WireProtocol;
import io.pileus.protocoltests.sns.NotFoundException;
import io.pileus.protocoltests.sns.PublishInput;
import io.pileus.protocoltests.sns.SnsApi;
import io.pileus.protocoltests.sns.SnsOperations;
import io.pileus.protocoltests.sqs.DeleteMessageResponse;
import io.pileus.protocoltests.sqs.QueueDoesNotExistException;
import io.pileus.protocoltests.sqs.ReceiveMessageRequest;
import io.pileus.protocoltests.sqs.SendMessageRequest;
import io.pileus.protocoltests.sqs.SendMessageResult;
import io.pileus.protocoltests.sqs.SetQueueAttributesRequest;
import io.pileus.protocoltests.sqs.SqsApi;
import io.pileus.protocoltests.sqs.SqsOperations;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** awsQuery as SQS and SNS speak it. */
class QueryWireTest {
    private final Wire sqs = new Wire(new SqsApi(new SqsOperations() {}), WireProtocol.AWS_QUERY);
    private final Wire sns = new Wire(new SnsApi(new SnsOperations() {}), WireProtocol.AWS_QUERY);

    @Test
    void anAnswerWrapsTheResultAndTheRequestId() {
        var response = sqs.write(
                "SendMessage",
                SendMessageResult.builder()
                        .messageId("id")
                        .md5OfMessageBody("md5")
                        .build());

        assertThat(Wire.text(response))
                .isEqualTo(
                        "<SendMessageResponse xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\"><SendMessageResult>"
                                + "<MD5OfMessageBody>md5</MD5OfMessageBody><MessageId>id</MessageId></SendMessageResult>"
                                + "<ResponseMetadata><RequestId>" + Wire.REQUEST_ID
                                + "</RequestId></ResponseMetadata></SendMessageResponse>");
        assertThat(response.headers().get("Content-Type")).isEqualTo("text/xml");
    }

    @Test
    void anOperationWithoutOutputAnswersItsMetadataOnly() {
        var response =
                sqs.write("DeleteMessage", DeleteMessageResponse.builder().build());

        assertThat(Wire.text(response))
                .isEqualTo("<DeleteMessageResponse xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\">"
                        + "<ResponseMetadata><RequestId>" + Wire.REQUEST_ID
                        + "</RequestId></ResponseMetadata></DeleteMessageResponse>");
    }

    @Test
    void anErrorHasItsQueryCodeAndStatus() {
        var response = sqs.error("SendMessage", QueueDoesNotExistException.of("The specified queue does not exist."));

        assertThat(response.status()).isEqualTo(400);
        assertThat(Wire.text(response))
                .isEqualTo(
                        "<ErrorResponse xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\"><Error><Type>Sender</Type>"
                                + "<Code>AWS.SimpleQueueService.NonExistentQueue</Code>"
                                + "<Message>The specified queue does not exist.</Message><Detail></Detail></Error><RequestId>"
                                + Wire.REQUEST_ID + "</RequestId></ErrorResponse>");
    }

    @Test
    void onlySqsShowsADetail() {
        var response = sns.error("Publish", NotFoundException.of("Topic does not exist"));

        assertThat(response.status()).isEqualTo(404);
        assertThat(Wire.text(response))
                .contains(
                        "<Error><Type>Sender</Type><Code>NotFound</Code><Message>Topic does not exist</Message></Error>");
    }

    @Test
    void flattenedListsNeedNotBeContiguousAndComeInTheOrderOfTheirNumbers() {
        var input = (ReceiveMessageRequest)
                sqs.read(
                        "ReceiveMessage",
                        "Action=ReceiveMessage&AttributeName.10=c&AttributeName.2=a&AttributeName.7=b&MessageAttributeName.1=x");

        assertThat(input.attributeNames()).containsExactly("a", "b", "c");
        assertThat(input.messageAttributeNames()).containsExactly("x");
    }

    @Test
    void aListOfOneMayLeaveItsNumberOut() {
        var input = (ReceiveMessageRequest) sqs.read("ReceiveMessage", "Action=ReceiveMessage&AttributeName=All");

        assertThat(input.attributeNames()).containsExactly("All");
    }

    @Test
    void aFlattenedMapHasNumberedNamesAndValues() {
        var input = (SetQueueAttributesRequest) sqs.read(
                "SetQueueAttributes",
                "Action=SetQueueAttributes&Attribute.1.Name=VisibilityTimeout&Attribute.1.Value=35"
                        + "&Attribute.2.Name=DelaySeconds&Attribute.2.Value=5");

        assertThat(input.attributes()).isEqualTo(Map.of("VisibilityTimeout", "35", "DelaySeconds", "5"));
    }

    @Test
    void aMapOfOneMayLeaveItsNumberOut() {
        var input = (SetQueueAttributesRequest) sqs.read(
                "SetQueueAttributes", "Action=SetQueueAttributes&Attribute.Name=VisibilityTimeout&Attribute.Value=35");

        assertThat(input.attributes()).isEqualTo(Map.of("VisibilityTimeout", "35"));
    }

    @Test
    void aMapHasNumberedEntries() {
        var input = (PublishInput)
                sns.read(
                        "Publish",
                        "Action=Publish&Message=m&MessageAttributes.entry.1.Name=n"
                                + "&MessageAttributes.entry.1.Value.DataType=Binary&MessageAttributes.entry.1.Value.BinaryValue=AQID");

        assertThat(input.messageAttributes().get("n").dataType()).isEqualTo("Binary");
        assertThat(input.messageAttributes().get("n").binaryValue().bytes()).containsExactly(1, 2, 3);
    }

    @Test
    void parametersOfTheQueryStringCountAndLabelsFillWhatIsAbsent() {
        HttpRequest request = new HttpRequest(
                "GET",
                "/000000000000/q",
                "Action=SendMessage&MessageBody=a+b%2Bc%20%E2%82%AC",
                "http",
                "localhost",
                new Headers(),
                Payload.EMPTY,
                null);

        var input = (SendMessageRequest) Protocols.of(WireProtocol.AWS_QUERY)
                .readInput(sqs.api(), sqs.api().operation("SendMessage"), request, Map.of("QueueUrl", "http://q"));

        assertThat(input.messageBody()).isEqualTo("a b+c €");
        assertThat(input.queueUrl()).isEqualTo("http://q");
    }

    @Test
    void aNumberThatIsNoneIsMalformedInput() {
        AwsException error = sqs.refusal("SendMessage", "Action=SendMessage&DelaySeconds=abc");

        assertThat(error.code()).isEqualTo("MalformedInput");
        assertThat(error.getMessage()).isEqualTo("\"abc\" can not be converted to an Integer");
    }

    @Test
    void aBrokenEncodingIsAMalformedQueryString() {
        assertThat(sqs.refusal("SendMessage", "MessageBody=%G1").code()).isEqualTo("MalformedQueryString");
        assertThat(sqs.refusal("SendMessage", "MessageBody=%4").code()).isEqualTo("MalformedQueryString");
        assertThat(sqs.refusal("SendMessage", "MessageBody=%c3%28").code()).isEqualTo("MalformedQueryString");
    }

    @Test
    void charactersThatAParserWouldChangeAreWrittenAsReferences() {
        var response = sqs.write(
                "SendMessage",
                SendMessageResult.builder().messageId("<&>\r\n\t\"\u0001").build());

        assertThat(Wire.text(response)).contains("<MessageId>&lt;&amp;&gt;&#xD;\n\t\"&#x1;</MessageId>");
    }
}
