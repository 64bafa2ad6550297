package io.pileus.sns.delivery;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.pileus.core.identity.Arn;
import io.pileus.sns.model.MessageAttributeValue;
import io.pileus.sns.state.Protocol;
import io.pileus.sns.state.Subscription;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The JSON document around a message: signed, with the URLs a receiver needs. Its layout (one member a line, a blank on
 * both sides of the colon) is AWS's.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html">Message and JSON formats</a>
 */
public final class Envelope {
    /** Where the signing certificate is served. */
    public static final String CERTIFICATE_PATH =
            "/_aws/sns/SimpleNotificationService-6c6f63616c737461636b69736e696365.pem";

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Signer signer;

    public Envelope(Signer signer) {
        this.signer = signer;
    }

    static String timestamp(Instant instant) {
        return TIMESTAMP.format(instant);
    }

    static String unsubscribeUrl(Message message, Subscription subscription) {
        return message.endpoint() + "/?Action=Unsubscribe&SubscriptionArn=" + subscription.arn();
    }

    static String certificateUrl(String endpoint) {
        return endpoint + CERTIFICATE_PATH;
    }

    /**
     * A signature, and the document around it but for the subscriber's own URL: the same for every subscriber that receives the
     * same text.
     */
    public record Signed(String version, String signature, String before, String after) {
        /** For subscribers that receive neither. */
        static final Signed NOT = new Signed("", "", "", "");
    }

    Signed sign(Message message, Arn topic, Protocol protocol, String version) {
        String at = timestamp(message.sentAt());
        StringBuilder text = new StringBuilder();
        line(text, "Message", message.textFor(protocol));
        line(text, "MessageId", message.id());
        message.subject().ifPresent(subject -> line(text, "Subject", subject));
        line(text, "Timestamp", at);
        line(text, "TopicArn", topic.toString());
        line(text, "Type", "Notification");
        String signature = signer.sign(text.toString(), version);
        Map<String, String> members = new LinkedHashMap<>();
        members.put("Type", "Notification");
        members.put("MessageId", message.id());
        message.sequenceNumber().ifPresent(n -> members.put("SequenceNumber", n));
        members.put("TopicArn", topic.toString());
        message.subject().ifPresent(subject -> members.put("Subject", subject));
        members.put("Message", message.textFor(protocol));
        members.put("Timestamp", at);
        members.put("SignatureVersion", version);
        members.put("Signature", signature);
        members.put("SigningCertURL", certificateUrl(message.endpoint()));
        StringBuilder before = new StringBuilder(1024);
        members(before, members);
        before.append(",\n  \"UnsubscribeURL\" : ");
        StringBuilder after = new StringBuilder();
        attributes(after, message.attributes());
        return new Signed(
                version, signature, before.toString(), after.append("\n}").toString());
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append('\n').append(value).append('\n');
    }

    /** The document for a notification. */
    String notification(Message message, Subscription subscription, Signed signed) {
        String unsubscribe = unsubscribeUrl(message, subscription);
        StringBuilder json = new StringBuilder(
                signed.before().length() + unsubscribe.length() + signed.after().length() + 16);
        json.append(signed.before());
        quote(json, unsubscribe);
        return json.append(signed.after()).toString();
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

    private static void attributes(StringBuilder json, Map<String, MessageAttributeValue> attributes) {
        if (attributes.isEmpty()) {
            return;
        }
        json.append(",\n  \"MessageAttributes\" : {\n");
        String separator = "    ";
        for (Map.Entry<String, MessageAttributeValue> attribute : attributes.entrySet()) {
            json.append(separator);
            quote(json, attribute.getKey());
            json.append(" : ");
            attribute(json, attribute.getValue());
            separator = ",\n    ";
        }
        json.append("\n  }");
    }

    /** The event that a function receives. */
    static String lambdaEvent(Message message, Subscription subscription, Signed signed) {
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
        quote(json, message.textFor(Protocol.LAMBDA));
        json.append(",\"Timestamp\":");
        quote(json, timestamp(message.sentAt()));
        json.append(",\"SignatureVersion\":");
        quote(json, signed.version());
        json.append(",\"Signature\":");
        quote(json, signed.signature());
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
