package io.pileus.client;

/**
 * A text message that SNS would have sent. Texts are empty where there is nothing to tell.
 *
 * @param topicArn the topic it came from; empty when it was published to the number itself
 */
public record TextMessage(String phoneNumber, String messageId, String topicArn, String message) {

    static TextMessage of(Node node) {
        return new TextMessage(
                node.text("PhoneNumber"), node.text("MessageId"), node.text("TopicArn"), node.text("Message"));
    }
}
