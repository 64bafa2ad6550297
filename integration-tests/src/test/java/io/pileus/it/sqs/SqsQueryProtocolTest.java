package io.pileus.it.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The older Query protocol, as old SDKs, curl and browsers speak it; and the developer endpoint. */
class SqsQueryProtocolTest {
    private final SqsServer server = SqsServer.start();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> get(String pathAndQuery, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.endpoint() + pathAndQuery));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpResponse<String> post(String path, String contentType, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.endpoint() + path))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private void createQueueWithOneMessage() throws Exception {
        assertThat(get("/?Action=CreateQueue&QueueName=orders&Attribute.1.Name=VisibilityTimeout&Attribute.1.Value=60")
                        .body())
                .contains("<QueueUrl>" + server.endpoint() + "/000000000000/orders</QueueUrl>");
        assertThat(get("/000000000000/orders?Action=SendMessage&MessageBody=" + encode("a <b> & c")
                                + "&MessageAttribute.1.Name=colour&MessageAttribute.1.Value.DataType=String"
                                + "&MessageAttribute.1.Value.StringValue=red")
                        .statusCode())
                .isEqualTo(200);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void aQueueIsServedAtItsOwnUrl() throws Exception {
        createQueueWithOneMessage();

        HttpResponse<String> received = get("/000000000000/orders?Action=ReceiveMessage&AttributeName.1=All"
                + "&MessageAttributeName.1=All&MaxNumberOfMessages=10");

        assertThat(received.headers().firstValue("content-type").orElse("")).startsWith("text/xml");
        assertThat(received.body())
                .contains("<ReceiveMessageResponse xmlns=\"http://queue.amazonaws.com/doc/2012-11-05/\">")
                .contains("<Body>a &lt;b&gt; &amp; c</Body>")
                .contains("<Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute>")
                .contains("<MessageAttribute><Name>colour</Name><Value>")
                .contains("<RequestId>");
        assertThat(get("/000000000000/orders?Action=GetQueueAttributes&AttributeName.1=VisibilityTimeout")
                        .body())
                .contains("<Attribute><Name>VisibilityTimeout</Name><Value>60</Value></Attribute>");
    }

    @Test
    void errorsHaveTheirQueryCodes() throws Exception {
        HttpResponse<String> missing = get("/000000000000/nowhere?Action=ReceiveMessage");
        assertThat(missing.statusCode()).isEqualTo(400);
        assertThat(missing.body())
                .contains("<Type>Sender</Type>", "<Code>AWS.SimpleQueueService.NonExistentQueue</Code>");

        HttpResponse<String> noBody = post(
                "/", "application/x-www-form-urlencoded", "Action=CreateQueue&Version=2012-11-05&QueueName=no+spaces");
        assertThat(noBody.body()).contains("<Code>InvalidParameterValue</Code>");
    }

    @Test
    void malformedInputIsRefusedAndTheConnectionLivesOn() throws Exception {
        HttpResponse<String> broken =
                post("/", "application/x-amz-json-1.0", "{\"QueueName\":", "X-Amz-Target", "AmazonSQS.CreateQueue");
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(broken.body()).contains("SerializationException");
        HttpResponse<String> wrongType =
                post("/", "application/x-amz-json-1.0", "{\"QueueName\":[1]}", "X-Amz-Target", "AmazonSQS.CreateQueue");
        assertThat(wrongType.body()).contains("SerializationException");
        assertThat(post("/", "application/x-amz-json-1.0", "{}", "X-Amz-Target", "AmazonSQS.CreateQueue")
                        .body())
                .contains("The request must contain the parameter QueueName.");
        createQueueWithOneMessage();
    }

    @Test
    void aThousandConsumersWaitAndAreEachServed() throws Exception {
        get("/?Action=CreateQueue&QueueName=orders");
        HttpRequest poll = HttpRequest.newBuilder(
                        URI.create(server.endpoint() + "/000000000000/orders?Action=ReceiveMessage&WaitTimeSeconds=20"))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        List<CompletableFuture<HttpResponse<String>>> polls = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            polls.add(http.sendAsync(poll, HttpResponse.BodyHandlers.ofString()));
        }
        for (int i = 0; i < 1_000; i++) {
            get("/000000000000/orders?Action=SendMessage&MessageBody=m" + i);
        }

        Set<String> bodies = new HashSet<>();
        for (CompletableFuture<HttpResponse<String>> one : polls) {
            String answer = one.get(30, TimeUnit.SECONDS).body();
            bodies.add(answer.substring(answer.indexOf("<Body>"), answer.indexOf("</Body>")));
        }
        assertThat(bodies).hasSize(1_000);
    }

    @Test
    void theDeveloperEndpointShowsMessagesInXmlAndJson() throws Exception {
        createQueueWithOneMessage();
        String url = "/_aws/sqs/messages?QueueUrl=" + encode(server.endpoint() + "/000000000000/orders");

        assertThat(get(url).body())
                .contains("<ReceiveMessageResponse", "<ReceiptHandle>SQS/BACKDOOR/ACCESS</ReceiptHandle>");
        assertThat(get(url, "Accept", "application/json").body())
                .startsWith("{\"ReceiveMessageResponse\":{\"ReceiveMessageResult\":{\"Message\":[{\"MessageId\":")
                .contains("\"Body\":\"a <b> & c\"");
        get("/000000000000/orders?Action=ReceiveMessage");
        assertThat(get(url).body()).doesNotContain("<Message>");
        assertThat(get(url + "&ShowInvisible=true").body())
                .contains("<Attribute><Name>IsVisible</Name><Value>false</Value></Attribute>");
        assertThat(get("/_aws/sqs/messages/us-east-1/000000000000/orders?ShowInvisible=true")
                        .body())
                .contains("<Message>");
    }

    @Test
    void theDeveloperEndpointRefusesWhatItIsNotFor() throws Exception {
        assertThat(get("/_aws/sqs/messages?QueueUrl=nonsense/x").statusCode()).isEqualTo(404);
        assertThat(get("/_aws/sqs/messages?QueueUrl=nonsense").statusCode()).isEqualTo(404);
        assertThat(get("/000000000000/orders?Action=ListQueues").body())
                .contains("The action ListQueues is not valid for this endpoint.");
        assertThat(get("/_aws/sqs/messages?QueueUrl=" + encode(server.endpoint() + "/000000000000/none"))
                        .body())
                .contains("AWS.SimpleQueueService.NonExistentQueue");
        assertThat(post(
                                "/_aws/sqs/messages",
                                "application/x-www-form-urlencoded",
                                "Action=SendMessage&QueueUrl=http%3A%2F%2Fx%2F000000000000%2Forders")
                        .body())
                .contains("This endpoint only accepts ReceiveMessage calls");
    }
}
