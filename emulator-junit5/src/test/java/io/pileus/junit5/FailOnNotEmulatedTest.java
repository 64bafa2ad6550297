package io.pileus.junit5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.dispatch.RequestLog;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.SnsException;

class FailOnNotEmulatedTest {
    private static final String POLICY =
            "{\"Name\":\"p\",\"Version\":\"2021-06-01\",\"Statement\":[{\"Sid\":\"s\",\"DataDirection\":\"Inbound\","
                    + "\"Principal\":[\"*\"],\"DataIdentifier\":[\"arn:aws:dataprotection::aws:data-identifier/Name\"],"
                    + "\"Operation\":{\"Deny\":{}}}]}";

    private static void putPolicy(SnsClient sns) {
        String topic = sns.createTopic(t -> t.name("news")).topicArn();
        sns.putDataProtectionPolicy(p -> p.resourceArn(topic).dataProtectionPolicy(POLICY));
    }

    @Nested
    @PileusTest
    class ByDefault {
        @Test
        void whatIsNotEmulatedFails(SnsClient sns) {
            assertThatThrownBy(() -> putPolicy(sns))
                    .isInstanceOfSatisfying(
                            SnsException.class, e -> assertThat(e.statusCode()).isEqualTo(501));
        }
    }

    @Nested
    @PileusTest(failOnNotEmulated = false)
    class SwitchedOff {
        @Test
        void whatIsNotEmulatedIsNoted(SnsClient sns, PileusClient pileus) {
            putPolicy(sns);

            assertThat(pileus.failedRequests()).isEmpty();
            assertThat(pileus.requests())
                    .last()
                    .extracting(RequestLog.Entry::notEmulated)
                    .asString()
                    .contains("data protection");
        }
    }
}
