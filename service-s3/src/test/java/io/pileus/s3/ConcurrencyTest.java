package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.http.Payload;
import io.pileus.core.service.AwsException;
import io.pileus.s3.model.CompleteMultipartUploadRequest;
import io.pileus.s3.model.CompletedMultipartUpload;
import io.pileus.s3.model.CompletedPart;
import io.pileus.s3.model.CreateMultipartUploadRequest;
import io.pileus.s3.model.DeleteObjectRequest;
import io.pileus.s3.model.GetObjectRequest;
import io.pileus.s3.model.UploadPartRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcurrencyTest {
    private static final int THREADS = 8;

    @TempDir
    Path directory;

    private static <T> List<T> together(List<Callable<T>> tasks) throws InterruptedException, ExecutionException {
        try (ExecutorService pool = Executors.newFixedThreadPool(THREADS)) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : pool.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        }
    }

    private static boolean succeeds(Runnable what) {
        try {
            what.run();
            return true;
        } catch (AwsException e) {
            assertThat(e.code()).isIn("PreconditionFailed", "NoSuchKey", "OperationAborted", "NoSuchUpload");
            return false;
        }
    }

    @Test
    void ofManyWritesThatMustBeTheFirstOneIs() throws InterruptedException, ExecutionException {
        S3Fixture s3 = new S3Fixture();
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String body = "w" + i;
            writers.add(
                    () -> succeeds(() -> s3.put(S3Fixture.object("lock", body).ifNoneMatch("*"))));
        }
        assertThat(together(writers)).containsOnlyOnce(true);
    }

    @Test
    void compareAndSwapLosesNoUpdate() throws InterruptedException, ExecutionException {
        S3Fixture s3 = new S3Fixture();
        s3.put("counter", "0");
        List<Callable<Integer>> counters = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            counters.add(() -> {
                int done = 0;
                while (done < 25) {
                    var now = s3.get("counter");
                    int value = Integer.parseInt(new String(now.body().bytes()));
                    done += succeeds(() -> s3.put(S3Fixture.object("counter", Integer.toString(value + 1))
                                    .ifMatch(now.eTag())))
                            ? 1
                            : 0;
                }
                return done;
            });
        }
        together(counters);
        assertThat(s3.text("counter")).isEqualTo(Integer.toString(THREADS * 25));
    }

    @Test
    void anObjectThatIsDeletedWhileItIsReadIsReadWhole() throws Exception {
        S3Fixture s3 = new S3Fixture();
        byte[] large = new byte[256 << 10];
        Arrays.fill(large, (byte) 'x');
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int n = i;
            tasks.add(() -> switch (n % 3) {
                case 0 -> succeeds(() -> s3.put(S3Fixture.object("k", "").body(file(large))));
                case 1 ->
                    succeeds(() -> s3.s3.deleteObject(
                            DeleteObjectRequest.builder()
                                    .bucket(S3Fixture.BUCKET)
                                    .key("k")
                                    .build(),
                            s3.call()));
                default -> succeeds(() -> assertThat(s3.get("k").body().bytes()).isEqualTo(large));
            });
        }
        together(tasks);
        // What is held goes on to be readable after the file has gone.
        s3.put(S3Fixture.object("k", "").body(file(large)));
        Payload held = s3.get("k").body();
        s3.s3.deleteObject(
                DeleteObjectRequest.builder().bucket(S3Fixture.BUCKET).key("k").build(), s3.call());
        assertThat(held.bytes()).isEqualTo(large);
        s3.s3.close();
    }

    private Payload file(byte[] bytes) {
        try {
            Path file = Files.write(Files.createTempFile(directory, "body", ""), bytes);
            return new Payload.InFile(file, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anUploadCompletedManyTimesAtOnceMakesOneVersion() throws InterruptedException, ExecutionException {
        S3Fixture s3 = new S3Fixture().versioned();
        String id = s3.s3.createMultipartUpload(
                        CreateMultipartUploadRequest.builder()
                                .bucket(S3Fixture.BUCKET)
                                .key("k")
                                .build(),
                        s3.call())
                .uploadId();
        String eTag = s3.s3.uploadPart(
                        UploadPartRequest.builder()
                                .bucket(S3Fixture.BUCKET)
                                .key("k")
                                .uploadId(id)
                                .partNumber(1)
                                .body(Payload.ofUtf8("x"))
                                .build(),
                        s3.call())
                .eTag();
        CompleteMultipartUploadRequest complete = CompleteMultipartUploadRequest.builder()
                .bucket(S3Fixture.BUCKET)
                .key("k")
                .uploadId(id)
                .multipartUpload(CompletedMultipartUpload.builder()
                        .parts(List.of(
                                CompletedPart.builder().partNumber(1).eTag(eTag).build()))
                        .build())
                .build();
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            tasks.add(() -> succeeds(() -> s3.s3.completeMultipartUpload(complete, s3.call())));
        }
        assertThat(together(tasks)).contains(true);
        String version = s3.get("k").versionId();
        s3.s3.deleteObject(
                DeleteObjectRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .key("k")
                        .versionId(version)
                        .build(),
                s3.call());
        S3Fixture.refuses(
                () -> s3.s3.getObject(
                        GetObjectRequest.builder()
                                .bucket(S3Fixture.BUCKET)
                                .key("k")
                                .build(),
                        s3.call()),
                "NoSuchKey",
                404);
    }
}
