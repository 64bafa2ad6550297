package io.pileus.it.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pileus.it.CommandLine;
import io.pileus.server.Pileus;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The calls by which the Terraform provider for AWS creates and reads its resources, replayed with boto3. The provider stops, or
 * plans changes for ever, when one of the fields is missing or an error has another code.
 */
@Timeout(180)
class TerraformReadsTest {

    @Test
    void everyFieldThatTheProviderReadsIsThere() throws Exception {
        assumeTrue(CommandLine.has("python3", "-c", "import boto3"), "boto3 is not installed");
        Path script = Path.of(
                TerraformReadsTest.class.getResource("/terraform/reads.py").toURI());
        try (Pileus pileus = Pileus.builder().port(0).start()) {
            CommandLine.Outcome outcome = CommandLine.run(
                    Map.of(), "python3", script.toString(), pileus.endpoint().toString());

            assertThat(outcome.output()).isEqualTo("all reads are as the provider needs them\n");
            assertThat(outcome.exitCode()).isZero();
        }
    }
}
