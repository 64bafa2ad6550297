package io.pileus.core.dispatch;

import io.pileus.core.http.ChunkSignatures;
import io.pileus.core.http.HttpRequest;
import io.pileus.core.identity.AccountId;
import io.pileus.core.port.FormSigners;
import io.pileus.core.port.Ports;
import io.pileus.core.port.RoleSessions;
import io.pileus.core.service.Operation;
import io.pileus.core.service.Settings;
import io.pileus.core.service.WireProtocol;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies Signature Version 4, in the Authorization header and in pre-signed URLs; only when the user asks for it. The
 * secret of a key that the emulator issued is the issued one; that of any other key is {@code test}, or what
 * {@code PILEUS_SECRET_ACCESS_KEY} says. Judged by the emulator's clock.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Create a
 *     signed AWS API request</a>
 */
final class SignatureCheck {
    private static final Duration SKEW_MAX = Duration.ofMinutes(15);
    private static final Duration PRESIGNED_MAX = Duration.ofDays(7);
    private static final DateTimeFormatter AMZ_DATE = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT);
    private static final HexFormat HEX = HexFormat.of();
    private static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

    /** The parts of a signature. */
    private record Signature(String algorithm, String scope, List<String> signedHeaders, String hex) {}

    private final Ports ports;
    private final String otherSecret;

    SignatureCheck(Ports ports, Settings settings) {
        this.ports = ports;
        this.otherSecret = settings.get("PILEUS_SECRET_ACCESS_KEY", "test");
    }

    /** @throws io.pileus.core.service.AwsException when the request is not signed as it must be */
    void verify(
            HttpRequest request,
            @Nullable Credential credential,
            Operation operation,
            WireProtocol protocol,
            Instant now) {
        if (credential == null) {
            if (operation.unsigned()) {
                return;
            }
            throw FrameErrors.missingAuthenticationToken(protocol);
        }
        if (credential.isVersion2() && protocol == WireProtocol.REST_XML) {
            verifyVersion2(request, credential);
            return;
        }
        Signature signature = credential.presigned() ? fromQuery(request) : fromHeader(request);
        if (signature == null
                || signature.hex().isEmpty()
                || signature.signedHeaders().isEmpty()) {
            throw FrameErrors.incompleteSignature(
                    protocol,
                    "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters.");
        }
        if (!signature.algorithm().equals("AWS4-HMAC-SHA256")) {
            throw FrameErrors.incompleteSignature(
                    protocol,
                    "The emulator does not verify signatures of the algorithm " + signature.algorithm() + ".");
        }
        Instant signedAt = signedAt(request, credential, protocol);
        checkTime(request, credential, protocol, signedAt, now);
        String secret = secretOf(credential, protocol);
        String payload = payloadHash(request, credential, protocol);
        SigningKey key = SigningKey.of(secret, credential, amz(signedAt));
        String expected = key.signRequest(CanonicalRequest.of(request, signature.signedHeaders(), payload, protocol));
        if (!isEqual(expected, signature.hex())) {
            throw FrameErrors.signatureDoesNotMatch(protocol);
        }
        if (protocol == WireProtocol.REST_XML) {
            checkBody(request, payload);
        }
        if (payload.startsWith("STREAMING-AWS4-HMAC-SHA256-PAYLOAD")) {
            checkChunks(request, key, signature.hex(), payload.endsWith("-TRAILER"));
        }
    }

    private void verifyVersion2(HttpRequest request, Credential credential) {
        String header = orEmpty(request.header("authorization"));
        String given = credential.presigned()
                ? orEmpty(QueryString.value(request.query(), "Signature"))
                : header.substring(header.indexOf(':') + 1).trim();
        String expected = SignatureVersion2.sign(request, credential, secretOf(credential, WireProtocol.REST_XML));
        if (!isEqual(expected, given)) {
            throw FrameErrors.signatureDoesNotMatch(WireProtocol.REST_XML);
        }
    }

    /** The policy of a form is signed as it is sent, in base64. */
    void verifyForm(FormSigners.SignedForm form, Credential credential) {
        if (!form.algorithm().equals("AWS4-HMAC-SHA256")) {
            throw FrameErrors.incompleteSignature(
                    WireProtocol.REST_XML,
                    "The emulator does not verify signatures of the algorithm " + form.algorithm() + ".");
        }
        String secret = secretOf(credential, WireProtocol.REST_XML);
        if (!isEqual(SigningKey.of(secret, credential, "").sign(form.policy()), form.signature())) {
            throw FrameErrors.signatureDoesNotMatch(WireProtocol.REST_XML);
        }
    }

    private static boolean isEqual(String expected, String given) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.US_ASCII));
    }

    /** S3 believes what the header says of the body when it checks the signature, and then compares it with the body. */
    private static void checkBody(HttpRequest request, String said) {
        boolean decoded = CanonicalRequest.wasDecoded(request);
        if (decoded || said.equals(UNSIGNED_PAYLOAD) || said.startsWith("STREAMING-")) {
            return;
        }
        if (!hash(request).equalsIgnoreCase(said)) {
            throw FrameErrors.contentSha256Mismatch();
        }
    }

    /** Each chunk signs what it holds and the signature before; after the last one the trailing headers do. */
    private static void checkChunks(HttpRequest request, SigningKey key, String seed, boolean trailers) {
        String chunks = request.header(ChunkSignatures.HEADER);
        if (chunks == null) {
            throw FrameErrors.signatureDoesNotMatch(WireProtocol.REST_XML);
        }
        String[] before = {seed};
        ChunkSignatures.forEach(chunks, (given, sha256) -> {
            if (!isEqual(key.signChunk(before[0], sha256), given)) {
                throw FrameErrors.signatureDoesNotMatch(WireProtocol.REST_XML);
            }
            before[0] = given;
        });
        if (trailers) {
            String given = orEmpty(request.header("x-amz-trailer-signature"));
            String hash = orEmpty(request.header(ChunkSignatures.TRAILERS_HEADER));
            if (!isEqual(key.signTrailers(before[0], hash), given)) {
                throw FrameErrors.signatureDoesNotMatch(WireProtocol.REST_XML);
            }
        }
    }

    private String secretOf(Credential credential, WireProtocol protocol) {
        Optional<RoleSessions> sessions = ports.find(RoleSessions.class);
        Optional<String> issued = sessions.flatMap(s -> s.secretOf(credential.accessKeyId()));
        if (issued.isPresent()) {
            return issued.get();
        }
        boolean looksReal = credential.accessKeyId().length() == 20
                && (credential.accessKeyId().startsWith("AKIA")
                        || credential.accessKeyId().startsWith("ASIA"));
        if (looksReal && !AccountId.isValid(credential.accessKeyId())) {
            throw FrameErrors.invalidClientToken(protocol);
        }
        return otherSecret;
    }

    // ---- reading the signature ----

    private static @Nullable Signature fromHeader(HttpRequest request) {
        String header = request.header("authorization");
        int space = header == null ? -1 : header.indexOf(' ');
        if (header == null || space < 0) {
            return null;
        }
        String scope = "";
        String signed = "";
        String hex = "";
        for (String part : header.substring(space + 1).split(",")) {
            String field = part.trim();
            if (field.startsWith("Credential=")) {
                scope = field.substring(11);
            } else if (field.startsWith("SignedHeaders=")) {
                signed = field.substring(14);
            } else if (field.startsWith("Signature=")) {
                hex = field.substring(10);
            }
        }
        return new Signature(header.substring(0, space), scope, names(signed), hex);
    }

    private static Signature fromQuery(HttpRequest request) {
        return new Signature(
                orEmpty(QueryString.value(request.query(), "X-Amz-Algorithm")),
                orEmpty(QueryString.value(request.query(), "X-Amz-Credential")),
                names(orEmpty(QueryString.value(request.query(), "X-Amz-SignedHeaders"))),
                orEmpty(QueryString.value(request.query(), "X-Amz-Signature")));
    }

    private static List<String> names(String list) {
        return list.isEmpty()
                ? List.of()
                : List.of(list.toLowerCase(Locale.ROOT).split(";"));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    // ---- time ----

    private static Instant signedAt(HttpRequest request, Credential credential, WireProtocol protocol) {
        String text = credential.presigned()
                ? QueryString.value(request.query(), "X-Amz-Date")
                : request.header("x-amz-date");
        try {
            if (text == null) {
                String date = request.header("date");
                if (date != null) {
                    return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
                }
            } else if (text.startsWith(credential.date())) {
                return LocalDateTime.parse(text, AMZ_DATE).toInstant(ZoneOffset.UTC);
            }
        } catch (DateTimeParseException e) {
            // falls through: the date is not one
        }
        throw FrameErrors.incompleteSignature(
                protocol, "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
    }

    private static void checkTime(
            HttpRequest request, Credential credential, WireProtocol protocol, Instant signedAt, Instant now) {
        if (signedAt.isAfter(now.plus(SKEW_MAX))) {
            throw FrameErrors.signatureOutOfTime(
                    protocol,
                    "Signature not yet current: " + amz(signedAt) + " is still later than " + amz(now.plus(SKEW_MAX))
                            + " (" + amz(now) + " + 15 min.)");
        }
        if (credential.presigned()) {
            Duration validFor;
            try {
                validFor = Duration.ofSeconds(
                        Long.parseLong(orEmpty(QueryString.value(request.query(), "X-Amz-Expires"))));
            } catch (NumberFormatException e) {
                validFor = SKEW_MAX;
            }
            if (validFor.isNegative()
                    || validFor.compareTo(PRESIGNED_MAX) > 0
                    || now.isAfter(signedAt.plus(validFor))) {
                throw FrameErrors.presignedUrlExpired(protocol);
            }
        } else if (signedAt.isBefore(now.minus(SKEW_MAX))) {
            throw FrameErrors.signatureOutOfTime(
                    protocol,
                    "Signature expired: " + amz(signedAt) + " is now earlier than " + amz(now.minus(SKEW_MAX)) + " ("
                            + amz(now) + " - 15 min.)");
        }
    }

    private static String amz(Instant instant) {
        return AMZ_DATE.format(instant.atOffset(ZoneOffset.UTC));
    }

    // ---- the body ----

    /**
     * The body's hash, as it really is; unsigned and streamed bodies say so instead, and the hash of a body whose coding was
     * undone is taken from the header, as S3's always is.
     */
    private static String payloadHash(HttpRequest request, Credential credential, WireProtocol protocol) {
        String header = request.header("x-amz-content-sha256");
        if (header == null && credential.presigned() && protocol == WireProtocol.REST_XML) {
            return UNSIGNED_PAYLOAD;
        }
        boolean decoded = CanonicalRequest.wasDecoded(request);
        boolean believed = protocol == WireProtocol.REST_XML;
        if (header != null
                && (decoded || believed || header.equals(UNSIGNED_PAYLOAD) || header.startsWith("STREAMING-"))) {
            return header;
        }
        return hash(request);
    }

    private static String hash(HttpRequest request) {
        MessageDigest digest = sha256();
        try (InputStream in = request.body().open()) {
            byte[] buffer = new byte[8192];
            for (int count; (count = in.read(buffer)) >= 0; ) {
                digest.update(buffer, 0, count);
            }
            return HEX.formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
