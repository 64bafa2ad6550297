package io.pileus.sns.delivery;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.pileus.sns.model.MessageAttributeValue;
import io.pileus.sns.state.Subscription;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The JSON documents that subscribers receive, signed, with the URLs a receiver needs: around a message, to ask for a
 * subscription's confirmation, and as a function's event.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html">Message and JSON formats</a>
 */
public final class Envelope {
    /** Where the signing certificate is served. */
    public static final String CERTIFICATE_PATH =
            "/_aws/sns/SimpleNotificationService-6c6f63616c737461636b69736e696365.pem";

    /** What stands before a subscription's ARN in the URL that ends it. */
    static final String UNSUBSCRIBE = "/?Action=Unsubscribe&SubscriptionArn=";

    private static final long SECONDS_OF_DAY = 86_400;

    private final Signer signer;

    public Envelope(Signer signer) {
        this.signer = signer;
    }

    /** Such as {@code 2012-04-26T20:45:04.751Z}: milliseconds always. */
    static String timestamp(Instant instant) {
        long seconds = instant.getEpochSecond();
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_OF_DAY));
        int second = (int) Math.floorMod(seconds, SECONDS_OF_DAY);
        char[] text = "0000-00-00T00:00:00.000Z".toCharArray();
        digits(text, 4, date.getYear());
        digits(text, 7, date.getMonthValue());
        digits(text, 10, date.getDayOfMonth());
        digits(text, 13, second / 3600);
        digits(text, 16, second / 60 % 60);
        digits(text, 19, second % 60);
        digits(text, 23, instant.getNano() / 1_000_000);
        return new String(text);
    }

    private static void digits(char[] text, int end, int number) {
        int rest = number;
        for (int i = end - 1; rest > 0; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }

    static String unsubscribeUrl(Message message, Subscription subscription) {
        return message.endpoint() + UNSUBSCRIBE + subscription.arnText();
    }

    static String certificateUrl(String endpoint) {
        return endpoint + CERTIFICATE_PATH;
    }

    /** The document around a message for subscribers that receive this text; signed when it is read first. */
    Notification notification(Message message, String topicArn, String text, String version) {
        return new Notification(message, topicArn, text, version, signer);
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append('\n').append(value).append('\n');
    }

    /** The document that asks the endpoint's owner to confirm (or tells that a subscription was removed). */
    String confirmation(
            String type,
            String messageId,
            Subscription subscription,
            String token,
            Instant at,
            String endpoint,
            String version) {
        String topic = subscription.topic().toString();
        String message = type.equals("SubscriptionConfirmation")
                ? "You have chosen to subscribe to the topic " + topic
                        + ".\nTo confirm the subscription, visit the SubscribeURL included in this message."
                : "You have chosen to deactivate subscription " + subscription.arn()
                        + ".\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.";
        String subscribeUrl = endpoint + "/?Action=ConfirmSubscription&TopicArn="
                + URLEncoder.encode(topic, StandardCharsets.UTF_8) + "&Token=" + token;
        StringBuilder text = new StringBuilder();
        line(text, "Message", message);
        line(text, "MessageId", messageId);
        line(text, "SubscribeURL", subscribeUrl);
        line(text, "Timestamp", timestamp(at));
        line(text, "Token", token);
        line(text, "TopicArn", topic);
        line(text, "Type", type);
        Map<String, String> members = new LinkedHashMap<>();
        members.put("Type", type);
        members.put("MessageId", messageId);
        members.put("Token", token);
        members.put("TopicArn", topic);
        members.put("Message", message);
        members.put("SubscribeURL", subscribeUrl);
        members.put("Timestamp", timestamp(at));
        members.put("SignatureVersion", version);
        members.put("Signature", signer.sign(text.toString(), version));
        members.put("SigningCertURL", certificateUrl(endpoint));
        StringBuilder json = new StringBuilder(1024);
        members(json, members);
        return json.append("\n}").toString();
    }

    private static void members(StringBuilder json, Map<String, String> members) {
        json.append("{\n");
        String separator = "  ";
        for (Map.Entry<String, String> member : members.entrySet()) {
            json.append(separator).append('"').append(member.getKey()).append("\" : ");
            quote(json, member.getValue());
            separator = ",\n  ";
        }
    }

    /** The event that a function receives. */
    static String lambdaEvent(Message message, Subscription subscription, Notification notification) {
        StringBuilder json = new StringBuilder(768);
        json.append("{\"Records\":[{\"EventSource\":\"aws:sns\",\"EventVersion\":\"1.0\",\"EventSubscriptionArn\":");
        quote(json, subscription.arn().toString());
        json.append(",\"Sns\":{\"Type\":\"Notification\",\"MessageId\":");
        quote(json, message.id());
        json.append(",\"TopicArn\":");
        quote(json, subscription.topic().toString());
        json.append(",\"Subject\":");
        message.subject().ifPresentOrElse(s -> quote(json, s), () -> json.append("null"));
        json.append(",\"Message\":");
        quote(json, notification.text());
        json.append(",\"Timestamp\":");
        quote(json, timestamp(message.sentAt()));
        json.append(",\"SignatureVersion\":");
        quote(json, notification.version());
        json.append(",\"Signature\":");
        quote(json, notification.signature());
        json.append(",\"SigningCertUrl\":");
        quote(json, certificateUrl(message.endpoint()));
        json.append(",\"UnsubscribeUrl\":");
        quote(json, unsubscribeUrl(message, subscription));
        json.append(",\"MessageAttributes\":{");
        String separator = "";
        for (Map.Entry<String, MessageAttributeValue> attribute :
                message.attributes().entrySet()) {
            json.append(separator);
            quote(json, attribute.getKey());
            json.append(':');
            attribute(json, attribute.getValue());
            separator = ",";
        }
        return json.append("}}}]}").toString();
    }

    private static void attribute(StringBuilder json, MessageAttributeValue attribute) {
        json.append("{\"Type\":");
        quote(json, attribute.dataType());
        json.append(",\"Value\":");
        quote(json, attribute.binaryValue() != null ? attribute.binaryValue().base64() : attribute.stringValue());
        json.append('}');
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        if (isPlain(text)) {
            json.append(text);
        } else {
            JsonStringEncoder.getInstance().quoteAsString(text, json);
        }
        json.append('"');
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }
}
