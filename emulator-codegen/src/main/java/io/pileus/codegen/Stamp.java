package io.pileus.codegen;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Fingerprints that tell whether generating anew would change anything. */
final class Stamp {
    private Stamp() {}

    static String of(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The fingerprint of the generator's own classes. */
    static String ofGenerator() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Class<?> type : new Class<?>[] {
            ModelGenerator.class,
            StructureGenerator.class,
            UnionGenerator.class,
            ErrorGenerator.class,
            EnumGenerator.class,
            ApiGenerator.class,
            Members.class,
            MemberCode.class,
            JavaNames.class
        }) {
            try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
                all.append(of(in.readAllBytes()));
            }
        }
        return of(all.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
}
