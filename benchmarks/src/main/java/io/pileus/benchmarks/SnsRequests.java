package io.pileus.benchmarks;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Requests to SNS in its Query protocol. */
final class SnsRequests {
    private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";

    private SnsRequests() {}

    static byte[] publish(int port, String topicArn) {
        return request(
                port,
                "Publish&TopicArn=" + encoded(topicArn) + "&Message=hello&MessageAttributes.entry.1.Name=kind"
                        + "&MessageAttributes.entry.1.Value.DataType=String"
                        + "&MessageAttributes.entry.1.Value.StringValue=k7");
    }

    /** An attribute of a subscription, for a request to subscribe. */
    static String attribute(String name, String value) {
        return "&Attributes.entry.1.key=" + name + "&Attributes.entry.1.value=" + encoded(value);
    }

    /** A topic with queues as subscribers, each with the attributes. */
    static String newTopicWithQueues(int port, int queues, String attributes) throws IOException {
        String topic = newTopic(port);
        for (int i = 0; i < queues; i++) {
            subscribe(port, topic, newQueue(port, "load-" + i), attributes);
        }
        return topic;
    }

    /** A topic with as many subscriptions, three of which want what {@link #publish} publishes. */
    static String newTopicWithFilters(int port, int subscriptions) throws IOException {
        String topic = newTopic(port);
        newQueue(port, "load-0");
        for (int i = 0; i < subscriptions; i++) {
            int kind = i % (subscriptions / 3) == 0 ? 7 : i + 100;
            subscribe(
                    port,
                    topic,
                    i < 3 || kind == 7 ? newQueue(port, "load-" + i) : "arn:aws:sqs:us-east-1:000000000000:none-" + i,
                    attribute("FilterPolicy", "{\"kind\":[\"k" + kind + "\"]}"));
        }
        return topic;
    }

    private static String newTopic(int port) throws IOException {
        String answer = Requests.awaitAnswer(port, request(port, "CreateTopic&Name=load"));
        int at = answer.indexOf("<TopicArn>") + "<TopicArn>".length();
        return answer.substring(at, answer.indexOf('<', at));
    }

    private static String newQueue(int port, String name) throws IOException {
        Requests.awaitAnswer(
                port,
                Requests.request(
                        port,
                        "sqs",
                        "application/x-amz-json-1.0",
                        "AmazonSQS.CreateQueue",
                        "{\"QueueName\":\"" + name + "\"}"));
        return "arn:aws:sqs:us-east-1:000000000000:" + name;
    }

    private static void subscribe(int port, String topic, String queue, String attributes) throws IOException {
        Requests.awaitAnswer(
                port,
                request(
                        port,
                        "Subscribe&TopicArn=" + encoded(topic) + "&Protocol=sqs&Endpoint=" + encoded(queue)
                                + attributes));
    }

    private static byte[] request(int port, String action) {
        return Requests.request(port, "sns", FORM, "", "Action=" + action + "&Version=2010-03-31");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
