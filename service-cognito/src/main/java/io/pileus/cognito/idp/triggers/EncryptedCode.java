package io.pileus.cognito.idp.triggers;

import io.pileus.cognito.idp.model.InvalidParameterException;
import io.pileus.cognito.idp.state.UserPool;
import io.pileus.core.port.KeyService;
import io.pileus.core.service.ServiceEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A code as custom senders receive it: a message of the AWS Encryption SDK (format version 1, algorithm suite
 * 0x0178: AES-256-GCM with a key derived by HKDF-SHA-256, one frame), under a data key of the pool's KMS key.
 *
 * @see <a href="https://docs.aws.amazon.com/encryption-sdk/latest/developer-guide/message-format.html">AWS Encryption SDK
 *     message format</a>
 */
public final class EncryptedCode {
    private static final int SUITE = 0x0178;
    private static final int FRAME_LENGTH = 4096;
    private static final int TAG_BITS = 128;

    private EncryptedCode() {}

    /** The code encrypted for the pool's senders, in base64. */
    public static String of(UserPool pool, String code, ServiceEnvironment env, SecureRandom random) {
        String keyId = pool.settings().lambdaConfig().kmsKeyID();
        KeyService keys = env.ports()
                .find(KeyService.class)
                .orElseThrow(() -> InvalidParameterException.of(
                        "The KMS key of the custom sender cannot be used: KMS is not available."));
        Map<String, String> context = new TreeMap<>(Map.of("userpool-id", pool.id()));
        if (keyId == null) {
            throw InvalidParameterException.of("KMSKeyID is required for custom senders.");
        }
        return switch (keys.generateDataKey(pool.account(), pool.region(), keyId, context)) {
            case KeyService.Done key ->
                Base64.getEncoder()
                        .encodeToString(message(key, context, code.getBytes(StandardCharsets.UTF_8), random));
            case KeyService.Refused refused ->
                throw InvalidParameterException.of(
                        "The KMS key of the custom sender cannot be used: " + refused.code());
        };
    }

    private static byte[] message(
            KeyService.Done key, Map<String, String> context, byte[] plaintext, SecureRandom random) {
        byte[] messageId = new byte[16];
        random.nextBytes(messageId);
        byte[] header = header(messageId, key, context);
        byte[] dataKey = derive(key.plaintext().bytes(), messageId);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header);
        byte[] headerIv = new byte[12];
        out.writeBytes(headerIv);
        out.writeBytes(gcm(dataKey, headerIv, header, new byte[0]));
        ByteBuffer iv = ByteBuffer.allocate(12).position(8).putInt(1);
        byte[] aad = ByteBuffer.allocate(16 + "AWSKMSEncryptionClient Final Frame".length() + 12)
                .put(messageId)
                .put("AWSKMSEncryptionClient Final Frame".getBytes(StandardCharsets.US_ASCII))
                .putInt(1)
                .putLong(plaintext.length)
                .array();
        out.writeBytes(ByteBuffer.allocate(8).putInt(0xFFFFFFFF).putInt(1).array());
        out.writeBytes(iv.array());
        out.writeBytes(ByteBuffer.allocate(4).putInt(plaintext.length).array());
        out.writeBytes(gcm(dataKey, iv.array(), aad, plaintext));
        return out.toByteArray();
    }

    private static byte[] header(byte[] messageId, KeyService.Done key, Map<String, String> context) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(1);
            out.writeByte(0x80);
            out.writeShort(SUITE);
            out.write(messageId);
            byte[] aad = aad(context);
            out.writeShort(aad.length);
            out.write(aad);
            out.writeShort(1);
            field(out, "aws-kms".getBytes(StandardCharsets.UTF_8));
            field(out, key.keyArn().getBytes(StandardCharsets.UTF_8));
            field(out, key.ciphertext().bytes());
            out.writeByte(2);
            out.writeInt(0);
            out.writeByte(12);
            out.writeInt(FRAME_LENGTH);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] aad(Map<String, String> context) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(context.size());
        for (Map.Entry<String, String> entry : context.entrySet()) {
            field(out, entry.getKey().getBytes(StandardCharsets.UTF_8));
            field(out, entry.getValue().getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static void field(DataOutputStream out, byte[] value) throws IOException {
        out.writeShort(value.length);
        out.write(value);
    }

    private static byte[] derive(byte[] dataKey, byte[] messageId) {
        byte[] pseudoRandomKey = hmac(new byte[32], dataKey);
        byte[] info = ByteBuffer.allocate(19)
                .putShort((short) SUITE)
                .put(messageId)
                .put((byte) 1)
                .array();
        return hmac(pseudoRandomKey, info);
    }

    private static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] gcm(byte[] key, byte[] iv, byte[] aad, byte[] plaintext) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, iv));
            cipher.updateAAD(aad);
            return cipher.doFinal(plaintext);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
