package io.pileus.kms.state;

import io.pileus.core.identity.AccountId;
import io.pileus.core.identity.Arn;
import io.pileus.kms.crypto.KeyGenerator;
import io.pileus.kms.crypto.KeyMaterial;
import io.pileus.kms.crypto.SymmetricMaterial;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A ciphertext of a symmetric encryption key, in the emulator's own format (AWS does not publish its own):
 *
 * <pre>
 *   1  magic 0xD5        1  version 1
 *   1  length of the key ARN, and the ARN
 *  32  key material id
 *  12  initialization vector
 *   n  ciphertext and 16-byte tag of AES-256-GCM
 *   4  CRC-32C of all that
 * </pre>
 *
 * <p>Everything before the ciphertext is authenticated with it, together with the encryption context; only the ARN's Region
 * is left out, because a multi-Region key decrypts what its relatives encrypted. The checksum tells a damaged or foreign blob
 * from one of a key that is not here, before any key is looked up.
 */
public record CiphertextBlob(String keyArn, String materialId, byte[] bytes, int ivAt) {
    private static final byte MAGIC = (byte) 0xD5;
    private static final byte VERSION = 1;
    private static final int MATERIAL_ID_BYTES = 32;
    private static final int CHECKSUM_BYTES = 4;

    /** Encrypts. */
    public static byte[] encrypt(
            String keyArn,
            String materialId,
            SymmetricMaterial material,
            KeyGenerator random,
            byte[] plaintext,
            EncryptionContext context) {
        byte[] arn = keyArn.getBytes(StandardCharsets.UTF_8);
        int ivAt = 3 + arn.length + MATERIAL_ID_BYTES;
        int sealedAt = ivAt + SymmetricMaterial.IV_BYTES;
        byte[] blob = new byte[sealedAt + plaintext.length + SymmetricMaterial.TAG_BYTES + CHECKSUM_BYTES];
        blob[0] = MAGIC;
        blob[1] = VERSION;
        blob[2] = (byte) arn.length;
        System.arraycopy(arn, 0, blob, 3, arn.length);
        byte[] id = HexFormat.of().parseHex(materialId);
        System.arraycopy(id, 0, blob, 3 + arn.length, MATERIAL_ID_BYTES);
        random.fill(blob, ivAt, SymmetricMaterial.IV_BYTES);
        material.encrypt(blob, ivAt, associatedData(keyArn, id, context), plaintext, blob, sealedAt);
        ByteBuffer.wrap(blob).putInt(blob.length - CHECKSUM_BYTES, checksum(blob));
        return blob;
    }

    /** The parts of a blob; empty when it is not one of ours, or not whole. */
    public static Optional<CiphertextBlob> parse(byte[] blob) {
        int least = 3 + MATERIAL_ID_BYTES + SymmetricMaterial.IV_BYTES + SymmetricMaterial.TAG_BYTES + CHECKSUM_BYTES;
        if (blob.length < least || blob[0] != MAGIC || blob[1] != VERSION) {
            return Optional.empty();
        }
        int arnLength = blob[2] & 0xff;
        if (blob.length < least + arnLength
                || ByteBuffer.wrap(blob).getInt(blob.length - CHECKSUM_BYTES) != checksum(blob)) {
            return Optional.empty();
        }
        int idAt = 3 + arnLength;
        return Optional.of(new CiphertextBlob(
                new String(blob, 3, arnLength, StandardCharsets.UTF_8),
                HexFormat.of().formatHex(blob, idAt, idAt + MATERIAL_ID_BYTES),
                blob,
                idAt + MATERIAL_ID_BYTES));
    }

    /** The id of the key that made it. */
    public String keyId() {
        return keyArn.substring(keyArn.indexOf('/') + 1);
    }

    /** The account of the key that made it. */
    public Optional<AccountId> account() {
        return Arn.parse(keyArn).map(Arn::account).filter(AccountId::isValid).map(AccountId::new);
    }

    /** Whether this key, or its relative in another Region, made it. */
    public boolean isOf(Key key) {
        return keyArn.equals(key.arn())
                || (keyId().equals(key.id())
                        && account().filter(key.account()::equals).isPresent());
    }

    /** Decrypts under the material that the blob names. */
    public byte[] decrypt(SymmetricMaterial material, EncryptionContext context) throws KeyMaterial.InvalidCiphertext {
        int sealedAt = ivAt + SymmetricMaterial.IV_BYTES;
        return material.decrypt(
                bytes,
                ivAt,
                associatedData(keyArn, Arrays.copyOfRange(bytes, ivAt - MATERIAL_ID_BYTES, ivAt), context),
                bytes,
                sealedAt,
                bytes.length - CHECKSUM_BYTES - sealedAt);
    }

    private static byte[] associatedData(String keyArn, byte[] materialId, EncryptionContext context) {
        ByteArrayOutputStream data = new ByteArrayOutputStream(192);
        data.write(MAGIC);
        data.write(VERSION);
        data.writeBytes(keyArn.substring(keyArn.indexOf('/') + 1).getBytes(StandardCharsets.UTF_8));
        data.writeBytes(materialId);
        context.writeTo(data);
        return data.toByteArray();
    }

    private static int checksum(byte[] blob) {
        CRC32C checksum = new CRC32C();
        checksum.update(blob, 0, blob.length - CHECKSUM_BYTES);
        return (int) checksum.getValue();
    }
}
