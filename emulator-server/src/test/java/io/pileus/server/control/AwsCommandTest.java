package io.pileus.server.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.pileus.core.dispatch.RequestLog;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AwsCommandTest {

    /** Seen in the help of the AWS CLI 1.44, whose rule gives the same for all 700 operations of our services. */
    @ParameterizedTest
    @CsvSource({
        "SendMessage, send-message",
        "ListMFADevices, list-mfa-devices",
        "CreateSAMLProvider, create-saml-provider",
        "ListOpenIDConnectProviders, list-open-id-connect-providers",
        "AssumeRoleWithSAML, assume-role-with-saml",
        "GetUICustomization, get-ui-customization",
        "ListObjectsV2, list-objects-v2",
        "AdminListUserAuthEvents, admin-list-user-auth-events"
    })
    void operationsHaveTheCommandLinesNames(String operation, String name) {
        assertThat(AwsCommand.withHyphens(operation)).isEqualTo(name);
    }

    @Test
    void anotherAccountIsNamedByItsAccessKey() {
        RequestLog.Entry entry = new RequestLog.Entry(
                1,
                Instant.EPOCH,
                "r",
                "s3",
                "ListBuckets",
                "111111111111",
                "eu-west-1",
                200,
                Duration.ZERO,
                "",
                "",
                "",
                false,
                Optional.empty());

        assertThat(AwsCommand.of(entry, JsonNodeFactory.instance.objectNode(), "http://localhost:4566"))
                .isEqualTo("AWS_ACCESS_KEY_ID=111111111111 AWS_SECRET_ACCESS_KEY=test"
                        + " aws --endpoint-url http://localhost:4566 --region eu-west-1 s3api list-buckets");
    }

    @Test
    void lambdasCodeIsNoSecretAndCognitosIs() {
        String document = "{\"Code\":\"123456\",\"Nested\":[{\"PASSWORD\":\"x\",\"Name\":\"y\",\"Token\":null}]}";

        assertThat(Secrets.mask("lambda", Json.read(document)).toString())
                .isEqualTo("{\"Code\":\"123456\",\"Nested\":[{\"PASSWORD\":\"***\",\"Name\":\"y\",\"Token\":null}]}");
        assertThat(Secrets.mask("cognito-idp", Json.read(document)).path("Code").asText())
                .isEqualTo("***");
    }
}
