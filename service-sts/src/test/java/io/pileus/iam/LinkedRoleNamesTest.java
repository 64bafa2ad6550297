package io.pileus.iam;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkedRoleNamesTest {

    @ParameterizedTest
    @CsvSource({
        "elasticbeanstalk.amazonaws.com, AWSServiceRoleForElasticBeanstalk",
        "dynamodb.application-autoscaling.amazonaws.com, AWSServiceRoleForApplicationAutoScaling_DynamoDBTable",
        "email.cognito-idp.amazonaws.com, AWSServiceRoleForAmazonCognitoIdpEmailService",
        "support.amazonaws.com, AWSServiceRoleForSupport"
    })
    void aServicesRoleHasTheNameThatItsGuideSays(String service, String role) {
        assertThat(LinkedRoleNames.of(service)).isEqualTo(role);
    }
}
