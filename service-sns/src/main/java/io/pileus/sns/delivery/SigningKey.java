package io.pileus.sns.delivery;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * An RSA key of 2,048 bits, as SNS's are, whose signatures (RSASSA-PKCS1-v1_5) any verifier accepts, and which signs in about
 * 15 microseconds instead of a millisecond: its modulus is the product of 33 primes of 62 bits, so that a signature is 33
 * exponentiations of machine words, put together by the Chinese remainder theorem (RFC 8017, section 5.1.2, allows more than two
 * primes).
 *
 * <p>Whoever wants to can factor such a modulus: a signature shows that a message passed unchanged, and that the receiver's code
 * verifies as it shall; it does not prove who sent it. Nothing does on a machine where everybody may publish.
 */
final class SigningKey {
    static final int BITS = 2048;

    private static final BigInteger PUBLIC_EXPONENT = BigInteger.valueOf(65_537);
    private static final int PRIMES = 33;

    /** How many exponentiations go on at a time: one alone waits for its own products. */
    private static final int TOGETHER = 3;

    /** The public exponent has 17 bits, a prime 63, so that a short private exponent has 47. */
    private static final int EXPONENT_BITS = 48;

    private static final int CERTAINTY = 100;
    private static final int WORDS = BITS / Long.SIZE;
    private static final int BYTES = BITS / Byte.SIZE;

    /** Primes lie in [2^62, 2^62 + 2^62/12), whose 33rd power is about 2^2048; the last one makes it so. */
    private static final BigInteger LEAST = BigInteger.ONE.shiftLeft(62);

    private final BigInteger modulus;
    private final Residues[] primes = new Residues[PRIMES];

    /** How a digest is signed: its name, and the DigestInfo that stands before it (RFC 8017, section 9.2, note 1). */
    enum Scheme {
        SHA1("SHA-1", "3021300906052b0e03021a05000414"),
        SHA256("SHA-256", "3031300d060960864801650304020105000420");

        private final String digest;
        private final byte[] prefix;

        Scheme(String digest, String prefix) {
            this.digest = digest;
            this.prefix = HexFormat.of().parseHex(prefix);
        }
    }

    private SigningKey(BigInteger modulus, BigInteger[] factors) {
        this.modulus = modulus;
        for (int i = 0; i < PRIMES; i++) {
            primes[i] = new Residues(factors[i], modulus);
        }
    }

    /** The key whose modulus these primes make. */
    static SigningKey of(BigInteger... factors) {
        if (factors.length != PRIMES) {
            throw new IllegalArgumentException("a key has " + PRIMES + " factors: " + factors.length);
        }
        BigInteger product = BigInteger.ONE;
        for (BigInteger factor : factors) {
            product = product.multiply(factor);
        }
        return new SigningKey(product, factors);
    }

    List<String> factors() {
        return Arrays.stream(primes).map(each -> Long.toString(each.prime)).toList();
    }

    static SigningKey generate(SecureRandom random) {
        BigInteger[] factors = new BigInteger[PRIMES];
        BigInteger product = BigInteger.ONE;
        for (int i = 0; i < PRIMES - 1; i++) {
            factors[i] = prime(random, LEAST, LEAST.divide(BigInteger.valueOf(12)), product);
            product = product.multiply(factors[i]);
        }
        BigInteger least = BigInteger.ONE.shiftLeft(BITS - 1).divide(product).add(BigInteger.ONE);
        factors[PRIMES - 1] = prime(random, least, least.shiftRight(1), product);
        return new SigningKey(product.multiply(factors[PRIMES - 1]), factors);
    }

    /**
     * A prime that does not divide the product, and whose private exponent d is short: a prime (e·d + 1)/2 has one of 47 bits, as
     * e·d = 2·(prime - 1) + 1.
     */
    private static BigInteger prime(RandomGenerator random, BigInteger least, BigInteger width, BigInteger product) {
        BigInteger leastExponent = least.shiftLeft(1).divide(PUBLIC_EXPONENT).add(BigInteger.ONE);
        long exponents = width.shiftLeft(1).divide(PUBLIC_EXPONENT).longValueExact();
        while (true) {
            BigInteger exponent = leastExponent
                    .add(BigInteger.valueOf(random.nextLong(exponents)))
                    .setBit(0);
            BigInteger candidate =
                    PUBLIC_EXPONENT.multiply(exponent).add(BigInteger.ONE).shiftRight(1);
            if (candidate.isProbablePrime(CERTAINTY) && product.mod(candidate).signum() != 0) {
                return candidate;
            }
        }
    }

