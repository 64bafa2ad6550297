package io.pileus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pileus.core.time.EmulatedTime;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {

    private static Options options(Map<String, String> environment, String... arguments) {
        return Options.parse(arguments, environment);
    }

    @Test
    void withoutAnythingItListensOnThisMachineOnly() {
        Options options = options(Map.of());

        assertThat(options.addresses()).containsExactly(new InetSocketAddress("127.0.0.1", 4566));
        assertThat(options.services()).isEmpty();
        assertThat(options.region()).isEqualTo("us-east-1");
        assertThat(options.logLevel()).isEqualTo("info");
        assertThat(options.clock()).isEqualTo(ClockSetting.REAL);
        assertThat(options.notes()).isEmpty();
    }

    @Test
    void aDirectoryForTheStateMeansThatItIsKept() throws Exception {
        assertThat(options(Map.of(), "--data-dir", "/b").settings())
                .containsEntry("DATA_DIR", "/b")
                .containsEntry("PERSISTENCE", "1");
    }

    @Test
    void stateIsKeptInADirectoryWhenItIsAskedFor() {
        assertThat(options(Map.of("PERSIST_STATE", "1")).settings()).containsEntry("PERSISTENCE", "1");
        assertThat(options(Map.of("DATA_DIR", "/a"), "--persistence", "--data-dir", "/b")
                        .settings())
                .containsEntry("PERSISTENCE", "1")
                .containsEntry("DATA_DIR", "/b");
    }

    @Test
    void theCommandLineWinsOverTheEnvironment() {
        Options options = options(
                Map.of("GATEWAY_LISTEN", "0.0.0.0:4566", "SERVICES", "s3", "DEFAULT_REGION", "eu-west-1", "DEBUG", "1"),
                "--port=0",
                "--services",
                "sqs, sns",
                "--region",
                "eu-west-2",
                "--log-level",
                "warn",
                "--clock",
                "manual:2026-01-01T00:00:00Z",
                "--strict",
                "--verify-signatures");

        assertThat(options.addresses()).containsExactly(new InetSocketAddress("127.0.0.1", 0));
        assertThat(options.services()).containsExactly("sqs", "sns");
        assertThat(options.region()).isEqualTo("eu-west-2");
        assertThat(options.logLevel()).isEqualTo("warn");
        assertThat(options.clock().mode()).isEqualTo(EmulatedTime.Mode.MANUAL);
        assertThat(options.clock().start()).contains(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(options.strict()).isTrue();
        assertThat(options.verifySignatures()).isTrue();
    }

    @Test
    void identityIsSetOnTheCommandLineToo() {
        assertThat(options(Map.of("LENIENT_ROLES", "1"), "--enforce-iam", "--no-lenient-roles")
                        .settings())
                .containsEntry("ENFORCE_IAM", "1")
                .containsEntry("LENIENT_ROLES", "0");
    }

    @Test
    void gatewayListenNamesSeveralAddresses() {
        assertThat(options(Map.of("GATEWAY_LISTEN", "0.0.0.0:4566,127.0.0.1:443,:4570"))
                        .addresses())
                .containsExactly(
                        new InetSocketAddress("0.0.0.0", 4566),
                        new InetSocketAddress("127.0.0.1", 443),
                        new InetSocketAddress("0.0.0.0", 4570));
    }

    @Test
    void olderNamesAreMappedAndSaidSo() {
        Options options =
                options(Map.of("EDGE_PORT", "4600", "HOSTNAME_EXTERNAL", "pileus", "LS_LOG", "trace-internal"));

        assertThat(options.addresses()).containsExactly(new InetSocketAddress("127.0.0.1", 4600));
        assertThat(options.settings()).containsEntry("LOCALSTACK_HOST", "pileus");
        assertThat(options.logLevel()).isEqualTo("trace");
        assertThat(options.notes())
                .containsExactlyInAnyOrder(
                        "EDGE_PORT is taken as PORT", "HOSTNAME_EXTERNAL is taken as LOCALSTACK_HOST");
    }

    @Test
    void whatHasNoEffectIsSaidWithoutItsValue() {
        Options options = options(Map.of("LOCALSTACK_AUTH_TOKEN", "ls-secret", "ACTIVATE_PRO", "1"));

        assertThat(options.notes())
                .containsExactlyInAnyOrder(
                        "ACTIVATE_PRO has no effect: there is one edition",
                        "LOCALSTACK_AUTH_TOKEN has no effect: no account is needed")
                .noneMatch(note -> note.contains("ls-secret"));
    }

    @Test
    void aLocalStackPrefixIsTakenOff() {
        Options options =
                options(Map.of("LOCALSTACK_SERVICES", "kms", "LOCALSTACK_4566_TCP", "x", "LOCALSTACK_HOST", "h"));

        assertThat(options.services()).containsExactly("kms");
        assertThat(options.settings()).doesNotContainKeys("4566_TCP", "HOST");
    }

    @Test
    void whatCannotBeUnderstoodIsSaid() {
        assertThatThrownBy(() -> options(Map.of(), "--prot", "1")).hasMessageContaining("--prot");
        assertThatThrownBy(() -> options(Map.of(), "--port", "x")).hasMessageContaining("0 to 65535");
        assertThatThrownBy(() -> options(Map.of(), "--port")).hasMessageContaining("needs a value");
        assertThatThrownBy(() -> options(Map.of(), "--clock", "slow")).hasMessageContaining("'slow'");
        assertThatThrownBy(() -> options(Map.of(), "--clock", "scaled:x")).hasMessageContaining("'scaled:x'");
        assertThatThrownBy(() -> options(Map.of(), "--log-level", "loud")).hasMessageContaining("loud");
    }
}
