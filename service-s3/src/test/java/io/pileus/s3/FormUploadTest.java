package io.pileus.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.http.Payload;
import io.pileus.s3.model.PostObjectOutput;
import io.pileus.s3.model.PostObjectRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormUploadTest {
    private final S3Fixture s3 = new S3Fixture();
    private final Map<String, String> fields = new LinkedHashMap<>();

    private PostObjectOutput post(String file) {
        StringBuilder form = new StringBuilder();
        fields.forEach((name, value) -> form.append(
                "--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n"));
        form.append("--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"C:\\dir\\photo.jpg\"\r\n"
                + "Content-Type: image/jpeg\r\n\r\n" + file
                + "\r\n--edge\r\nContent-Disposition: form-data; name=\"submit\"\r\n\r\nUpload\r\n--edge--\r\n");
        return s3.s3.postObject(
                PostObjectRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .contentType("multipart/form-data; boundary=edge")
                        .body(Payload.ofUtf8(form.toString()))
                        .build(),
                s3.call());
    }

    private void policy(String json) {
        fields.put("policy", Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aFormsFileBecomesAnObject() {
        fields.put("key", "user/${filename}");
        fields.put("Content-Type", "image/jpeg");
        fields.put("x-amz-meta-Colour", "red");
        assertThat(post("\r\n--edg almost the end").statusCode()).isEqualTo(204);
        var got = s3.get("user/photo.jpg");
        assertThat(new String(got.body().bytes(), StandardCharsets.UTF_8)).isEqualTo("\r\n--edg almost the end");
        assertThat(got.contentType()).isEqualTo("image/jpeg");
        assertThat(got.metadata()).containsEntry("colour", "red");
    }

    @Test
    void theAnswerIsWhatTheFormAskedFor() {
        fields.put("key", "a");
        fields.put("success_action_status", "201");
        PostObjectOutput created = post("x");
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(new String(created.body().bytes(), StandardCharsets.UTF_8))
                .contains("<PostResponse>", "<Bucket>things</Bucket><Key>a</Key>");
        fields.put("success_action_redirect", "http://example.com/done?x=1");
        PostObjectOutput redirected = post("x");
        assertThat(redirected.statusCode()).isEqualTo(303);
        assertThat(redirected.location())
                .isEqualTo(
                        "http://example.com/done?x=1&bucket=things&key=a&etag=%229dd4e461268c8034f5c8564e155c67a6%22");
    }

    @Test
    void aPolicyHoldsTheFormToItsWord() {
        fields.put("key", "user/1");
        policy("""
                {"expiration": "2026-01-01T01:00:00Z", "conditions": [
                  {"bucket": "things"}, ["starts-with", "$key", "user/"], ["content-length-range", 1, 3]]}
                """);
        assertThat(post("abc").statusCode()).isEqualTo(204);
        S3Fixture.refuses(() -> post("abcd"), "EntityTooLarge", 400);
        S3Fixture.refuses(() -> post(""), "EntityTooSmall", 400);
        fields.put("acl", "private");
        S3Fixture.refuses(() -> post("abc"), "AccessDenied", 403);
        fields.remove("acl");
        fields.put("key", "other/1");
        S3Fixture.refuses(() -> post("abc"), "AccessDenied", 403);
        fields.put("key", "user/1");
        s3.env.advance(Duration.ofHours(1));
        S3Fixture.refuses(() -> post("abc"), "AccessDenied", 403);
    }

    @Test
    void brokenFormsAreRefused() {
        S3Fixture.refuses(() -> post("x"), "InvalidArgument", 400);
        fields.put("key", "a");
        policy("{\"expiration\": 1");
        S3Fixture.refuses(() -> post("x"), "InvalidPolicyDocument", 400);
        S3Fixture.refuses(() -> raw("multipart/form-data; boundary=edge", "nonsense"), "MalformedPOSTRequest", 400);
        S3Fixture.refuses(() -> raw("text/plain", "x"), "PreconditionFailed", 412);
        S3Fixture.refuses(
                () -> raw(
                        "multipart/form-data; boundary=edge",
                        "--edge\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\na\r\n--edge--\r\n"),
                "InvalidArgument",
                400);
    }

    private void raw(String type, String body) {
        s3.s3.postObject(
                PostObjectRequest.builder()
                        .bucket(S3Fixture.BUCKET)
                        .contentType(type)
                        .body(Payload.ofUtf8(body))
                        .build(),
                s3.call());
    }
}
