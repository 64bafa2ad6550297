package io.pileus.it.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pileus.server.Pileus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code aws kms} against the server, where the machine has the AWS CLI. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KmsCommandLineTest {
    private Pileus pileus;

    private Path folder;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        assumeTrue(run(List.of("aws", "--version")).startsWith("0:"), "no AWS CLI here");
        pileus = Pileus.builder().port(0).start();
    }

    @AfterAll
    void stop() {
        if (pileus != null) {
            pileus.close();
        }
    }

    /** What {@code aws kms} printed; it must have succeeded. */
    private String kms(String... arguments) throws Exception {
        String result = tryKms(arguments);
        assertThat(result).startsWith("0:");
        return result.substring(2).strip();
    }

    /** The exit code, a colon, and what was printed. */
    private String tryKms(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("aws", "--endpoint-url", pileus.endpoint().toString(), "kms"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--output", "text"));
        return run(command);
    }

    private String run(List<String> command) throws Exception {
        Path output = folder.resolve("output.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "AWS_ACCESS_KEY_ID", "test",
                        "AWS_SECRET_ACCESS_KEY", "test",
                        "AWS_DEFAULT_REGION", "us-east-1",
                        "AWS_PAGER", ""));
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return "-1:" + e.getMessage();
        }
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the program did not end: " + String.join(" ", command));
        }
        return process.exitValue() + ":" + Files.readString(output, StandardCharsets.UTF_8);
    }

    @Test
    void keysAreMadeUsedAndListed() throws Exception {
        String key = kms("create-key", "--description", "cli", "--query", "KeyMetadata.KeyId");
        kms("create-alias", "--alias-name", "alias/cli", "--target-key-id", key);
        Path plaintext = Files.writeString(folder.resolve("plaintext"), "hello");
        String ciphertext = kms(
                "encrypt",
                "--key-id",
                "alias/cli",
                "--plaintext",
                "fileb://" + plaintext,
                "--encryption-context",
                "a=1",
                "--query",
                "CiphertextBlob");
        Path blob = Files.write(
                folder.resolve("ciphertext"), java.util.Base64.getDecoder().decode(ciphertext));
        assertThat(kms(
                        "decrypt",
                        "--ciphertext-blob",
                        "fileb://" + blob,
                        "--encryption-context",
                        "a=1",
                        "--query",
                        "Plaintext"))
                .isEqualTo("aGVsbG8=");
        assertThat(tryKms("decrypt", "--ciphertext-blob", "fileb://" + blob))
                .contains("(InvalidCiphertextException) when calling the Decrypt operation");
        assertThat(kms("list-aliases", "--query", "Aliases[].AliasName")).contains("alias/cli");
        kms("disable-key", "--key-id", key);
        assertThat(kms("describe-key", "--key-id", key, "--query", "KeyMetadata.KeyState"))
                .isEqualTo("Disabled");
        assertThat(tryKms("describe-key", "--key-id", "nonsense"))
                .contains("(NotFoundException) when calling the DescribeKey operation: Invalid keyId 'nonsense'");
    }
}
