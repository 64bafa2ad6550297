package io.pileus.s3;

import io.pileus.core.http.Payload;
import io.pileus.core.identity.Caller;
import io.pileus.core.port.FormSigners;
import io.pileus.core.port.FormSigners.SignedForm;
import io.pileus.core.port.Ports;
import io.pileus.core.service.CallContext;
import io.pileus.s3.model.PostObjectOutput;
import io.pileus.s3.model.PostObjectRequest;
import io.pileus.s3.model.PutObjectOutput;
import io.pileus.s3.model.PutObjectRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Objects from HTML forms. The policy of the form is held to; its signature is checked where signatures are. Who signed it
 * puts the object; an unsigned form acts for the bucket's owner, unless signatures are checked.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html">POST Object</a>
 */
final class FormUploads {
    private static final Pattern TAG = Pattern.compile("<Key>([^<]*)</Key>\\s*<Value>([^<]*)</Value>");

    private final PutOperations puts;
    private final ForeignAccess access;
    private final Ports ports;

    FormUploads(PutOperations puts, ForeignAccess access, Ports ports) {
        this.puts = puts;
        this.access = access;
        this.ports = ports;
    }

    PostObjectOutput postObject(PostObjectRequest in, CallContext call) {
        MultipartForm form = MultipartForm.parse(in.body() == null ? Payload.EMPTY : in.body(), in.contentType());
        Map<String, String> fields = form.fields();
        String keyField = fields.get("key");
        if (keyField == null || keyField.isEmpty()) {
            throw S3Errors.invalidArgument(
                    "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the fields.",
                    "key",
                    "");
        }
        String policy = fields.get("policy");
        if (policy != null) {
            PostPolicy.parse(policy).check(fields, in.bucket(), form.file().size(), call.receivedAt());
        }
        String key = keyField.replace("${filename}", form.fileName());
        CallContext own = inTheNameOfTheSigner(fields, puts.inBucket(in.bucket(), call));
        PutObjectRequest request = request(in.bucket(), key, form);
        access.check("PutObject", request, own);
        if (own.caller() != call.caller()) {
            access.authorize("PutObject", request, own);
        }
        PutObjectOutput put = puts.putObject(request, "ObjectCreated:Post", own);
        return answer(in.bucket(), key, fields, put, call);
    }

    private CallContext inTheNameOfTheSigner(Map<String, String> fields, CallContext call) {
        Optional<FormSigners> signers = ports.find(FormSigners.class);
        boolean checked = signers.isPresent() && signers.get().checksSignatures();
        String policy = fields.get("policy");
        String credential = fields.get("x-amz-credential");
        if (policy == null || credential == null) {
            boolean byHeader = !call.caller().accessKeyId().isEmpty();
            if (checked && !byHeader) {
                throw policy == null ? S3Errors.accessDenied() : missing("X-Amz-Credential");
            }
            return call;
        }
        if (signers.isEmpty()) {
            return call;
        }
        String signature = fields.get("x-amz-signature");
        if (signature == null && checked) {
            throw missing("X-Amz-Signature");
        }
        Caller signer = signers.get()
                .signerOf(new SignedForm(
                        fields.getOrDefault("x-amz-algorithm", ""),
                        credential,
                        policy,
                        signature == null ? "" : signature,
                        Optional.ofNullable(fields.get("x-amz-security-token")),
                        call.receivedAt()));
        return call.by(signer, call.region());
    }

    private static S3Error missing(String field) {
        return S3Errors.invalidArgument(
                "Bucket POST must contain a field named '" + field
                        + "'.  If it is specified, please check the order of the fields.",
                field,
                "");
    }

    private static PutObjectRequest request(String bucket, String key, MultipartForm form) {
        Map<String, String> fields = form.fields();
        Map<String, String> metadata = new HashMap<>();
        fields.forEach((name, value) -> {
            if (name.startsWith("x-amz-meta-")) {
                metadata.put(name.substring("x-amz-meta-".length()), value);
            }
        });
        return PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .body(form.file())
                .acl(fields.get("acl"))
                .cacheControl(fields.get("cache-control"))
                .contentType(fields.get("content-type"))
                .contentDisposition(fields.get("content-disposition"))
                .contentEncoding(fields.get("content-encoding"))
                .expires(fields.get("expires"))
                .metadata(metadata)
                .storageClass(fields.get("x-amz-storage-class"))
                .websiteRedirectLocation(fields.get("x-amz-website-redirect-location"))
                .serverSideEncryption(fields.get("x-amz-server-side-encryption"))
                .ssekmsKeyId(fields.get("x-amz-server-side-encryption-aws-kms-key-id"))
                .ssekmsEncryptionContext(fields.get("x-amz-server-side-encryption-context"))
                .sseCustomerAlgorithm(fields.get("x-amz-server-side-encryption-customer-algorithm"))
                .sseCustomerKey(fields.get("x-amz-server-side-encryption-customer-key"))
                .sseCustomerKeyMD5(fields.get("x-amz-server-side-encryption-customer-key-md5"))
                .checksumCRC32(fields.get("x-amz-checksum-crc32"))
                .checksumCRC32C(fields.get("x-amz-checksum-crc32c"))
                .checksumCRC64NVME(fields.get("x-amz-checksum-crc64nvme"))
                .checksumSHA1(fields.get("x-amz-checksum-sha1"))
                .checksumSHA256(fields.get("x-amz-checksum-sha256"))
                .tagging(tagging(fields.get("tagging")))
                .build();
    }

    /** Tags come as XML in a form. */
    private static @Nullable String tagging(@Nullable String xml) {
        if (xml == null) {
            return null;
        }
        StringBuilder query = new StringBuilder();
        Matcher tag = TAG.matcher(xml);
        while (tag.find()) {
            query.append(query.isEmpty() ? "" : "&")
                    .append(URLEncoder.encode(tag.group(1), StandardCharsets.UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(tag.group(2), StandardCharsets.UTF_8));
        }
        return query.toString();
    }

    private static PostObjectOutput answer(
            String bucket, String key, Map<String, String> fields, PutObjectOutput put, CallContext call) {
        String location = call.endpoint() + "/" + bucket + "/"
                + URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
        PostObjectOutput.Builder out = PostObjectOutput.builder()
                .eTag(put.eTag())
                .versionId(put.versionId())
                .serverSideEncryption(put.serverSideEncryption())
                .body(Payload.EMPTY);
        String redirect = fields.getOrDefault("success_action_redirect", fields.get("redirect"));
        if (redirect != null && (redirect.startsWith("http://") || redirect.startsWith("https://"))) {
            String query = "bucket=" + bucket + "&key=" + URLEncoder.encode(key, StandardCharsets.UTF_8) + "&etag="
                    + URLEncoder.encode(String.valueOf(put.eTag()), StandardCharsets.UTF_8);
            return out.statusCode(303)
                    .location(redirect + (redirect.contains("?") ? "&" : "?") + query)
                    .build();
        }
        out.location(location);
        return switch (fields.getOrDefault("success_action_status", "204")) {
            case "200" -> out.statusCode(200).build();
            case "201" ->
                out.statusCode(201)
                        .contentType("application/xml")
                        .body(Payload.ofUtf8("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PostResponse><Location>"
                                + escaped(location) + "</Location><Bucket>" + bucket + "</Bucket><Key>"
                                + escaped(key) + "</Key><ETag>" + put.eTag() + "</ETag></PostResponse>"))
                        .build();
            default -> out.statusCode(204).build();
        };
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
