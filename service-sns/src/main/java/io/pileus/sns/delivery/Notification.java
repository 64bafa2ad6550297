package io.pileus.sns.delivery;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.pileus.core.port.Delivery;
import io.pileus.core.shape.Blob;
import io.pileus.sns.model.MessageAttributeValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The signed JSON document around a message, for all subscribers that receive the same text: it differs between them in the
 * UnsubscribeURL only. Its layout (one member a line, a blank on both sides of the colon) is AWS's.
 *
 * <p>It is signed and written when somebody reads it first: most queues are read long after the publisher has had its answer, and
 * some never. Until then its size alone is known, which queues judge by.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html">Message and JSON formats</a>
 */
final class Notification {
    /** 256 bytes in base64. */
    private static final int SIGNATURE_LENGTH = 344;

    private final Message message;
    private final String topicArn;
    private final String text;
    private final String version;
    private final Signer signer;
    private @Nullable String signature;
    private final Blob textUtf8;
    /** Of the document without what is the subscriber's own; 0 until the first is asked for: raw delivery needs none. */
    private volatile int fixedSize;

    private @Nullable Map<String, Delivery.Attribute> attributes;
    private byte @Nullable [] before;
    private byte @Nullable [] after;

    /**
     * @param text what the subscribers receive
     * @param version the topic's SignatureVersion
     */
    Notification(Message message, String topicArn, String text, String version, Signer signer) {
        this.message = message;
        this.topicArn = topicArn;
        this.text = text;
        this.version = version;
        this.signer = signer;
        this.textUtf8 = Blob.ofUtf8(text);
    }

    private int fixedSize() {
        int size = fixedSize;
        if (size == 0) {
            Counter counter = new Counter();
            writeBefore(counter, null);
            writeAfter(counter);
            size = counter.size;
            fixedSize = size;
        }
        return size;
    }

    String text() {
        return text;
    }

    /** The message's attributes, for raw delivery to queues: the same for all of them. */
    synchronized Map<String, Delivery.Attribute> attributes() {
        Map<String, Delivery.Attribute> present = attributes;
        if (present == null) {
            Map<String, Delivery.Attribute> made = new LinkedHashMap<>();
            message.attributes().forEach((name, value) -> made.put(name, attribute(value)));
            present = Map.copyOf(made);
            attributes = present;
        }
        return present;
    }

    private static Delivery.Attribute attribute(MessageAttributeValue value) {
        Blob bytes = value.binaryValue() != null ? value.binaryValue() : Blob.ofUtf8(value.stringValue());
        return new Delivery.Attribute(value.dataType(), bytes);
    }

    /** The text alone, for raw delivery. */
    Blob textUtf8() {
        return textUtf8;
    }

    String version() {
        return version;
    }

    /** What is signed: name and value of these members, each on a line of its own. */
    synchronized String signature() {
        String present = signature;
        if (present == null) {
            StringBuilder lines = new StringBuilder(text.length() + 300);
            line(lines, "Message", text);
            line(lines, "MessageId", message.id());
            message.subject().ifPresent(subject -> line(lines, "Subject", subject));
            line(lines, "Timestamp", Envelope.timestamp(message.sentAt()));
            line(lines, "TopicArn", topicArn);
            line(lines, "Type", "Notification");
            present = signer.sign(lines.toString(), version);
            signature = present;
        }
        return present;
    }

    private static void line(StringBuilder lines, String name, String value) {
        lines.append(name).append('\n').append(value).append('\n');
    }

    /**
     * The document for one subscriber, made when it is read.
     *
     * @param subscription its ARN
     * @param end what shall follow it, in ASCII
     */
    Blob document(String subscription, String end) {
        Counter counter = new Counter();
        writeUrl(counter, subscription);
        return Blob.later(fixedSize() + counter.size + end.length(), () -> bytes(subscription, end));
    }

    String documentText(String subscription) {
        return new String(bytes(subscription, ""), StandardCharsets.UTF_8);
    }

    private void writeUrl(Sink json, String subscription) {
        json.ascii("\"");
        json.inText(message.endpoint());
        json.ascii(Envelope.UNSUBSCRIBE);
        json.inText(subscription);
        json.ascii("\"");
    }

    private byte[] bytes(String subscription, String end) {
        Writer url = new Writer(256);
        writeUrl(url, subscription);
        byte[] head = before();
        byte[] tail = after();
        byte[] whole = Arrays.copyOf(head, head.length + url.length + tail.length + end.length());
        System.arraycopy(url.bytes, 0, whole, head.length, url.length);
        System.arraycopy(tail, 0, whole, head.length + url.length, tail.length);
        byte[] last = end.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(last, 0, whole, whole.length - last.length, last.length);
        return whole;
    }

