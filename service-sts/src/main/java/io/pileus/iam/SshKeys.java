package io.pileus.iam;

import io.pileus.iam.model.InvalidPublicKeyException;
import io.pileus.iam.model.UnrecognizedPublicKeyEncodingException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * An RSA public key in the two writings that IAM takes: {@code ssh-rsa AAAA…} and PEM.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadSSHPublicKey.html">UploadSSHPublicKey</a>
 */
record SshKeys(RSAPublicKey key) {
    /** IAM takes keys of at least this many bits. */
    private static final int BITS_MIN = 2048;

    private static final String PEM_BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String PEM_END = "-----END PUBLIC KEY-----";

    static SshKeys parse(String text) {
        String body = text.strip();
        RSAPublicKey key;
        if (body.startsWith("ssh-rsa ")) {
            key = fromWire(decode(body.split("\\s+")[1]));
        } else if (body.startsWith(PEM_BEGIN) && body.endsWith(PEM_END)) {
            key = fromDer(decode(body.substring(PEM_BEGIN.length(), body.length() - PEM_END.length())
                    .replaceAll("\\s", "")));
        } else {
            throw UnrecognizedPublicKeyEncodingException.of(
                    "The public key encoding format is unsupported or unrecognized.");
        }
        if (key.getModulus().bitLength() < BITS_MIN) {
            throw invalid();
        }
        return new SshKeys(key);
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
    }

    private static RSAPublicKey fromWire(byte[] wire) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(wire);
            if (!new String(field(buffer), StandardCharsets.US_ASCII).equals("ssh-rsa")) {
                throw invalid();
            }
            BigInteger exponent = new BigInteger(field(buffer));
            BigInteger modulus = new BigInteger(field(buffer));
            if (buffer.hasRemaining()) {
                throw invalid();
            }
            return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
        } catch (BufferUnderflowException | NumberFormatException | GeneralSecurityException e) {
            throw invalid();
        }
    }

    private static byte[] field(ByteBuffer buffer) {
        int length = buffer.getInt();
        if (length < 0 || length > buffer.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }

    private static RSAPublicKey fromDer(byte[] der) {
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw invalid();
        }
    }

    private static InvalidPublicKeyException invalid() {
        return InvalidPublicKeyException.of("The public key is malformed or otherwise invalid.");
    }

    private byte[] wire() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (byte[] field : new byte[][] {
                "ssh-rsa".getBytes(StandardCharsets.US_ASCII),
                key.getPublicExponent().toByteArray(),
                key.getModulus().toByteArray()
            }) {
                out.writeInt(field.length);
                out.write(field);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    String ssh() {
        return "ssh-rsa " + Base64.getEncoder().encodeToString(wire());
    }

    String pem() {
        return PEM_BEGIN
                + "\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n"
                + PEM_END
                + "\n";
    }

    /** MD5 of SSH's wire format, as {@code ssh-keygen -E md5 -l} shows it. */
    String fingerprint() {
        try {
            return HexFormat.ofDelimiter(":")
                    .formatHex(MessageDigest.getInstance("MD5").digest(wire()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
