package io.pileus.lambda.executor;

import static io.pileus.lambda.LambdaFixture.assertRefused;
import static io.pileus.lambda.LambdaFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Caller;
import io.pileus.core.port.RoleSessions;
import io.pileus.lambda.LambdaFixture;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Functions have the credentials of their roles. */
class ExecutionRoleTest {
    private static final String REFUSAL = "The role defined for the function cannot be assumed by Lambda.";
    private static final String KEYS = """
            import os

            def handler(event, context):
                return [os.environ[n] for n in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")]
            """;

    private final LambdaFixture it = new LambdaFixture();
    private boolean trusting = true;
    private int sessions;

    ExecutionRoleTest() {
        it.env.ports().provide(RoleSessions.class, new RoleSessions() {
            @Override
            public Assumed assumeForService(String role, String principal, String session, String sourceArn) {
                assertThat(principal).isEqualTo("lambda.amazonaws.com");
                assertThat(sourceArn).isEqualTo(LambdaFixture.ARN + session);
                sessions++;
                return trusting
                        ? new Session(
                                "key" + sessions,
                                "secret",
                                role + "/" + session,
                                it.env.now().plus(Duration.ofHours(1)),
                                Caller.root(AccountId.DEFAULT, ""))
                        : new Denied("AccessDenied", "no");
            }

            @Override
            public Lookup lookup(String accessKeyId, Optional<String> sessionToken) {
                return new Unknown();
            }

            @Override
            public Optional<String> secretOf(String accessKeyId) {
                return Optional.empty();
            }

            @Override
            public Assumed assumeForWebIdentity(
                    String role,
                    String provider,
                    Map<String, String> claims,
                    String session,
                    Duration duration,
                    Map<String, String> tags,
                    Optional<String> policy) {
                throw new UnsupportedOperationException();
            }
        });
    }

    @AfterEach
    void close() {
        it.close();
    }

    @Test
    void aFunctionIsNotMadeWithARoleThatLambdaMayNotTakeOn() {
        trusting = false;

        assertRefused(() -> it.create("f"), "InvalidParameterValueException", 400, REFUSAL);
    }

    @Test
    void aFunctionWhoseRoleLambdaMayNoLongerTakeOnIsNotInvoked() {
        it.create("f");
        trusting = false;

        assertRefused(() -> it.invoke("f", "{}"), "AccessDeniedException", 403, REFUSAL);
    }

    @Test
    void aFunctionHasItsRolesCredentialsForAsLongAsTheyAreGood() {
        it.python("f", KEYS);

        String first = json(it.invoke("f", "{}")).toString();
        it.advance(Duration.ofMinutes(14));
        String warm = json(it.invoke("f", "{}")).toString();
        for (int i = 0; i < 4; i++) {
            it.advance(Duration.ofMinutes(14));
            it.invoke("f", "{}");
        }
        String renewed = json(it.invoke("f", "{}")).toString();

        assertThat(first).isEqualTo("[\"key2\",\"secret\",\"" + LambdaFixture.ROLE + "/f\"]");
        assertThat(warm).isEqualTo(first);
        assertThat(renewed).isEqualTo("[\"key3\",\"secret\",\"" + LambdaFixture.ROLE + "/f\"]");
    }
}