    private synchronized byte[] before() {
        byte[] present = before;
        if (present == null) {
            Writer writer = new Writer(text.length() + 1024);
            writeBefore(writer, signature());
            present = writer.toBytes();
            before = present;
        }
        return present;
    }

    private synchronized byte[] after() {
        byte[] present = after;
        if (present == null) {
            Writer writer = new Writer(256);
            writeAfter(writer);
            present = writer.toBytes();
            after = present;
        }
        return present;
    }

    /** @param signed the signature; null while only its length is known */
    private void writeBefore(Sink json, @Nullable String signed) {
        json.ascii("{\n  \"Type\" : \"Notification\",\n  \"MessageId\" : ");
        json.text(message.id());
        if (message.sequenceNumber().isPresent()) {
            json.ascii(",\n  \"SequenceNumber\" : ");
            json.text(message.sequenceNumber().get());
        }
        json.ascii(",\n  \"TopicArn\" : ");
        json.text(topicArn);
        if (message.subject().isPresent()) {
            json.ascii(",\n  \"Subject\" : ");
            json.text(message.subject().get());
        }
        json.ascii(",\n  \"Message\" : ");
        json.text(text);
        json.ascii(",\n  \"Timestamp\" : \"");
        json.ascii(Envelope.timestamp(message.sentAt()));
        json.ascii("\",\n  \"SignatureVersion\" : \"");
        json.ascii(version);
        json.ascii("\",\n  \"Signature\" : \"");
        if (signed == null) {
            json.unknown(SIGNATURE_LENGTH);
        } else {
            json.ascii(signed);
        }
        json.ascii("\",\n  \"SigningCertURL\" : \"");
        json.inText(message.endpoint());
        json.ascii(Envelope.CERTIFICATE_PATH);
        json.ascii("\",\n  \"UnsubscribeURL\" : ");
    }

    private void writeAfter(Sink json) {
        if (!message.attributes().isEmpty()) {
            String separator = ",\n  \"MessageAttributes\" : {\n    ";
            for (Map.Entry<String, MessageAttributeValue> entry :
                    message.attributes().entrySet()) {
                MessageAttributeValue value = entry.getValue();
                json.ascii(separator);
                json.text(entry.getKey());
                json.ascii(" : {\"Type\":");
                json.text(value.dataType());
                json.ascii(",\"Value\":");
                json.text(value.binaryValue() != null ? value.binaryValue().base64() : value.stringValue());
                json.ascii("}");
                separator = ",\n    ";
            }
            json.ascii("\n  }");
        }
        json.ascii("\n}");
    }

    /** Takes a JSON document piece by piece. */
    private abstract static class Sink {
        abstract void ascii(String json);

        /** So many bytes that are not known yet. */
        abstract void unknown(int bytes);

        /** A JSON string. */
        final void text(String value) {
            ascii("\"");
            inText(value);
            ascii("\"");
        }

        /** A part of a JSON string. */
        abstract void inText(String value);

        static boolean isPlain(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c < ' ' || c == '"' || c == '\\' || c >= 0x7f) {
                    return false;
                }
            }
            return true;
        }

        static byte[] escaped(String text) {
            StringBuilder escaped = new StringBuilder(text.length() + 16);
            JsonStringEncoder.getInstance().quoteAsString(text, escaped);
            return escaped.toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Counts the document's bytes. */
    private static final class Counter extends Sink {
        private int size;

        @Override
        void ascii(String json) {
            size += json.length();
        }

        @Override
        void unknown(int bytes) {
            size += bytes;
        }

        @Override
        void inText(String value) {
            size += isPlain(value) ? value.length() : escaped(value).length;
        }
    }

    /** Writes the document. */
    private static final class Writer extends Sink {
        private byte[] bytes;
        private int length;

        Writer(int capacity) {
            bytes = new byte[capacity];
        }

        byte[] toBytes() {
            return Arrays.copyOf(bytes, length);
        }

        private void room(int more) {
            if (length + more > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
            }
        }

        @Override
        void ascii(String json) {
            room(json.length());
            for (int i = 0; i < json.length(); i++) {
                bytes[length++] = (byte) json.charAt(i);
            }
        }

        @Override
        void unknown(int more) {
            throw new IllegalStateException("a document is written when all of it is known");
        }

        @Override
        void inText(String value) {
            if (isPlain(value)) {
                ascii(value);
            } else {
                byte[] escaped = escaped(value);
                room(escaped.length);
                System.arraycopy(escaped, 0, bytes, length, escaped.length);
                length += escaped.length;
            }
        }
    }
}
