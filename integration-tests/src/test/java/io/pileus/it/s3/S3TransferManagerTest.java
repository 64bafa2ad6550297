package io.pileus.it.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.transfer.s3.S3TransferManager;

/** The transfer manager on the Java client, without the native one. */
class S3TransferManagerTest {
    @TempDir
    Path directory;

    @Test
    void aLargeFileGoesUpInPartsAndComesDownWhole() throws IOException {
        byte[] large = S3Server.bytes(25 << 20);
        Path source = Files.write(directory.resolve("source"), large);
        Path target = directory.resolve("target");
        try (S3Server server = S3Server.start();
                S3AsyncClient client = server.asyncClient();
                S3TransferManager transfers =
                        S3TransferManager.builder().s3Client(client).build()) {
            client.createBucket(b -> b.bucket("things")).join();

            String eTag = transfers
                    .uploadFile(u -> u.source(source)
                            .putObjectRequest(p -> p.bucket("things").key("large")))
                    .completionFuture()
                    .join()
                    .response()
                    .eTag();
            transfers
                    .downloadFile(d -> d.destination(target)
                            .getObjectRequest(g -> g.bucket("things").key("large")))
                    .completionFuture()
                    .join();

            assertThat(eTag).matches("\"[0-9a-f]{32}-\\d+\"");
            assertThat(Files.readAllBytes(target)).isEqualTo(large);
        }
    }

    @Test
    void aDirectoryGoesUpAndComesDown() throws IOException {
        Path source = Files.createDirectories(directory.resolve("source/deep"));
        Files.writeString(source.resolve("a.txt"), "a");
        Files.writeString(directory.resolve("source/b.txt"), "b");
        try (S3Server server = S3Server.start();
                S3AsyncClient client = server.asyncClient();
                S3TransferManager transfers =
                        S3TransferManager.builder().s3Client(client).build()) {
            client.createBucket(b -> b.bucket("things")).join();
            assertThat(transfers
                            .uploadDirectory(
                                    u -> u.source(directory.resolve("source")).bucket("things"))
                            .completionFuture()
                            .join()
                            .failedTransfers())
                    .isEmpty();
            transfers
                    .downloadDirectory(
                            d -> d.destination(directory.resolve("target")).bucket("things"))
                    .completionFuture()
                    .join();
            assertThat(directory.resolve("target/deep/a.txt")).hasContent("a");
            assertThat(directory.resolve("target/b.txt")).hasContent("b");
        }
    }
}
