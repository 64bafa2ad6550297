package io.pileus.cognito.idp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import io.pileus.cognito.idp.crypto.Digests;
import io.pileus.core.shape.JsonTrees;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** An authenticator in software: one passkey on P-256, no attestation, as WebAuthn lays its messages out. */
final class SoftAuthenticator {
    private static final byte[] CREDENTIAL_ID = "credential-0001".getBytes();
    private final KeyPair key;
    private final String origin;
    private int counter;

    SoftAuthenticator(String origin) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        this.key = generator.generateKeyPair();
        this.origin = origin;
    }

    /** What {@code navigator.credentials.create} answers to the options. */
    JsonNode create(JsonNode options) throws Exception {
        byte[] clientData =
                clientData("webauthn.create", options.get("challenge").asText());
        byte[] authData = authData(options.at("/rp/id").asText(), (byte) 0x45, credentialData());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CBORGenerator cbor = new CBORFactory().createGenerator(out)) {
            cbor.writeStartObject(3);
            cbor.writeStringField("fmt", "none");
            cbor.writeFieldName("attStmt");
            cbor.writeStartObject(0);
            cbor.writeEndObject();
            cbor.writeBinaryField("authData", authData);
            cbor.writeEndObject();
        }
        ObjectNode credential = credential();
        ObjectNode response = credential.putObject("response");
        response.put("clientDataJSON", base64(clientData)).put("attestationObject", base64(out.toByteArray()));
        response.putArray("transports").add("internal");
        return credential;
    }

    /** What {@code navigator.credentials.get} answers to the options. */
    JsonNode get(JsonNode options) throws Exception {
        byte[] clientData = clientData("webauthn.get", options.get("challenge").asText());
        byte[] authData = authData(options.get("rpId").asText(), (byte) 0x05, new byte[0]);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key.getPrivate());
        signature.update(authData);
        signature.update(Digests.sha256(clientData));
        ObjectNode credential = credential();
        credential
                .putObject("response")
                .put("clientDataJSON", base64(clientData))
                .put("authenticatorData", base64(authData))
                .put("signature", base64(signature.sign()));
        return credential;
    }

    private static ObjectNode credential() {
        ObjectNode credential = JsonTrees.mapper().createObjectNode();
        credential.put("id", base64(CREDENTIAL_ID)).put("rawId", base64(CREDENTIAL_ID));
        credential.put("type", "public-key").put("authenticatorAttachment", "platform");
        credential.putObject("clientExtensionResults");
        return credential;
    }

    private byte[] clientData(String type, String challenge) {
        return Digests.utf8("{\"type\":\"" + type + "\",\"challenge\":\"" + challenge + "\",\"origin\":\"" + origin
                + "\",\"crossOrigin\":false}");
    }

    private byte[] authData(String relyingParty, byte flags, byte[] more) {
        return ByteBuffer.allocate(37 + more.length)
                .put(Digests.sha256(Digests.utf8(relyingParty)))
                .put(flags)
                .putInt(++counter)
                .put(more)
                .array();
    }

    private byte[] credentialData() throws Exception {
        ECPublicKey point = (ECPublicKey) key.getPublic();
        ByteArrayOutputStream cose = new ByteArrayOutputStream();
        try (CBORGenerator cbor = new CBORFactory().createGenerator(cose)) {
            cbor.writeStartObject(5);
            cbor.writeFieldId(1);
            cbor.writeNumber(2);
            cbor.writeFieldId(3);
            cbor.writeNumber(-7);
            cbor.writeFieldId(-1);
            cbor.writeNumber(1);
            cbor.writeFieldId(-2);
            cbor.writeBinary(coordinate(point.getW().getAffineX()));
            cbor.writeFieldId(-3);
            cbor.writeBinary(coordinate(point.getW().getAffineY()));
            cbor.writeEndObject();
        }
        return ByteBuffer.allocate(18 + CREDENTIAL_ID.length + cose.size())
                .put(new byte[16])
                .putShort((short) CREDENTIAL_ID.length)
                .put(CREDENTIAL_ID)
                .put(cose.toByteArray())
                .array();
    }

    private static byte[] coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
        return fixed;
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
