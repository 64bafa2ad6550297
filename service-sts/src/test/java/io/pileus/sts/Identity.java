package io.pileus.sts;

import io.pileus.core.identity.Region;
import io.pileus.core.port.RoleSessions;
import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.testkit.TestCalls;
import io.pileus.core.testkit.TestEnvironment;
import io.pileus.iam.IamService;
import io.pileus.iam.model.CreateAccessKeyRequest;
import io.pileus.iam.model.CreateRoleRequest;
import io.pileus.iam.model.CreateUserRequest;
import io.pileus.sts.model.AssumeRoleRequest;
import io.pileus.sts.model.AssumeRoleResponse;
import io.pileus.sts.model.Credentials;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** STS and IAM under a clock set by hand, and the sentences that tests are written in. */
final class Identity {
    static final String ACCOUNT = "111111111111";
    static final String OTHER_ACCOUNT = "222222222222";

    final TestEnvironment env;
    final IdentityService service;
    final StsService sts;
    final IamService iam;

    Identity(String... settings) {
        this.env = TestEnvironment.with(settings);
        this.service = new IdentityService(env.services());
        this.sts = service.sts();
        this.iam = service.iam();
    }

    CallContext root() {
        return TestCalls.callOf(env, ACCOUNT);
    }

    CallContext rootOf(String account) {
        return TestCalls.callOf(env, account);
    }

    RoleSessions sessions() {
        return env.ports().find(RoleSessions.class).orElseThrow();
    }

    /** A call signed with credentials that were issued. */
    CallContext as(Credentials credentials) {
        return as(String.valueOf(credentials.accessKeyId()), Optional.ofNullable(credentials.sessionToken()));
    }

    CallContext as(String accessKeyId, Optional<String> token) {
        if (sessions().lookup(accessKeyId, token) instanceof RoleSessions.Known known) {
            return TestCalls.call(env, known.caller(), Region.US_EAST_1);
        }
        throw new AssertionError("not valid: " + accessKeyId);
    }

    /** A new user of the first account, and a call signed with its key. */
    CallContext aUser(String name) {
        iam.createUser(CreateUserRequest.builder().userName(name).build(), root());
        return as(
                iam.createAccessKey(
                                CreateAccessKeyRequest.builder().userName(name).build(), root())
                        .accessKey()
                        .accessKeyId(),
                Optional.empty());
    }

    String aRole(String account, String name, String trust) {
        return iam.createRole(
                        CreateRoleRequest.builder()
                                .roleName(name)
                                .assumeRolePolicyDocument(trust)
                                .build(),
                        rootOf(account))
                .role()
                .arn();
    }

    static String trusting(String principal) {
        return trusting(principal, "sts:AssumeRole", "");
    }

    /** @param condition {@code ,"Condition":{…}} or nothing */
    static String trusting(String principal, String action, String condition) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":" + principal
                + ",\"Action\":" + (action.startsWith("[") ? action : "\"" + action + "\"") + condition + "}]}";
    }

    static String aws(String principal) {
        return "{\"AWS\":\"" + principal + "\"}";
    }

    AssumeRoleResponse assume(String roleArn, CallContext call) {
        return sts.assumeRole(assumption(roleArn).build(), call);
    }

    static AssumeRoleRequest.Builder assumption(String roleArn) {
        return AssumeRoleRequest.builder().roleArn(roleArn).roleSessionName("session");
    }

    static AbstractThrowableAssert<?, AwsException> refused(ThrowingCallable call) {
        return Assertions.assertThat(Assertions.catchThrowableOfType(AwsException.class, call));
    }
}
