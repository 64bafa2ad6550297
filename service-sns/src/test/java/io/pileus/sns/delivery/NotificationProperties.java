package io.pileus.sns.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pileus.core.shape.Blob;
import io.pileus.core.shape.JsonTrees;
import io.pileus.sns.model.MessageAttributeValue;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class NotificationProperties {
    private static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:orders";
    private static final Signer SIGNER = new Signer(Instant.parse("2026-01-01T00:00:00Z"));

    private static Message message(String text, Optional<String> subject, Map<String, String> attributes) {
        Map<String, MessageAttributeValue> values = new java.util.LinkedHashMap<>();
        attributes.forEach((name, value) -> values.put(
                name,
                MessageAttributeValue.builder()
                        .dataType("String")
                        .stringValue(value)
                        .build()));
        return new Message(
                "27a4ae1e-0000-4000-8000-000000000000",
                text,
                Map.of(),
                subject,
                values,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Instant.parse("2026-01-01T00:00:00.007Z"),
                "http://localhost:4566",
                0,
                Optional.empty());
    }

    @Property(tries = 300)
    void theSizeThatIsToldBeforeTheDocumentIsMadeIsItsSize(
            @ForAll String text, @ForAll Optional<String> subject, @ForAll Map<String, String> attributes)
            throws Exception {
        Message message = message(text, subject, attributes);
        Blob document = new Notification(message, TOPIC, text, "2", SIGNER).document("arn:\"b\"", "\n");

        int told = document.size();

        assertThat(document.bytes()).hasSize(told);
        JsonNode json = JsonTrees.mapper().readTree(document.bytes());
        if (message.isReadable()) {
            assertThat(json.get("Message").asText()).isEqualTo(text);
        }
        assertThat(json.get("Timestamp").asText()).isEqualTo("2026-01-01T00:00:00.007Z");
        assertThat(json.get("UnsubscribeURL").asText())
                .isEqualTo("http://localhost:4566/?Action=Unsubscribe&SubscriptionArn=arn:\"b\"");
    }

    @Example
    void theDocumentThatIsMadeLaterCarriesTheCertificatesSignature() throws Exception {
        Message message = message("hello", Optional.of("news"), Map.of());
        JsonNode json = JsonTrees.mapper()
                .readTree(new Notification(message, TOPIC, "hello", "2", SIGNER)
                        .document("arn", "")
                        .bytes());

        Signature verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(SIGNER.certificatePem().getBytes(StandardCharsets.US_ASCII))));
        verifier.update(("Message\nhello\nMessageId\n" + message.id() + "\nSubject\nnews\nTimestamp\n"
                        + json.get("Timestamp").asText() + "\nTopicArn\n" + TOPIC + "\nType\nNotification\n")
                .getBytes(StandardCharsets.UTF_8));
        assertThat(verifier.verify(
                        Base64.getDecoder().decode(json.get("Signature").asText())))
                .isTrue();
    }
}
