package io.pileus.core.testkit;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Caller;
import io.pileus.core.identity.Region;
import io.pileus.core.service.CallContext;
import io.pileus.core.service.Client;
import java.util.Map;

/** Calls as a test makes them: now, by an account's root, on its own resources. */
public final class TestCalls {
    public static final String ENDPOINT = "http://localhost:4566";

    private TestCalls() {}

    /** A call by the root of account 000000000000 in us-east-1. */
    public static CallContext call(TestEnvironment env) {
        return call(env, AccountId.DEFAULT, Region.US_EAST_1);
    }

    /** A call by the root of an account, such as {@code 111111111111}. */
    public static CallContext callOf(TestEnvironment env, String account) {
        return call(env, new AccountId(account), Region.US_EAST_1);
    }

    public static CallContext callIn(TestEnvironment env, String region) {
        return call(env, AccountId.DEFAULT, new Region(region));
    }

    public static CallContext call(TestEnvironment env, AccountId account, Region region) {
        return call(env, Caller.root(account, "test"), region);
    }

    /** A call by the root of account 000000000000 in us-east-1 whose request has headers, named in lower case. */
    public static CallContext callWith(TestEnvironment env, Map<String, String> headers) {
        CallContext call = call(env);
        return new CallContext(
                call.requestId(),
                call.caller(),
                call.account(),
                call.region(),
                call.receivedAt(),
                call.endpoint(),
                call.hops(),
                new ClientOfTest(headers),
                call.notEmulated());
    }

    private record ClientOfTest(Map<String, String> headers) implements Client {
        @Override
        public String address() {
            return "";
        }

        @Override
        public String userAgent() {
            return header("user-agent");
        }

        @Override
        public String referer() {
            return header("referer");
        }

        @Override
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** A call by anyone, on the resources of the caller's account. */
    public static CallContext call(TestEnvironment env, Caller caller, Region region) {
        return new CallContext(env.ids().uuid(), caller, caller.account(), region, env.now(), ENDPOINT, 0, what -> {});
    }
}
