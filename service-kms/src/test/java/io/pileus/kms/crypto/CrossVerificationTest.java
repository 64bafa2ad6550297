package io.pileus.kms.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.EdDSAParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What we sign and encrypt, others accept who have only the public key; what they sign and encrypt, we accept. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossVerificationTest {
    private static final byte[] MESSAGE = "the quick brown fox".getBytes(StandardCharsets.UTF_8);

    private final KeyGenerator generator = new KeyGenerator();
    private final Provider bouncyCastle = new BouncyCastleProvider();

    Stream<Arguments> signatures() {
        return Stream.of(KeySpec.values())
                .filter(s -> s != KeySpec.SM2 && s != KeySpec.RSA_3072 && s != KeySpec.RSA_4096)
                .flatMap(spec -> spec.signingAlgorithms().stream().map(a -> Arguments.of(spec, a)));
    }

    @ParameterizedTest
    @MethodSource("signatures")
    void othersVerifyOurSignatures(KeySpec spec, SigningAlgorithm algorithm) throws Exception {
        KeyMaterial.Pair pair = (KeyMaterial.Pair) generator.generate(spec);
        for (Provider provider : providers(spec, algorithm)) {
            PublicKey publicKey = KeyFactory.getInstance(keyAlgorithm(spec), provider)
                    .generatePublic(new X509EncodedKeySpec(pair.publicKey()));
            for (MessageType type : types(algorithm)) {
                byte[] signature = ((KeyMaterial.Signing) pair).sign(algorithm, type, input(algorithm, type));

                Signature verifier = signature(algorithm, provider);
                verifier.initVerify(publicKey);
                verifier.update(signedMessage(algorithm));
                assertThat(verifier.verify(signature))
                        .as("%s by %s", type, provider)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("signatures")
    void weVerifyTheSignaturesOfOthers(KeySpec spec, SigningAlgorithm algorithm) throws Exception {
        KeyMaterial.Pair pair = (KeyMaterial.Pair) generator.generate(spec);
        KeyMaterial.Signing material = (KeyMaterial.Signing) pair;
        for (Provider provider : providers(spec, algorithm)) {
            if (spec.kind() == KeySpec.Kind.ML_DSA && provider != bouncyCastle) {
                continue; // the JDK 25 does not read private keys that hold the seed (RFC 9881)
            }
            PrivateKey privateKey = KeyFactory.getInstance(keyAlgorithm(spec), provider)
                    .generatePrivate(new PKCS8EncodedKeySpec(pair.secret()));
            Signature signer = signature(algorithm, provider);
            signer.initSign(privateKey);
            signer.update(signedMessage(algorithm));
            byte[] signature = signer.sign();
            for (MessageType type : types(algorithm)) {
                byte[] input = input(algorithm, type);
                assertThat(material.verify(algorithm, type, input, signature))
                        .as("%s of %s", type, provider)
                        .isTrue();
                byte[] other = input.clone();
                other[0] ^= 1;
                assertThat(material.verify(algorithm, type, other, signature)).isFalse();
                for (byte[] changed : changes(signature)) {
                    assertThat(material.verify(algorithm, type, input, changed)).isFalse();
                }
            }
        }
    }

    @Test
    void externalMuSignaturesAreThoseOfTheMessage() throws Exception {
        KeyMaterial.Pair pair = (KeyMaterial.Pair) generator.generate(KeySpec.ML_DSA_65);
        KeyMaterial.Signing material = (KeyMaterial.Signing) pair;
        byte[] mu = mu(pair.publicKey(), MESSAGE);

        byte[] signature = material.sign(SigningAlgorithm.ML_DSA_SHAKE_256, MessageType.EXTERNAL_MU, mu);

        assertThat(material.verify(SigningAlgorithm.ML_DSA_SHAKE_256, MessageType.RAW, MESSAGE, signature))
                .isTrue();
        assertThat(material.verify(SigningAlgorithm.ML_DSA_SHAKE_256, MessageType.EXTERNAL_MU, mu, signature))
                .isTrue();
        Signature jdk = Signature.getInstance("ML-DSA");
        jdk.initVerify(KeyFactory.getInstance("ML-DSA").generatePublic(new X509EncodedKeySpec(pair.publicKey())));
        jdk.update(MESSAGE);
        assertThat(jdk.verify(signature)).isTrue();
    }

    /** FIPS 204, algorithms 2 and 7: μ = H(H(pk, 64) || 0 || length of the context || message, 64). */
    private static byte[] mu(byte[] spki, byte[] message) {
        byte[] raw = org.bouncycastle.asn1.x509.SubjectPublicKeyInfo.getInstance(spki)
                .getPublicKeyData()
                .getBytes();
        byte[] tr = shake(raw);
        byte[] input = new byte[tr.length + 2 + message.length];
        System.arraycopy(tr, 0, input, 0, tr.length);
        System.arraycopy(message, 0, input, tr.length + 2, message.length);
        return shake(input);
    }

    private static byte[] shake(byte[] input) {
        var shake = new org.bouncycastle.crypto.digests.SHAKEDigest(256);
        shake.update(input, 0, input.length);
        byte[] output = new byte[64];
        shake.doFinal(output, 0, output.length);
        return output;
    }

    @Test
    void sm2SignaturesAgreeWithBouncyCastle() throws Exception {
        Sm2Material material = (Sm2Material) generator.generate(KeySpec.SM2);
        byte[] ours = material.sign(SigningAlgorithm.SM2DSA, MessageType.RAW, MESSAGE);
        SM2Signer verifier = new SM2Signer();
        verifier.init(false, PublicKeyFactory.createKey(material.publicKey()));
        verifier.update(MESSAGE, 0, MESSAGE.length);
        assertThat(verifier.verifySignature(ours)).isTrue();

        SM2Signer signer = new SM2Signer();
        signer.init(
                true,
                new ParametersWithRandom(
                        PrivateKeyFactory.createKey(material.secret()), new java.security.SecureRandom()));
        signer.update(MESSAGE, 0, MESSAGE.length);
        byte[] theirs = signer.generateSignature();
        assertThat(material.verify(SigningAlgorithm.SM2DSA, MessageType.RAW, MESSAGE, theirs))
                .isTrue();
        assertThat(material.verify(SigningAlgorithm.SM2DSA, MessageType.RAW, new byte[] {1}, theirs))
                .isFalse();
        byte[] digest = new byte[32];
        assertThat(material.verify(
                        SigningAlgorithm.SM2DSA,
                        MessageType.DIGEST,
                        digest,
                        material.sign(SigningAlgorithm.SM2DSA, MessageType.DIGEST, digest)))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"})
    void rsaCiphertextsGoBothWays(EncryptionAlgorithm algorithm) throws Exception {
        RsaMaterial material = (RsaMaterial) generator.generate(KeySpec.RSA_2048);
        byte[] largest = new byte[KeySpec.RSA_2048.plaintextBytesMax(algorithm)];
        Arrays.fill(largest, (byte) 7);
        String hash = algorithm == EncryptionAlgorithm.RSAES_OAEP_SHA_1 ? "SHA-1" : "SHA-256";
        var oaep = new OAEPParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), PSource.PSpecified.DEFAULT);
        for (Provider provider : providers(KeySpec.RSA_2048)) {
            Cipher theirs = Cipher.getInstance("RSA/ECB/OAEPPadding", rsaCipher(provider));
            theirs.init(
                    Cipher.ENCRYPT_MODE,
                    KeyFactory.getInstance("RSA", provider)
                            .generatePublic(new X509EncodedKeySpec(material.publicKey())),
                    oaep);
            assertThat(material.decrypt(algorithm, theirs.doFinal(largest))).isEqualTo(largest);
            theirs.init(
                    Cipher.DECRYPT_MODE,
                    KeyFactory.getInstance("RSA", provider).generatePrivate(new PKCS8EncodedKeySpec(material.secret())),
                    oaep);
            assertThat(theirs.doFinal(material.encrypt(algorithm, MESSAGE))).isEqualTo(MESSAGE);
        }
        byte[] ciphertext = material.encrypt(algorithm, MESSAGE);
        for (byte[] changed : changes(ciphertext)) {
            assertThatThrownBy(() -> material.decrypt(algorithm, changed))
                    .isInstanceOf(KeyMaterial.InvalidCiphertext.class);
        }
    }

    @Test
    void sm2CiphertextsAreDecryptedAndChangesRefused() throws Exception {
        Sm2Material material = (Sm2Material) generator.generate(KeySpec.SM2);
        byte[] ciphertext = material.encrypt(EncryptionAlgorithm.SM2PKE, MESSAGE);

        assertThat(material.decrypt(EncryptionAlgorithm.SM2PKE, ciphertext)).isEqualTo(MESSAGE);
        for (byte[] changed : changes(ciphertext)) {
            assertThatThrownBy(() -> material.decrypt(EncryptionAlgorithm.SM2PKE, changed))
                    .isInstanceOf(KeyMaterial.InvalidCiphertext.class);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521"})
    void keyAgreementAgreesWithTheJdk(KeySpec spec) throws Exception {
        EcMaterial ours = (EcMaterial) generator.generate(spec);
        EcMaterial theirs = (EcMaterial) generator.generate(spec);
        KeyAgreement jdk = KeyAgreement.getInstance("ECDH");
        KeyFactory factory = KeyFactory.getInstance("EC");
        jdk.init(factory.generatePrivate(new PKCS8EncodedKeySpec(theirs.secret())));
        jdk.doPhase(factory.generatePublic(new X509EncodedKeySpec(ours.publicKey())), true);

        assertThat(ours.agree(theirs.publicKey())).isEqualTo(jdk.generateSecret());
    }

    @ParameterizedTest
    @EnumSource(
            value = KeySpec.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"RSA_3072", "RSA_4096"})
    void aSecretReadBackIsTheSameKey(KeySpec spec) throws Exception {
        KeyMaterial material = generator.generate(spec);

        KeyMaterial copy = KeyGenerator.parse(spec, material.secret());

        assertThat(copy.secret()).isEqualTo(material.secret());
        if (material instanceof KeyMaterial.Pair pair) {
            assertThat(((KeyMaterial.Pair) copy).publicKey()).isEqualTo(pair.publicKey());
        }
        for (KeySpec other : KeySpec.values()) {
            if (other != spec && other.size() != spec.size()) {
                assertThatThrownBy(() -> KeyGenerator.parse(other, material.secret()))
                        .isInstanceOf(KeyMaterial.InvalidKeyMaterial.class);
            }
        }
    }

    private List<Provider> providers(KeySpec spec, SigningAlgorithm algorithm) {
        return algorithm == SigningAlgorithm.ED25519_PH_SHA_512
                ? List.of(jdk("Ed25519")) // Bouncy Castle's provider does not offer it
                : providers(spec);
    }

    private List<Provider> providers(KeySpec spec) {
        return spec == KeySpec.ECC_SECG_P256K1
                ? List.of(bouncyCastle) // the JDK no longer has the curve
                : List.of(jdk(keyAlgorithm(spec)), bouncyCastle);
    }

    private static Provider jdk(String algorithm) {
        return Security.getProviders("KeyFactory." + algorithm)[0];
    }

    private static Provider rsaCipher(Provider provider) {
        return provider instanceof BouncyCastleProvider ? provider : Security.getProvider("SunJCE");
    }

    private static String keyAlgorithm(KeySpec spec) {
        return switch (spec.kind()) {
            case RSA -> "RSA";
            case NIST_CURVE, SECG_CURVE, SM2 -> "EC";
            case EDWARDS_CURVE -> "Ed25519";
            case ML_DSA -> "ML-DSA";
            case SYMMETRIC, HMAC -> throw new IllegalArgumentException();
        };
    }

    private static Signature signature(SigningAlgorithm algorithm, Provider provider) throws Exception {
        String hash = algorithm.hash().name().replace('_', '-');
        return switch (algorithm) {
            case RSASSA_PSS_SHA_256, RSASSA_PSS_SHA_384, RSASSA_PSS_SHA_512 -> {
                Signature signature = Signature.getInstance("RSASSA-PSS", provider);
                signature.setParameter(new PSSParameterSpec(
                        hash,
                        "MGF1",
                        new MGF1ParameterSpec(hash),
                        algorithm.hash().length(),
                        1));
                yield signature;
            }
            case RSASSA_PKCS1_V1_5_SHA_256, RSASSA_PKCS1_V1_5_SHA_384, RSASSA_PKCS1_V1_5_SHA_512 ->
                Signature.getInstance(hash.replace("-", "") + "withRSA", provider);
            case ECDSA_SHA_256, ECDSA_SHA_384, ECDSA_SHA_512 ->
                Signature.getInstance(hash.replace("-", "") + "withECDSA", provider);
            case ED25519_SHA_512 -> Signature.getInstance("Ed25519", provider);
            case ED25519_PH_SHA_512 -> {
                Signature signature = Signature.getInstance("Ed25519", provider);
                signature.setParameter(new EdDSAParameterSpec(true));
                yield signature;
            }
            case ML_DSA_SHAKE_256 -> Signature.getInstance("ML-DSA", provider);
            case SM2DSA -> throw new IllegalArgumentException();
        };
    }

    private static List<MessageType> types(SigningAlgorithm algorithm) {
        return Stream.of(MessageType.RAW, MessageType.DIGEST)
                .filter(algorithm::accepts)
                .toList();
    }

    private static byte[] input(SigningAlgorithm algorithm, MessageType type) {
        return type == MessageType.RAW ? MESSAGE : algorithm.hash().of(MESSAGE);
    }

    /** Ed25519ph hashes what it is given, which for KMS already is a digest. */
    private static byte[] signedMessage(SigningAlgorithm algorithm) {
        return algorithm == SigningAlgorithm.ED25519_PH_SHA_512
                ? algorithm.hash().of(MESSAGE)
                : MESSAGE;
    }

    /** The bytes with one bit changed here and there, cut short, longer, and gone. */
    private static List<byte[]> changes(byte[] bytes) {
        byte[] first = bytes.clone();
        first[0] ^= 0x40;
        byte[] middle = bytes.clone();
        middle[bytes.length / 2] ^= 1;
        byte[] last = bytes.clone();
        last[bytes.length - 1] ^= 1;
        return List.of(
                first,
                middle,
                last,
                Arrays.copyOf(bytes, bytes.length - 1),
                Arrays.copyOf(bytes, bytes.length + 1),
                new byte[] {0});
    }
}
