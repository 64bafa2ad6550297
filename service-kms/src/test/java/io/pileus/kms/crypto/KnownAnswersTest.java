package io.pileus.kms.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published test vectors. */
class KnownAnswersTest {

    /** D. McGrew, J. Viega, "The Galois/Counter Mode of Operation", test case 16. */
    @Test
    void aesGcmMatchesItsPublishedTestCase() throws Exception {
        SymmetricMaterial key =
                SymmetricMaterial.of(hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"));
        byte[] iv = hex("cafebabefacedbaddecaf888");
        byte[] aad = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
        byte[] plaintext =
                hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449"
                        + "a6b525b16aedf5aa0de657ba637b39");
        byte[] output = new byte[plaintext.length + SymmetricMaterial.TAG_BYTES];

        key.encrypt(iv, 0, aad, plaintext, output, 0);

        assertThat(output)
                .isEqualTo(
                        hex("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b10"
                                + "56828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b"));
        assertThat(key.decrypt(iv, 0, aad, output, 0, output.length)).isEqualTo(plaintext);
    }

    /** RFC 4231, 4.3; HMAC fills short keys up with zeros, so the key may be as long as KMS wants it. */
    @ParameterizedTest
    @CsvSource({
        "HMAC_224, HMAC_SHA_224, a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44",
        "HMAC_256, HMAC_SHA_256, 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "HMAC_384, HMAC_SHA_384, af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
        "HMAC_512, HMAC_SHA_512, 164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
    })
    void hmacMatchesItsRfc(KeySpec spec, MacAlgorithm algorithm, String expected) throws Exception {
        byte[] key = Arrays.copyOf("Jefe".getBytes(StandardCharsets.US_ASCII), spec.size() / 8);
        byte[] message = "what do ya want for nothing?".getBytes(StandardCharsets.US_ASCII);

        HmacMaterial material = (HmacMaterial) KeyGenerator.parse(spec, key);

        assertThat(material.mac(algorithm, message)).isEqualTo(hex(expected));
    }

    /** RFC 8032, 7.1 (test 2) and 7.3 (Ed25519ph). */
    @ParameterizedTest
    @CsvSource({
        "ED25519_SHA_512, 4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb, 72, 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "ED25519_PH_SHA_512, 833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42, 616263, 98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae4131f85042463c2a355a2003d062adf5aaa10b8c61e636062aaad11c2a26083406"
    })
    void ed25519MatchesItsRfc(SigningAlgorithm algorithm, String secret, String message, String signature)
            throws Exception {
        byte[] pkcs8 = PrivateKeyInfoFactory.createPrivateKeyInfo(new Ed25519PrivateKeyParameters(hex(secret)))
                .getEncoded();

        EdwardsMaterial material = EdwardsMaterial.of(pkcs8);

        assertThat(material.sign(algorithm, MessageType.RAW, hex(message))).isEqualTo(hex(signature));
        assertThat(material.verify(algorithm, MessageType.RAW, hex(message), hex(signature)))
                .isTrue();
    }

    /** RFC 6979, A.2.5: P-256 with SHA-256, message "sample". */
    @Test
    void ecdsaAcceptsTheSignatureOfItsRfc() throws Exception {
        EcMaterial material = (EcMaterial) KeyGenerator.parse(
                KeySpec.ECC_NIST_P256, privateKey("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"));
        byte[] signature = StandardDSAEncoding.INSTANCE.encode(
                new BigInteger("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", 16),
                new BigInteger("EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716", 16),
                new BigInteger("F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8", 16));
        byte[] message = "sample".getBytes(StandardCharsets.US_ASCII);

        assertThat(material.verify(SigningAlgorithm.ECDSA_SHA_256, MessageType.RAW, message, signature))
                .isTrue();
        assertThat(material.verify(
                        SigningAlgorithm.ECDSA_SHA_256, MessageType.DIGEST, Hash.SHA_256.of(message), signature))
                .isTrue();
        assertThat(material.verify(SigningAlgorithm.ECDSA_SHA_256, MessageType.RAW, new byte[] {1}, signature))
                .isFalse();
    }

    /** NIST CAVS 14.1, KAS ECC CDH primitive, P-256, count 0. */
    @Test
    void keyAgreementMatchesNistsVector() throws Exception {
        EcMaterial material = (EcMaterial) KeyGenerator.parse(
                KeySpec.ECC_NIST_P256, privateKey("7d7dc5f71eb29ddaf80d6214632eeae03d9058af1fb6d22ed80badb62bc1a534"));
        byte[] peer = KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(
                        new ECPoint(
                                new BigInteger("700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d287", 16),
                                new BigInteger("db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4ac", 16)),
                        p256()))
                .getEncoded();

        assertThat(material.agree(peer))
                .isEqualTo(hex("46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b"));
    }

    @Test
    void keyAgreementRefusesAPointThatIsNotOnTheCurve() throws Exception {
        EcMaterial material = (EcMaterial) new KeyGenerator().generate(KeySpec.ECC_NIST_P256);
        byte[] peer = ((KeyMaterial.Pair) new KeyGenerator().generate(KeySpec.ECC_NIST_P256))
                .publicKey()
                .clone();
        peer[peer.length - 1] ^= 1;

        assertThatThrownBy(() -> material.agree(peer)).isInstanceOf(KeyMaterial.InvalidKeyMaterial.class);
        byte[] otherCurve = ((KeyMaterial.Pair) new KeyGenerator().generate(KeySpec.ECC_NIST_P384)).publicKey();
        assertThatThrownBy(() -> material.agree(otherCurve)).isInstanceOf(KeyMaterial.InvalidKeyMaterial.class);
        assertThatThrownBy(() -> material.agree(new byte[] {1, 2, 3}))
                .isInstanceOf(KeyMaterial.InvalidKeyMaterial.class);
    }

    private static byte[] privateKey(String d) throws Exception {
        return KeyFactory.getInstance("EC")
                .generatePrivate(new ECPrivateKeySpec(new BigInteger(d, 16), p256()))
                .getEncoded();
    }

    private static ECParameterSpec p256() throws Exception {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
