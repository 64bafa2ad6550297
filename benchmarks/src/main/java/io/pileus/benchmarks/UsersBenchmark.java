package io.pileus.benchmarks;

import io.pileus.cognito.CognitoProvider;
import io.pileus.cognito.idp.model.*;
import io.pileus.core.service.Operation;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Finding users of a pool, each time another one, by name, sub and alias, by search and page by page: what it costs must
 * not depend on how many there are. All are in one group. They sign in by code, so that making them takes no password.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UsersBenchmark {
    private static final String GROUP = "everybody";

    @Param({"1000", "1000000"})
    private int users;

    private InProcessApi cognito;
    private Operation get;
    private Operation list;
    private Operation listGroup;
    private String pool;
    private String[] subs;
    private String pageToken;
    private String groupToken;

    @Setup
    public void fill() {
        cognito = new InProcessApi(new CognitoProvider());
        get = cognito.operation("AdminGetUser");
        list = cognito.operation("ListUsers");
        listGroup = cognito.operation("ListUsersInGroup");
        pool = ((CreateUserPoolResponse) cognito.call(
                        cognito.operation("CreateUserPool"),
                        CreateUserPoolRequest.builder()
                                .poolName("load")
                                .aliasAttributes(List.of("email"))
                                .policies(UserPoolPolicyType.builder()
                                        .signInPolicy(SignInPolicyType.builder()
                                                .allowedFirstAuthFactors(List.of("PASSWORD", "EMAIL_OTP"))
                                                .build())
                                        .build())
                                .build()))
                .userPool()
                .id();
        cognito.call(
                cognito.operation("CreateGroup"),
                CreateGroupRequest.builder().userPoolId(pool).groupName(GROUP).build());
        subs = new String[users];
        long before = usedMemory();
        long start = System.nanoTime();
        for (int i = 0; i < users; i++) {
            subs[i] = create(i);
        }
        System.out.printf(
                "%,d users: %,d us each to make and to put into a group, %,d bytes each%n",
                users, (System.nanoTime() - start) / 1_000 / users, (usedMemory() - before) / users);
        pageToken = ((ListUsersResponse) cognito.call(list, page(null))).paginationToken();
        groupToken = ((ListUsersInGroupResponse) cognito.call(listGroup, groupPage(null))).nextToken();
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private String create(int i) {
        AdminCreateUserResponse created = (AdminCreateUserResponse) cognito.call(
                cognito.operation("AdminCreateUser"),
                AdminCreateUserRequest.builder()
                        .userPoolId(pool)
                        .username(name(i))
                        .messageAction("SUPPRESS")
                        .userAttributes(List.of(attribute("email", email(i)), attribute("email_verified", "true")))
                        .build());
        cognito.call(
                cognito.operation("AdminAddUserToGroup"),
                AdminAddUserToGroupRequest.builder()
                        .userPoolId(pool)
                        .username(name(i))
                        .groupName(GROUP)
                        .build());
        return created.user().attributes().stream()
                .filter(attribute -> attribute.name().equals("sub"))
                .findAny()
                .orElseThrow()
                .value();
    }

    private static AttributeType attribute(String name, String value) {
        return AttributeType.builder().name(name).value(value).build();
    }

    private static String name(int i) {
        return "user-" + i;
    }

    private static String email(int i) {
        return i + "@example.com";
    }

    private int any() {
        return ThreadLocalRandom.current().nextInt(users);
    }

    private Object get(String username) {
        return cognito.call(
                get,
                AdminGetUserRequest.builder()
                        .userPoolId(pool)
                        .username(username)
                        .build());
    }

    @Benchmark
    public Object byName() {
        return get(name(any()));
    }

    @Benchmark
    public Object bySub() {
        return get(subs[any()]);
    }

    @Benchmark
    public Object byAlias() {
        return get(email(any()));
    }

    @Benchmark
    public Object byEmailSearched() {
        return search("email = \"" + email(any()) + "\"");
    }

    @Benchmark
    public Object byBeginningOfEmail() {
        return search("email ^= \"" + any() + "@\"");
    }

    private Object search(String filter) {
        return cognito.call(
                list, ListUsersRequest.builder().userPoolId(pool).filter(filter).build());
    }

    private ListUsersRequest page(String token) {
        return ListUsersRequest.builder()
                .userPoolId(pool)
                .limit(60)
                .paginationToken(token)
                .build();
    }

    @Benchmark
    public Object pageOfUsers() {
        return cognito.call(list, page(pageToken));
    }

    private ListUsersInGroupRequest groupPage(String token) {
        return ListUsersInGroupRequest.builder()
                .userPoolId(pool)
                .groupName(GROUP)
                .limit(60)
                .nextToken(token)
                .build();
    }

    @Benchmark
    public Object pageOfGroup() {
        return cognito.call(listGroup, groupPage(groupToken));
    }

    @TearDown
    public void end() {
        cognito.close();
    }
}
