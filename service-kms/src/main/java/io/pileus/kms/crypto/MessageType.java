package io.pileus.kms.crypto;

/** What the message of a Sign or Verify call is. */
public enum MessageType {
    /** The message itself; it is hashed as the first step of signing. */
    RAW,
    /** A hash of the message; the hashing step is left out. */
    DIGEST,
    /** The 64-byte message representative of ML-DSA (FIPS 204, 6.2). */
    EXTERNAL_MU
}
