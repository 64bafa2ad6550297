package io.pileus.lambda.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.lambda.LambdaFixture;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A Java virtual machine that ends without closing its server takes the functions' processes along. */
class ShutdownTest {

    /** Runs a function, says its process and its folder, and ends without a word to the service. */
    public static final class Forgetful {
        private Forgetful() {}

        public static void main(String[] arguments) {
            LambdaFixture lambda = new LambdaFixture();
            lambda.python(
                    "f",
                    "import os\ndef handler(event, context):\n    return str(os.getpid()) + ' ' + os.environ['LAMBDA_RUNTIME_DIR']\n");
            System.out.println(lambda.invoke("f", "{}").payload().utf8().replace("\"", ""));
            System.exit(0);
        }
    }

    @Test
    void processesAndFoldersGoWithTheVirtualMachine() throws Exception {
        Process machine = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Forgetful.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String line;
        try (BufferedReader out = machine.inputReader()) {
            line = out.readLine();
        }

        assertThat(machine.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String[] said = line.split(" ");
        assertThat(ProcessHandle.of(Long.parseLong(said[0])).filter(ProcessHandle::isAlive))
                .isEmpty();
        assertThat(Files.exists(Path.of(said[1]))).isFalse();
    }
}