    PublicKey publicKey() {
        try {
            return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, PUBLIC_EXPONENT));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] sign(byte[] text, Scheme scheme) {
        byte[] encoded = encode(text, scheme);
        long[] message = new long[WORDS];
        for (int word = 0; word < WORDS; word++) {
            for (int i = 0; i < Long.BYTES; i++) {
                message[WORDS - 1 - word] = message[WORDS - 1 - word] << 8 | encoded[word * Long.BYTES + i] & 0xff;
            }
        }
        long[] sum = new long[WORDS + 1];
        for (int i = 0; i < PRIMES; i += TOGETHER) {
            Residues.addRoots(primes[i], primes[i + 1], primes[i + 2], message, sum);
        }
        byte[] bytes = new byte[(WORDS + 1) * Long.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (sum[WORDS - i / Long.BYTES] >>> (56 - 8 * (i % Long.BYTES)));
        }
        return fixedLength(new BigInteger(1, bytes).mod(modulus));
    }

    /** EMSA-PKCS1-v1_5: 00 01 FF … FF 00, the DigestInfo, the digest. */
    private static byte[] encode(byte[] text, Scheme scheme) {
        byte[] digest;
        try {
            digest = MessageDigest.getInstance(scheme.digest).digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        byte[] encoded = new byte[BYTES];
        int digestAt = BYTES - digest.length;
        int prefixAt = digestAt - scheme.prefix.length;
        encoded[1] = 1;
        Arrays.fill(encoded, 2, prefixAt - 1, (byte) 0xff);
        System.arraycopy(scheme.prefix, 0, encoded, prefixAt, scheme.prefix.length);
        System.arraycopy(digest, 0, encoded, digestAt, digest.length);
        return encoded;
    }

    private static byte[] fixedLength(BigInteger value) {
        byte[] bytes = value.toByteArray();
        byte[] fixed = new byte[BYTES];
        int length = Math.min(bytes.length, BYTES);
        System.arraycopy(bytes, bytes.length - length, fixed, BYTES - length, length);
        return fixed;
    }

    /**
     * Arithmetic modulo one of the primes, in Montgomery's form: a residue x is held as x·R with R = 2^64, and
     * {@code multiply(a, b)} gives a·b/R.
     */
    private static final class Residues {
        private static final int WINDOW = 4;
        private static final int WINDOW_MASK = 15;

        private final long prime;
        /** -1/prime modulo R. */
        private final long negatedInverse;
        /** R modulo the prime: 1 in Montgomery's form. */
        private final long one;
        /** R^(j+2) modulo the prime, to bring the message's word j into Montgomery's form at its place. */
        private final long[] places = new long[WORDS];

        private final long exponent;
        /** 1/(modulus/prime) modulo the prime, not in Montgomery's form. */
        private final long coefficient;
        /** modulus/prime, the lowest word first. */
        private final long[] cofactor = new long[WORDS];

        Residues(BigInteger p, BigInteger modulus) {
            BigInteger r = BigInteger.ONE.shiftLeft(Long.SIZE);
            prime = p.longValueExact();
            negatedInverse = p.modInverse(r).negate().longValue();
            one = r.mod(p).longValueExact();
            for (int j = 0; j < WORDS; j++) {
                places[j] = r.modPow(BigInteger.valueOf(j + 2L), p).longValueExact();
            }
            exponent = PUBLIC_EXPONENT.modInverse(p.subtract(BigInteger.ONE)).longValueExact();
            BigInteger rest = modulus.divide(p);
            coefficient = rest.modInverse(p).longValueExact();
            for (int j = 0; j < WORDS; j++) {
                cofactor[j] = rest.shiftRight(j * Long.SIZE).longValue();
            }
        }

        /** a·b/R; a may be any word, b is less than the prime. */
        private long multiply(long a, long b) {
            long low = a * b;
            long reduced = Math.unsignedMultiplyHigh(a, b)
                    + Math.unsignedMultiplyHigh(low * negatedInverse, prime)
                    + (low != 0 ? 1 : 0);
            return lessThanPrime(reduced);
        }

        /** Twice the prime may not fit a signed word. */
        private long lessThanPrime(long lessThanTwice) {
            return Long.compareUnsigned(lessThanTwice, prime) >= 0 ? lessThanTwice - prime : lessThanTwice;
        }

        /** Adds the roots of the message modulo three primes, weighted so that the sum over all primes is the signature. */
        static void addRoots(Residues a, Residues b, Residues c, long[] message, long[] sum) {
            long[] powersOfA = a.powers(a.residue(message));
            long[] powersOfB = b.powers(b.residue(message));
            long[] powersOfC = c.powers(c.residue(message));
            long x = a.one;
            long y = b.one;
            long z = c.one;
            for (int shift = EXPONENT_BITS - WINDOW; shift >= 0; shift -= WINDOW) {
                for (int i = 0; i < WINDOW; i++) {
                    x = a.multiply(x, x);
                    y = b.multiply(y, y);
                    z = c.multiply(z, z);
                }
                x = a.multiply(x, powersOfA[(int) (a.exponent >>> shift) & WINDOW_MASK]);
                y = b.multiply(y, powersOfB[(int) (b.exponent >>> shift) & WINDOW_MASK]);
                z = c.multiply(z, powersOfC[(int) (c.exponent >>> shift) & WINDOW_MASK]);
            }
            a.add(x, sum);
            b.add(y, sum);
            c.add(z, sum);
        }

        private long residue(long[] message) {
            long residue = 0;
            for (int j = 0; j < WORDS; j++) {
                residue = lessThanPrime(residue + multiply(message[j], places[j]));
            }
            return residue;
        }

        private long[] powers(long base) {
            long[] powers = new long[WINDOW_MASK + 1];
            powers[0] = one;
            for (int i = 1; i < powers.length; i++) {
                powers[i] = multiply(powers[i - 1], base);
            }
            return powers;
        }

        private void add(long root, long[] sum) {
            // with the plain coefficient the product leaves Montgomery's form
            long weighted = multiply(coefficient, root);
            long carry = 0;
            for (int j = 0; j < WORDS; j++) {
                long low = weighted * cofactor[j];
                long high = Math.unsignedMultiplyHigh(weighted, cofactor[j]);
                low += carry;
                high += Long.compareUnsigned(low, carry) < 0 ? 1 : 0;
                sum[j] += low;
                high += Long.compareUnsigned(sum[j], low) < 0 ? 1 : 0;
                carry = high;
            }
            sum[WORDS] += carry;
        }
    }
}
