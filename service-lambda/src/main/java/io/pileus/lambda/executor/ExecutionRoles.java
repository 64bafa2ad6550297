package io.pileus.lambda.executor;

import io.pileus.core.port.Ports;
import io.pileus.core.port.RoleSessions;
import io.pileus.lambda.LambdaErrors;
import java.time.Instant;
import java.util.Optional;

/**
 * Takes on the execution roles of functions.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html">Execution role</a>
 */
public final class ExecutionRoles {
    private static final String PRINCIPAL = "lambda.amazonaws.com";
    private static final String CANNOT_BE_ASSUMED = "The role defined for the function cannot be assumed by Lambda.";

    private final Ports ports;

    public ExecutionRoles(Ports ports) {
        this.ports = ports;
    }

    /**
     * What a function signs its calls with.
     *
     * @param sessionToken empty for none
     */
    record Credentials(String accessKeyId, String secretAccessKey, String sessionToken, Instant expiration) {
        @Override
        public String toString() {
            return "Credentials[" + accessKeyId + ", until " + expiration + "]";
        }
    }

    /** Throws AWS's error unless Lambda may take on a role for a function. */
    public void check(String roleArn, String functionName, String functionArn) {
        if (assume(roleArn, functionName, functionArn).orElse(null) instanceof RoleSessions.Denied) {
            throw LambdaErrors.invalid(CANNOT_BE_ASSUMED);
        }
    }

    /** The credentials of a session that has the function's name; the account's own where there are no roles. */
    Credentials credentials(Invocation invocation) {
        String role = String.valueOf(invocation.configuration().role());
        Optional<RoleSessions.Assumed> assumed = assume(role, invocation.name(), invocation.functionArn());
        if (assumed.isEmpty()) {
            return new Credentials(invocation.account().id(), "test", "", Instant.MAX);
        }
        return switch (assumed.get()) {
            case RoleSessions.Session session ->
                new Credentials(
                        session.accessKeyId(), session.secretAccessKey(), session.sessionToken(), session.expiration());
            case RoleSessions.Denied denied -> throw LambdaErrors.accessDenied(CANNOT_BE_ASSUMED);
        };
    }

    private Optional<RoleSessions.Assumed> assume(String roleArn, String functionName, String functionArn) {
        return ports.find(RoleSessions.class)
                .map(sessions -> sessions.assumeForService(roleArn, PRINCIPAL, functionName, functionArn));
    }
}
