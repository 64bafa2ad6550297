package io.pileus.kms;

import static io.pileus.kms.KmsFixture.HELLO;
import static io.pileus.kms.KmsFixture.arn;
import static io.pileus.kms.KmsFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.service.CallContext;
import io.pileus.core.shape.Blob;
import io.pileus.kms.crypto.KeyGenerator;
import io.pileus.kms.crypto.KeyMaterial;
import io.pileus.kms.crypto.KeySpec;
import io.pileus.kms.model.DeleteImportedKeyMaterialRequest;
import io.pileus.kms.model.GetParametersForImportRequest;
import io.pileus.kms.model.GetParametersForImportResponse;
import io.pileus.kms.model.GetPublicKeyRequest;
import io.pileus.kms.model.ImportKeyMaterialRequest;
import io.pileus.kms.model.ListKeyRotationsRequest;
import io.pileus.kms.model.ReplicateKeyRequest;
import io.pileus.kms.model.RotateKeyOnDemandRequest;
import io.pileus.kms.model.RotationsListEntry;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportTest {
    private final KmsFixture fixture = new KmsFixture();
    private final KmsService kms = fixture.kms;
    private final byte[] material = bytes(1);

    @ParameterizedTest
    @CsvSource({
        "SYMMETRIC_DEFAULT, ENCRYPT_DECRYPT, RSAES_OAEP_SHA_1, RSA_2048",
        "SYMMETRIC_DEFAULT, ENCRYPT_DECRYPT, RSAES_OAEP_SHA_256, RSA_2048",
        "HMAC_512, GENERATE_VERIFY_MAC, RSAES_OAEP_SHA_256, RSA_3072",
        "ECC_NIST_P256, SIGN_VERIFY, RSAES_OAEP_SHA_256, RSA_2048",
        "ECC_NIST_P521, SIGN_VERIFY, RSA_AES_KEY_WRAP_SHA_1, RSA_2048",
        "RSA_2048, SIGN_VERIFY, RSA_AES_KEY_WRAP_SHA_256, RSA_2048",
        "RSA_2048, ENCRYPT_DECRYPT, RSA_AES_KEY_WRAP_SHA_256, RSA_2048",
        "SYMMETRIC_DEFAULT, ENCRYPT_DECRYPT, SM2PKE, SM2"
    })
    void everyWrappingBringsTheMaterialIn(String spec, String usage, String algorithm, String wrappingSpec)
            throws Exception {
        String key = fixture.key(k -> k.keySpec(spec).keyUsage(usage).origin("EXTERNAL"))
                .keyId();
        assertThat(fixture.describe(key).keyState()).isEqualTo("PendingImport");
        assertThat(fixture.describe(key).enabled()).isFalse();
        KeyMaterial mine = new KeyGenerator().generate(KeySpec.valueOf(spec));
        GetParametersForImportResponse parameters = parameters(key, algorithm, wrappingSpec);

        kms.importKeyMaterial(
                request(key, parameters, wrap(parameters, algorithm, mine.secret()))
                        .expirationModel("KEY_MATERIAL_DOES_NOT_EXPIRE")
                        .build(),
                fixture.call());

        assertThat(fixture.describe(key).keyState()).isEqualTo("Enabled");
        assertThat(fixture.describe(key).expirationModel()).isEqualTo("KEY_MATERIAL_DOES_NOT_EXPIRE");
        if (mine instanceof KeyMaterial.Pair pair) {
            assertThat(kms.getPublicKey(GetPublicKeyRequest.builder().keyId(key).build(), fixture.call())
                            .publicKey()
                            .bytes())
                    .isEqualTo(pair.publicKey());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RSA_2048, SIGN_VERIFY, RSAES_OAEP_SHA_256, RSA_4096",
        "ECC_NIST_P521, SIGN_VERIFY, RSAES_OAEP_SHA_256, RSA_2048",
        "SYMMETRIC_DEFAULT, ENCRYPT_DECRYPT, RSA_AES_KEY_WRAP_SHA_256, RSA_2048",
        "SYMMETRIC_DEFAULT, ENCRYPT_DECRYPT, SM2PKE, RSA_2048",
        "SYMMETRIC_DEFAULT, ENCRYPT_DECRYPT, RSAES_OAEP_SHA_256, SM2"
    })
    void aWrappingThatDoesNotSuitIsRefused(String spec, String usage, String algorithm, String wrappingSpec) {
        String key = fixture.key(k -> k.keySpec(spec).keyUsage(usage).origin("EXTERNAL"))
                .keyId();
        refused("ValidationException", () -> parameters(key, algorithm, wrappingSpec));
    }

    @Test
    void theOldWrappingIsNoLongerSupported() {
        String key = externalKey();
        refused("UnsupportedOperationException", () -> parameters(key, "RSAES_PKCS1_V1_5", "RSA_2048"));
        String ordinary = fixture.symmetricKey();
        refused(
                "UnsupportedOperationException",
                arn(ordinary) + " origin is AWS_KMS which is not valid for this operation.",
                () -> parameters(ordinary, "SM2PKE", "SM2"));
    }

    @Test
    void materialExpiresOnTheEmulatorsClock() throws Exception {
        String key = externalKey();
        importMaterial(key, material, r -> r.validTo(fixture.env.now().plus(Duration.ofDays(1))));
        Blob ciphertext = fixture.encrypt(key);
        assertThat(fixture.describe(key).validTo()).isEqualTo(fixture.env.now().plus(Duration.ofDays(1)));
        assertThat(fixture.describe(key).expirationModel()).isEqualTo("KEY_MATERIAL_EXPIRES");

        fixture.advance(Duration.ofDays(1));

        assertThat(fixture.describe(key).keyState()).isEqualTo("PendingImport");
        refused("KMSInvalidStateException", arn(key) + " is pending import.", () -> fixture.decrypt(ciphertext));
        refused("IncorrectKeyMaterialException", () -> importMaterial(key, bytes(2), ImportTest::forEver));
        importMaterial(key, material, ImportTest::forEver);
        assertThat(fixture.decrypt(ciphertext)).isEqualTo(HELLO);
    }

    @Test
    void deletedMaterialCanBeImportedAgain() throws Exception {
        String key = externalKey();
        String id = importMaterial(key, material, ImportTest::forEver);
        Blob ciphertext = fixture.encrypt(key);

        var deleted = kms.deleteImportedKeyMaterial(
                DeleteImportedKeyMaterialRequest.builder().keyId(key).build(), fixture.call());

        assertThat(deleted.keyMaterialId()).isEqualTo(id);
        assertThat(fixture.describe(key).keyState()).isEqualTo("PendingImport");
        assertThat(importMaterial(key, material, ImportTest::forEver)).isEqualTo(id);
        assertThat(fixture.decrypt(ciphertext)).isEqualTo(HELLO);
    }

    @Test
    void newMaterialWaitsForARotationOnDemand() throws Exception {
        String key = externalKey();
        String first = importMaterial(key, material, ImportTest::forEver);
        Blob before = fixture.encrypt(key);
        refused("KMSInvalidStateException", () -> rotate(key));

        String second = importMaterial(
                key, bytes(2), r -> forEver(r).importType("NEW_KEY_MATERIAL").keyMaterialDescription("next"));

        assertThat(fixture.describe(key).currentKeyMaterialId()).isEqualTo(first);
        assertThat(materials(key, fixture.call()))
                .extracting(RotationsListEntry::keyMaterialState)
                .containsExactly("CURRENT", "PENDING_ROTATION");
        refused(
                "KMSInvalidStateException",
                () -> importMaterial(key, bytes(3), r -> forEver(r).importType("NEW_KEY_MATERIAL")));
        rotate(key);
        assertThat(fixture.describe(key).currentKeyMaterialId()).isEqualTo(second);
        assertThat(fixture.decrypt(before)).isEqualTo(HELLO);
        assertThat(fixture.decrypt(fixture.encrypt(key))).isEqualTo(HELLO);
        assertThat(materials(key, fixture.call()).getLast().keyMaterialDescription())
                .isEqualTo("next");

        // without any one of its materials the key cannot be used
        kms.deleteImportedKeyMaterial(
                DeleteImportedKeyMaterialRequest.builder()
                        .keyId(key)
                        .keyMaterialId(first)
                        .build(),
                fixture.call());
        refused("KMSInvalidStateException", arn(key) + " is pending import.", () -> fixture.encrypt(key));
        importMaterial(key, material, r -> forEver(r).keyMaterialId(first));
        assertThat(fixture.decrypt(before)).isEqualTo(HELLO);
    }

    @Test
    void aTokenGoesWithItsKeyAndForADay() throws Exception {
        String key = externalKey();
        String other = externalKey();
        var parameters = parameters(key, "RSAES_OAEP_SHA_256", "RSA_2048");
        Blob wrapped = wrap(parameters, "RSAES_OAEP_SHA_256", material);
        assertThat(parameters.parametersValidTo()).isEqualTo(fixture.env.now().plus(Duration.ofHours(24)));

        refused(
                "InvalidImportTokenException",
                () -> kms.importKeyMaterial(
                        forEver(request(other, parameters, wrapped)).build(), fixture.call()));
        refused(
                "InvalidImportTokenException",
                () -> kms.importKeyMaterial(
                        forEver(request(key, parameters, wrapped))
                                .importToken(HELLO)
                                .build(),
                        fixture.call()));
        refused(
                "InvalidCiphertextException",
                () -> kms.importKeyMaterial(
                        forEver(request(key, parameters, Blob.of(new byte[256])))
                                .build(),
                        fixture.call()));
        refused(
                "IncorrectKeyMaterialException",
                () -> kms.importKeyMaterial(
                        forEver(request(key, parameters, wrap(parameters, "RSAES_OAEP_SHA_256", new byte[16])))
                                .build(),
                        fixture.call()));
        fixture.advance(Duration.ofHours(24));
        refused(
                "ExpiredImportTokenException",
                () -> kms.importKeyMaterial(
                        forEver(request(key, parameters, wrapped)).build(), fixture.call()));
    }

    @Test
    void expiryAndItsDateGoTogether() {
        String key = externalKey();
        refused(
                "ValidationException",
                "A validTo date must be set if the ExpirationModel is KEY_MATERIAL_EXPIRES",
                () -> importMaterial(key, material, r -> r));
        refused("ValidationException", () -> importMaterial(key, material, r -> r.validTo(fixture.env.now())));
        refused(
                "ValidationException",
                () -> importMaterial(
                        key, material, r -> r.validTo(fixture.env.now().plus(Duration.ofDays(366)))));
        refused(
                "ValidationException",
                () -> importMaterial(
                        key, material, r -> forEver(r).validTo(fixture.env.now().plus(Duration.ofDays(1)))));
    }

    @Test
    void everyRegionOfAMultiRegionKeyIsGivenTheMaterialItself() throws Exception {
        String key = fixture.key(k -> k.origin("EXTERNAL").multiRegion(true)).keyId();
        importMaterial(key, material, ImportTest::forEver);
        CallContext there = fixture.callIn("eu-west-1");
        kms.replicateKey(
                ReplicateKeyRequest.builder()
                        .keyId(key)
                        .replicaRegion("eu-west-1")
                        .build(),
                fixture.call());
        assertThat(fixture.describe(key, there).keyState()).isEqualTo("PendingImport");
        refused("IncorrectKeyMaterialException", () -> importMaterial(key, bytes(2), ImportTest::forEver, there));
        importMaterial(key, material, ImportTest::forEver, there);
        assertThat(fixture.decrypt(fixture.encrypt(key), java.util.Map.of(), there))
                .isEqualTo(HELLO);

        importMaterial(key, bytes(2), r -> forEver(r).importType("NEW_KEY_MATERIAL"));
        assertThat(materials(key, fixture.call()).getLast().keyMaterialState())
                .isEqualTo("PENDING_MULTI_REGION_IMPORT_AND_ROTATION");
        refused("KMSInvalidStateException", () -> rotate(key));
        importMaterial(key, bytes(2), ImportTest::forEver, there);
        assertThat(materials(key, fixture.call()).getLast().keyMaterialState()).isEqualTo("PENDING_ROTATION");
        rotate(key);
        assertThat(fixture.decrypt(fixture.encrypt(key), java.util.Map.of(), there))
                .isEqualTo(HELLO);
    }

    private String externalKey() {
        return fixture.key(k -> k.origin("EXTERNAL")).keyId();
    }

    private void rotate(String key) {
        kms.rotateKeyOnDemand(RotateKeyOnDemandRequest.builder().keyId(key).build(), fixture.call());
    }

    private List<RotationsListEntry> materials(String key, CallContext call) {
        return kms.listKeyRotations(
                        ListKeyRotationsRequest.builder()
                                .keyId(key)
                                .includeKeyMaterial("ALL_KEY_MATERIAL")
                                .build(),
                        call)
                .rotations();
    }

    private GetParametersForImportResponse parameters(String key, String algorithm, String wrappingSpec) {
        return parameters(key, algorithm, wrappingSpec, fixture.call());
    }

    private GetParametersForImportResponse parameters(
            String key, String algorithm, String wrappingSpec, CallContext call) {
        return kms.getParametersForImport(
                GetParametersForImportRequest.builder()
                        .keyId(key)
                        .wrappingAlgorithm(algorithm)
                        .wrappingKeySpec(wrappingSpec)
                        .build(),
                call);
    }

    private String importMaterial(String key, byte[] secret, UnaryOperator<ImportKeyMaterialRequest.Builder> settings)
            throws Exception {
        return importMaterial(key, secret, settings, fixture.call());
    }

    private String importMaterial(
            String key, byte[] secret, UnaryOperator<ImportKeyMaterialRequest.Builder> settings, CallContext call)
            throws Exception {
        var parameters = parameters(key, "RSAES_OAEP_SHA_256", "RSA_2048", call);
        Blob wrapped = wrap(parameters, "RSAES_OAEP_SHA_256", secret);
        return kms.importKeyMaterial(
                        settings.apply(request(key, parameters, wrapped)).build(), call)
                .keyMaterialId();
    }

    private static ImportKeyMaterialRequest.Builder request(
            String key, GetParametersForImportResponse parameters, Blob wrapped) {
        return ImportKeyMaterialRequest.builder()
                .keyId(key)
                .importToken(parameters.importToken())
                .encryptedKeyMaterial(wrapped);
    }

    private static ImportKeyMaterialRequest.Builder forEver(ImportKeyMaterialRequest.Builder request) {
        return request.expirationModel("KEY_MATERIAL_DOES_NOT_EXPIRE");
    }

    private static byte[] bytes(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** Wraps as a user would, with the JDK and with Bouncy Castle's RFC 5649. */
    private static Blob wrap(GetParametersForImportResponse parameters, String algorithm, byte[] secret)
            throws Exception {
        byte[] spki = parameters.publicKey().bytes();
        if (algorithm.equals("SM2PKE")) {
            return Blob.of(sm2(spki, secret));
        }
        PublicKey publicKey = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(spki));
        String hash = algorithm.endsWith("SHA_1") ? "SHA-1" : "SHA-256";
        Cipher rsa = Cipher.getInstance("RSA/ECB/OAEPPadding");
        rsa.init(
                Cipher.ENCRYPT_MODE,
                publicKey,
                new OAEPParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT));
        if (!algorithm.startsWith("RSA_AES_KEY_WRAP")) {
            return Blob.of(rsa.doFinal(secret));
        }
        byte[] aesKey = new byte[32];
        new SecureRandom().nextBytes(aesKey);
        Cipher wrap = Cipher.getInstance("AESKWP", new BouncyCastleProvider());
        wrap.init(Cipher.WRAP_MODE, new SecretKeySpec(aesKey, "AES"));
        byte[] wrapped = wrap.wrap(new SecretKeySpec(secret, "RAW"));
        byte[] head = rsa.doFinal(aesKey);
        byte[] both = Arrays.copyOf(head, head.length + wrapped.length);
        System.arraycopy(wrapped, 0, both, head.length, wrapped.length);
        return Blob.of(both);
    }

    private static byte[] sm2(byte[] spki, byte[] secret) throws Exception {
        var engine =
                new org.bouncycastle.crypto.engines.SM2Engine(org.bouncycastle.crypto.engines.SM2Engine.Mode.C1C3C2);
        engine.init(
                true,
                new org.bouncycastle.crypto.params.ParametersWithRandom(
                        org.bouncycastle.crypto.util.PublicKeyFactory.createKey(spki), new SecureRandom()));
        byte[] raw = engine.processBlock(secret, 0, secret.length);
        return new org.bouncycastle.asn1.DERSequence(new org.bouncycastle.asn1.ASN1Encodable[] {
                    new org.bouncycastle.asn1.ASN1Integer(new java.math.BigInteger(1, Arrays.copyOfRange(raw, 1, 33))),
                    new org.bouncycastle.asn1.ASN1Integer(new java.math.BigInteger(1, Arrays.copyOfRange(raw, 33, 65))),
                    new org.bouncycastle.asn1.DEROctetString(Arrays.copyOfRange(raw, 65, 97)),
                    new org.bouncycastle.asn1.DEROctetString(Arrays.copyOfRange(raw, 97, raw.length))
                })
                .getEncoded("DER");
    }
}
