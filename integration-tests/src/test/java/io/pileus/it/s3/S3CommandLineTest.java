package io.pileus.it.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pileus.it.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The AWS CLI and boto3, where the machine has them. */
class S3CommandLineTest {
    private final S3Server server = S3Server.start();

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        server.close();
    }

    private String aws(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("aws", "--endpoint-url", server.pileus.endpoint().toString(), "--output", "text"));
        command.addAll(List.of(arguments));
        CommandLine.Outcome outcome = CommandLine.run(Map.of(), command.toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return outcome.output().trim();
    }

    @Test
    void filesAreCopiedSyncedAndRemoved() throws IOException {
        assumeTrue(CommandLine.has("aws", "--version"), "the AWS CLI is not installed");
        byte[] large = S3Server.bytes(18 << 20);
        Path local = Files.createDirectories(directory.resolve("local/deep"));
        Files.write(directory.resolve("local/large.bin"), large);
        Files.writeString(local.resolve("a b.txt"), "a");

        aws("s3", "mb", "s3://things");
        aws("s3", "sync", directory.resolve("local").toString(), "s3://things/copy");
        assertThat(aws("s3", "ls", "s3://things/copy/", "--recursive")).contains("copy/deep/a b.txt", "copy/large.bin");
        aws("s3", "cp", "s3://things/copy/large.bin", "s3://things/again.bin");
        aws("s3", "cp", "s3://things/again.bin", directory.resolve("back.bin").toString());
        assertThat(Files.readAllBytes(directory.resolve("back.bin"))).isEqualTo(large);
        aws("s3", "rm", "s3://things", "--recursive");
        aws("s3", "rb", "s3://things");
    }

    @Test
    void theApiCommandsUploadInParts() throws IOException {
        assumeTrue(CommandLine.has("aws", "--version"), "the AWS CLI is not installed");
        Path part = Files.write(directory.resolve("part"), S3Server.bytes(5 << 20));
        aws("s3api", "create-bucket", "--bucket", "things");
        String id = aws("s3api", "create-multipart-upload", "--bucket", "things", "--key", "k", "--query", "UploadId");
        String eTag = aws(
                "s3api",
                "upload-part",
                "--bucket",
                "things",
                "--key",
                "k",
                "--upload-id",
                id,
                "--part-number",
                "1",
                "--body",
                part.toString(),
                "--query",
                "ETag");
        assertThat(aws("s3api", "list-multipart-uploads", "--bucket", "things", "--query", "Uploads[0].UploadId"))
                .isEqualTo(id);
        aws(
                "s3api",
                "complete-multipart-upload",
                "--bucket",
                "things",
                "--key",
                "k",
                "--upload-id",
                id,
                "--multipart-upload",
                "Parts=[{PartNumber=1,ETag=" + eTag.replace("\"", "") + "}]");
        assertThat(aws("s3api", "head-object", "--bucket", "things", "--key", "k", "--query", "ContentLength"))
                .isEqualTo(Integer.toString(5 << 20));
    }

    @Test
    void botoTransfersPostsAndFollowsRedirects() throws IOException {
        assumeTrue(CommandLine.has("python3", "-c", "import boto3, requests"), "boto3 is not installed");
        String script = """
                import boto3, io, os, requests, sys
                s3 = boto3.client('s3', endpoint_url=sys.argv[1])
                s3.create_bucket(Bucket='things')
                body = os.urandom(20 << 20)
                s3.upload_fileobj(io.BytesIO(body), 'things', 'large', ExtraArgs={'Metadata': {'a': 'b'}})
                head = s3.head_object(Bucket='things', Key='large')
                assert head['ETag'].endswith('-3"') and head['Metadata'] == {'a': 'b'}, head
                back = io.BytesIO()
                s3.download_fileobj('things', 'large', back)
                assert back.getvalue() == body
                s3.copy({'Bucket': 'things', 'Key': 'large'}, 'things', 'again')
                assert s3.head_object(Bucket='things', Key='again')['ContentLength'] == len(body)
                s3.create_bucket(Bucket='far', CreateBucketConfiguration={'LocationConstraint': 'eu-west-1'})
                s3.put_object(Bucket='far', Key='k', Body=b'x')
                assert s3.list_objects_v2(Bucket='far')['KeyCount'] == 1
                form = s3.generate_presigned_post('things', 'form/${filename}', Conditions=[['content-length-range', 1, 9]])
                sent = requests.post(form['url'], data=form['fields'], files={'file': ('f.txt', b'posted')})
                assert sent.status_code == 204, sent.text
                assert s3.get_object(Bucket='things', Key='form/f.txt')['Body'].read() == b'posted'
                sent = requests.post(form['url'], data=form['fields'], files={'file': ('f.txt', b'too much!!')})
                assert sent.status_code == 400 and '<Code>EntityTooLarge</Code>' in sent.text, sent.text
                key = '1' * 32
                s3.put_object(Bucket='things', Key='sse', Body=b'x', SSECustomerAlgorithm='AES256', SSECustomerKey=key)
                try:
                    s3.get_object(Bucket='things', Key='sse', SSECustomerAlgorithm='AES256', SSECustomerKey='2' * 32)
                    assert False
                except s3.exceptions.ClientError as e:
                    assert e.response['Error']['Code'] == 'AccessDenied', e.response
                assert [b['Name'] for b in s3.list_buckets()['Buckets']] == ['far', 'things']
                print('all well')
                """;
        CommandLine.Outcome outcome = CommandLine.run(
                Map.of(), "python3", "-c", script, server.pileus.endpoint().toString());
        assertThat(outcome.output()).contains("all well");
    }
}
