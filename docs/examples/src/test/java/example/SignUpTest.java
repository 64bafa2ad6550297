package example;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.junit5.PileusClient;
import io.pileus.junit5.PileusTest;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserStatusType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.VerifiedAttributeType;

/** A sign-up with the code that Cognito would have mailed. */
@PileusTest
class SignUpTest {

    @Test
    void aUserConfirmsWithTheMailedCode(CognitoIdentityProviderClient cognito, PileusClient pileus) {
        String pool = cognito.createUserPool(
                        p -> p.poolName("people").autoVerifiedAttributes(VerifiedAttributeType.EMAIL))
                .userPool()
                .id();
        String client = cognito.createUserPoolClient(c -> c.userPoolId(pool).clientName("app"))
                .userPoolClient()
                .clientId();
        cognito.signUp(s -> s.clientId(client)
                .username("alice")
                .password("Passw0rd!")
                .userAttributes(a -> a.name("email").value("alice@example.com")));

        String code = pileus.lastCode(pool, "alice");
        cognito.confirmSignUp(c -> c.clientId(client).username("alice").confirmationCode(code));

        assertThat(cognito.adminGetUser(u -> u.userPoolId(pool).username("alice"))
                        .userStatus())
                .isEqualTo(UserStatusType.CONFIRMED);
    }
}
