package io.pileus.junit5;

import java.util.Arrays;

/** Tells the client interfaces of the AWS SDK v2 from other types, also where there is no SDK. */
final class ClientType {
    private static final String CLIENT = "software.amazon.awssdk.awscore.AwsClient";

    private ClientType() {}

    /** Whether it is the interface of a service's client, sync or async. */
    static boolean isClient(Class<?> type) {
        return type.isInterface()
                && extendsClient(type)
                && Arrays.stream(type.getMethods())
                        .anyMatch(method -> method.getName().equals("builder") && method.getParameterCount() == 0);
    }

    private static boolean extendsClient(Class<?> type) {
        return Arrays.stream(type.getInterfaces())
                .anyMatch(parent -> parent.getName().equals(CLIENT) || extendsClient(parent));
    }
}
