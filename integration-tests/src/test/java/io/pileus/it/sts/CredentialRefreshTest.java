package io.pileus.it.sts;

import static io.pileus.it.sts.IdentityServer.ACCOUNT;
import static io.pileus.it.sts.IdentityServer.OTHER_ACCOUNT;
import static io.pileus.it.sts.IdentityServer.rootOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Role;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.auth.StsWebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.awssdk.utils.cache.CachedSupplier;

/**
 * The SDK's credential providers refresh by themselves when time passes. The SDK keeps its clock to itself; it is replaced
 * by the server's here, so that both move by hand.
 */
class CredentialRefreshTest {
    private static final Duration SESSION = Duration.ofMinutes(15);

    private static Clock clockOf(IdentityServer server) {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return server.pileus.time().instant();
            }
        };
    }

    /** Sets the clock of each cache that the provider holds. */
    private static void setClock(Object holder, Clock clock) throws ReflectiveOperationException {
        for (Class<?> type = holder.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())) {
                    continue;
                }
                if (field.getType() == CachedSupplier.class) {
                    field.setAccessible(true);
                    Field cacheClock = CachedSupplier.class.getDeclaredField("clock");
                    cacheClock.setAccessible(true);
                    cacheClock.set(field.get(holder), clock);
                } else if (field.getType() == AwsCredentialsProvider.class) {
                    field.setAccessible(true);
                    setClock(field.get(holder), clock);
                }
            }
        }
    }

    private static void refusesWhatHasExpired(IdentityServer server, AwsCredentials old) {
        try (StsClient late = server.sts(StaticCredentialsProvider.create(old))) {
            StsException expired = catchThrowableOfType(StsException.class, late::getCallerIdentity);
            assertThat(expired.awsErrorDetails().errorCode()).isEqualTo("ExpiredToken");
        }
    }

    @Test
    void theAssumeRoleProviderTakesTheRoleOnAgainWhenItsSessionRunsOut() throws Exception {
        try (IdentityServer server = IdentityServer.withTimeByHand();
                StsClient sts = server.sts(rootOf(ACCOUNT));
                StsAssumeRoleCredentialsProvider provider = StsAssumeRoleCredentialsProvider.builder()
                        .stsClient(sts)
                        .refreshRequest(r -> r.roleArn("arn:aws:iam::" + ACCOUNT + ":role/any")
                                .roleSessionName("ci")
                                .durationSeconds((int) SESSION.toSeconds()))
                        .build();
                StsClient asRole = server.sts(provider)) {
            setClock(provider, clockOf(server));
            AwsCredentials first = provider.resolveCredentials();
            assertThat(first.expirationTime())
                    .contains(server.pileus.time().instant().plus(SESSION).truncatedTo(ChronoUnit.SECONDS));
            server.pileus.time().advance(Duration.ofMinutes(5));
            assertThat(provider.resolveCredentials().accessKeyId()).isEqualTo(first.accessKeyId());

            server.pileus.time().advance(SESSION);

            assertThat(asRole.getCallerIdentity().arn()).isEqualTo("arn:aws:sts::" + ACCOUNT + ":assumed-role/any/ci");
            assertThat(provider.resolveCredentials().accessKeyId()).isNotEqualTo(first.accessKeyId());
            refusesWhatHasExpired(server, first);
        }
    }

    @Test
    void theWebIdentityProviderReadsTheTokenFileAgainWhenItsSessionRunsOut(@TempDir Path folder) throws Exception {
        try (IdentityServer server = IdentityServer.withTimeByHand();
                StsClient sts = server.sts(rootOf(ACCOUNT));
                StsClient unsigned = server.sts(AnonymousCredentialsProvider.create());
                IamClient own = server.iam(rootOf(ACCOUNT));
                IamClient other = server.iam(rootOf(OTHER_ACCOUNT))) {
            String issuer = own.enableOutboundWebIdentityFederation(r -> {}).issuerIdentifier();
            String issuerArn = other.createOpenIDConnectProvider(
                            r -> r.url(issuer).clientIDList("partner"))
                    .openIDConnectProviderArn();
            Role role = other.createRole(r -> r.roleName("pod")
                            .assumeRolePolicyDocument("{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\","
                                    + "\"Principal\":{\"Federated\":\"" + issuerArn
                                    + "\"},\"Action\":\"sts:AssumeRoleWithWebIdentity\"}}"))
                    .role();
            Path token = folder.resolve("token");
            Files.writeString(token, aToken(sts));
            try (StsWebIdentityTokenFileCredentialsProvider provider =
                            StsWebIdentityTokenFileCredentialsProvider.builder()
                                    .stsClient(unsigned)
                                    .roleArn(role.arn())
                                    .roleSessionName("pod")
                                    .webIdentityTokenFile(token)
                                    .build();
                    StsClient asRole = server.sts(provider)) {
                setClock(provider, clockOf(server));
                AwsCredentials first = provider.resolveCredentials();

                server.pileus.time().advance(Duration.ofHours(1).plusMinutes(1));
                Files.writeString(token, aToken(sts));

                assertThat(asRole.getCallerIdentity().arn())
                        .isEqualTo("arn:aws:sts::" + OTHER_ACCOUNT + ":assumed-role/pod/pod");
                assertThat(provider.resolveCredentials().accessKeyId()).isNotEqualTo(first.accessKeyId());
                refusesWhatHasExpired(server, first);
            }
        }
    }

    /** Good for five minutes, so that a refresh with the old one fails. */
    private static String aToken(StsClient sts) {
        return sts.getWebIdentityToken(r -> r.audience("partner").signingAlgorithm("RS256"))
                .webIdentityToken();
    }
}
