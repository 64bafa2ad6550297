package io.pileus.benchmarks;

import io.pileus.core.service.Operation;
import io.pileus.core.shape.Blob;
import io.pileus.kms.KmsServiceProvider;
import io.pileus.kms.model.CreateKeyRequest;
import io.pileus.kms.model.CreateKeyResponse;
import io.pileus.kms.model.SignRequest;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** KMS Sign beside the JDK's own operation with a key of the same kind. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class SignBenchmark {
    @Param({"RSA_2048", "ECC_NIST_P256"})
    private String keySpec;

    private final byte[] message = new byte[1024];
    private InProcessApi kms;
    private Operation sign;
    private SignRequest request;
    private String jdkAlgorithm;
    private PrivateKey jdkKey;

    @Setup
    public void makeKeys() throws GeneralSecurityException {
        boolean rsa = keySpec.startsWith("RSA");
        kms = new InProcessApi(new KmsServiceProvider());
        sign = kms.operation("Sign");
        CreateKeyResponse created = (CreateKeyResponse) kms.call(
                kms.operation("CreateKey"),
                CreateKeyRequest.builder()
                        .keySpec(keySpec)
                        .keyUsage("SIGN_VERIFY")
                        .build());
        request = SignRequest.builder()
                .keyId(created.keyMetadata().keyId())
                .message(Blob.of(message))
                .messageType("RAW")
                .signingAlgorithm(rsa ? "RSASSA_PKCS1_V1_5_SHA_256" : "ECDSA_SHA_256")
                .build();
        KeyPairGenerator generator = KeyPairGenerator.getInstance(rsa ? "RSA" : "EC");
        generator.initialize(rsa ? 2048 : 256);
        KeyPair pair = generator.generateKeyPair();
        jdkKey = pair.getPrivate();
        jdkAlgorithm = rsa ? "SHA256withRSA" : "SHA256withECDSA";
    }

    @Benchmark
    public Object kms() {
        return kms.call(sign, request);
    }

    @Benchmark
    public byte[] jdk() throws GeneralSecurityException {
        Signature signature = Signature.getInstance(jdkAlgorithm);
        signature.initSign(jdkKey);
        signature.update(message);
        return signature.sign();
    }

    @TearDown
    public void end() {
        kms.close();
    }
}
