/**
 * The cryptography of KMS keys, pure and without state: which key specs there are and what they can do, key material of
 * every kind, and the wrapping of imported key material. The JDK does what it does faster (AES-GCM, RSA, HMAC), Bouncy
 * Castle the rest. Start at {@link io.pileus.kms.crypto.KeySpec} and {@link io.pileus.kms.crypto.KeyMaterial}.
 */
@NullMarked
package io.pileus.kms.crypto;

import org.jspecify.annotations.NullMarked;
