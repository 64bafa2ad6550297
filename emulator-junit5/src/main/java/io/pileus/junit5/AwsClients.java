package io.pileus.junit5;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;

/**
 * Makes clients of any service of the AWS SDK v2, by the static {@code builder()} that each client interface has. Not to be
 * touched where there is no SDK.
 */
final class AwsClients {
    private AwsClients() {}

    /** A client that speaks to the endpoint with the account's id as its access key. */
    static AutoCloseable create(Class<?> type, URI endpoint, String region, String account) {
        AwsClientBuilder<?, ?> builder = builder(type);
        builder.endpointOverride(endpoint);
        builder.region(Region.of(region));
        builder.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(account, "test")));
        return (AutoCloseable) builder.build();
    }

    private static AwsClientBuilder<?, ?> builder(Class<?> type) {
        try {
            MethodHandle builder = MethodHandles.publicLookup().unreflect(type.getMethod("builder"));
            return (AwsClientBuilder<?, ?>) builder.invoke();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalArgumentException("no client can be made of " + type.getName(), e);
        }
    }
}
