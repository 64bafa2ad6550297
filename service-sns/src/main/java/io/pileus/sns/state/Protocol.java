package io.pileus.sns.state;

import java.util.Optional;

/** The protocols that a subscription can have. */
public enum Protocol {
    HTTP("http"),
    HTTPS("https"),
    EMAIL("email"),
    EMAIL_JSON("email-json"),
    SMS("sms"),
    SQS("sqs"),
    APPLICATION("application"),
    LAMBDA("lambda"),
    FIREHOSE("firehose");

    private final String wire;

    Protocol(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }

    public static Optional<Protocol> of(String wire) {
        for (Protocol protocol : values()) {
            if (protocol.wire.equals(wire)) {
                return Optional.of(protocol);
            }
        }
        return Optional.empty();
    }

    /** Whether the endpoint's owner must confirm the subscription with a token that is sent there. */
    public boolean isConfirmedByToken() {
        return this == HTTP || this == HTTPS || this == EMAIL || this == EMAIL_JSON;
    }

    public boolean isHttp() {
        return this == HTTP || this == HTTPS;
    }

    /** Whether raw message delivery can be asked for. */
    public boolean canBeRaw() {
        return isHttp() || this == SQS || this == FIREHOSE;
    }
}
