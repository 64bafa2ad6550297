package io.pileus.sqs.state;

import io.pileus.core.shape.Blob;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The body of a message and its digest. What a producer sends is there at once. What another service delivers may be made when
 * it is read first (a notification is signed then), and its digest is computed then, since a delivery's sender does not see it.
 */
public final class MessageBody {
    /** Until text and digest have been made of it. */
    private @Nullable Blob delivered;

    private @Nullable String text;
    private @Nullable Md5 md5;

    private MessageBody(@Nullable Blob delivered, @Nullable String text, @Nullable Md5 md5) {
        this.delivered = delivered;
        this.text = text;
        this.md5 = md5;
    }

    /** A body that a producer sent. */
    public static MessageBody of(String text) {
        return new MessageBody(null, text, Md5.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A body with the digest it was saved with. */
    public static MessageBody of(String text, Md5 md5) {
        return new MessageBody(null, text, md5);
    }

    /** @param utf8 the text; asked for its bytes when the message is read first */
    public static MessageBody delivered(Blob utf8) {
        return new MessageBody(utf8, null, null);
    }

    public synchronized String text() {
        String present = text;
        if (present == null) {
            present = delivered().utf8();
            text = present;
            forgetDelivered();
        }
        return present;
    }

    /** The digest of the body in UTF-8. */
    public synchronized Md5 md5() {
        Md5 present = md5;
        if (present == null) {
            present = Md5.of(delivered().bytes());
            md5 = present;
            forgetDelivered();
        }
        return present;
    }

    private Blob delivered() {
        return Objects.requireNonNull(delivered, "a body has its text and digest, or what they are made of");
    }

    private void forgetDelivered() {
        if (text != null && md5 != null) {
            delivered = null;
        }
    }
}
