package io.pileus.kms;

import static io.pileus.kms.KmsFixture.HELLO;
import static io.pileus.kms.KmsFixture.arn;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.service.AwsException;
import io.pileus.core.service.CallContext;
import io.pileus.core.shape.Blob;
import io.pileus.kms.model.*;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every operation on a key in every state of the key.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html">the key state table</a>; the marks are
 *     short for its footnotes
 */
class KeyStateTableTest {

    /**
     * ok: allowed. off: [1] DisabledException, is disabled. del: [3] is pending deletion. rep: [3] is pending replica
     * deletion. not: [4] is not pending deletion. imp: [5] is pending import. una: [11] is unavailable. cre: [14] is
     * creating. upd: [15] is updating. uns: [6], [7], [9] UnsupportedOperationException.
     */
    private static final String TABLE = """
            operation                           Enabled Disabled PendingImport PendingDeletion PendingReplicaDeletion Unavailable Creating Updating
            CancelKeyDeletion                   not     not      not           ok              ok                     not         not      not
            CreateAlias                         ok      ok       ok            del             rep                    ok          ok       ok
            CreateGrant                         ok      off      imp           del             rep                    ok          cre      ok
            Decrypt                             ok      off      imp           del             rep                    una         cre      ok
            DeleteImportedKeyMaterial           uns     uns      ok            uns             uns                    uns         uns      uns
            DeriveSharedSecret                  ok      off      imp           del             rep                    una         cre      ok
            DescribeKey                         ok      ok       ok            ok              ok                     ok          ok       ok
            DisableKey                          ok      ok       imp           del             rep                    ok          cre      upd
            DisableKeyRotation                  ok      off      uns           del             rep                    uns         cre      upd
            EnableKey                           ok      ok       imp           del             rep                    ok          cre      upd
            EnableKeyRotation                   ok      off      uns           del             rep                    uns         cre      upd
            Encrypt                             ok      off      imp           del             rep                    una         cre      ok
            GenerateDataKey                     ok      off      imp           del             rep                    una         cre      ok
            GenerateDataKeyPair                 ok      off      imp           del             rep                    uns         cre      ok
            GenerateDataKeyPairWithoutPlaintext ok      off      imp           del             rep                    uns         cre      ok
            GenerateDataKeyWithoutPlaintext     ok      off      imp           del             rep                    una         cre      ok
            GenerateMac                         ok      off      imp           del             rep                    una         cre      ok
            GetKeyLastUsage                     ok      ok       ok            ok              ok                     ok          ok       ok
            GetKeyPolicy                        ok      ok       ok            ok              ok                     ok          ok       ok
            GetKeyRotationStatus                ok      ok       ok            ok              ok                     uns         ok       ok
            GetParametersForImport              uns     uns      ok            uns             uns                    uns         uns      uns
            ListAliases                         ok      ok       ok            ok              ok                     ok          ok       ok
            ListGrants                          ok      ok       ok            ok              ok                     ok          ok       ok
            ListKeyPolicies                     ok      ok       ok            ok              ok                     ok          ok       ok
            ListKeyRotations                    ok      ok       ok            ok              ok                     uns         ok       ok
            ListResourceTags                    ok      ok       ok            ok              ok                     ok          ok       ok
            PutKeyPolicy                        ok      ok       ok            ok              ok                     ok          ok       ok
            ReEncrypt                           ok      off      imp           del             rep                    una         cre      ok
            ReplicateKey                        uns     uns      uns           uns             rep                    uns         cre      upd
            RotateKeyOnDemand                   ok      off      imp           del             rep                    uns         cre      upd
            ScheduleKeyDeletion                 ok      ok       ok            del             rep                    ok          ok       upd
            Sign                                ok      off      imp           del             rep                    una         cre      ok
            TagResource                         ok      ok       ok            del             rep                    ok          ok       ok
            UntagResource                       ok      ok       ok            del             rep                    ok          ok       ok
            UpdateAlias                         ok      ok       ok            del             rep                    ok          ok       ok
            UpdateKeyDescription                ok      ok       ok            del             rep                    ok          ok       ok
            UpdatePrimaryRegion                 uns     uns      uns           uns             rep                    uns         cre      upd
            Verify                              ok      off      imp           del             rep                    una         cre      ok
            VerifyMac                           ok      off      imp           del             rep                    una         cre      ok
            """;

    /** A key in a state, and a fresh KMS around it. */
    private static final class Situation {
        final KmsFixture fixture = new KmsFixture("KMS_TRANSITION_SECONDS", "60");
        final KmsService kms = fixture.kms;
        String region = "us-east-1";
        String key = "";

        CallContext call() {
            return fixture.callIn(region);
        }

        Situation in(String state) {
            switch (state) {
                case "Enabled" -> key = fixture.symmetricKey();
                case "Disabled" -> {
                    key = fixture.symmetricKey();
                    kms.disableKey(DisableKeyRequest.builder().keyId(key).build(), call());
                }
                case "PendingImport" ->
                    key = fixture.key(k -> k.origin("EXTERNAL")).keyId();
                case "PendingDeletion" -> {
                    key = fixture.symmetricKey();
                    schedule();
                }
                case "PendingReplicaDeletion" -> {
                    multiRegion();
                    fixture.advance(Duration.ofMinutes(2));
                    schedule();
                }
                case "Unavailable" -> unavailable();
                case "Creating" -> {
                    multiRegion();
                    region = "eu-west-1";
                }
                case "Updating" -> {
                    multiRegion();
                    fixture.advance(Duration.ofMinutes(2));
                    kms.updatePrimaryRegion(
                            UpdatePrimaryRegionRequest.builder()
                                    .keyId(key)
                                    .primaryRegion("eu-west-1")
                                    .build(),
                            call());
                    region = "eu-west-1";
                }
                default -> throw new IllegalArgumentException(state);
            }
            assertThat(fixture.describe(key, call()).keyState()).isEqualTo(state);
            return this;
        }

        private void schedule() {
            kms.scheduleKeyDeletion(
                    ScheduleKeyDeletionRequest.builder().keyId(key).build(), call());
        }

        private void multiRegion() {
            key = fixture.key(k -> k.multiRegion(true)).keyId();
            kms.replicateKey(
                    ReplicateKeyRequest.builder()
                            .keyId(key)
                            .replicaRegion("eu-west-1")
                            .build(),
                    call());
        }

        private void unavailable() {
            String store = kms.createCustomKeyStore(
                            CreateCustomKeyStoreRequest.builder()
                                    .customKeyStoreName("store")
                                    .cloudHsmClusterId("cluster-234567abcde")
                                    .trustAnchorCertificate("certificate")
                                    .keyStorePassword("password")
                                    .build(),
                            call())
                    .customKeyStoreId();
            kms.connectCustomKeyStore(
                    ConnectCustomKeyStoreRequest.builder()
                            .customKeyStoreId(store)
                            .build(),
                    call());
            fixture.advance(Duration.ofMinutes(2));
            key = fixture.key(k -> k.origin("AWS_CLOUDHSM").customKeyStoreId(store))
                    .keyId();
            kms.disconnectCustomKeyStore(
                    DisconnectCustomKeyStoreRequest.builder()
                            .customKeyStoreId(store)
                            .build(),
                    call());
        }

        void run(String operation) {
            CallContext call = call();
            switch (operation) {
                case "CancelKeyDeletion" ->
                    kms.cancelKeyDeletion(
                            CancelKeyDeletionRequest.builder().keyId(key).build(), call);
                case "CreateAlias" ->
                    kms.createAlias(
                            CreateAliasRequest.builder()
                                    .aliasName("alias/a")
                                    .targetKeyId(key)
                                    .build(),
                            call);
                case "CreateGrant" ->
                    kms.createGrant(
                            CreateGrantRequest.builder()
                                    .keyId(key)
                                    .granteePrincipal("arn:aws:iam::000000000000:user/u")
                                    .operations(List.of("Decrypt"))
                                    .build(),
                            call);
                case "Decrypt" ->
                    fixture.decrypt(
                            DecryptRequest.builder()
                                    .keyId(key)
                                    .dryRun(true)
                                    .dryRunModifiers(List.of("IGNORE_CIPHERTEXT"))
                                    .build(),
                            call);
                case "DeleteImportedKeyMaterial" ->
                    kms.deleteImportedKeyMaterial(
                            DeleteImportedKeyMaterialRequest.builder()
                                    .keyId(key)
                                    .build(),
                            call);
                case "DeriveSharedSecret" ->
                    kms.deriveSharedSecret(
                            DeriveSharedSecretRequest.builder()
                                    .keyId(key)
                                    .keyAgreementAlgorithm("ECDH")
                                    .publicKey(HELLO)
                                    .build(),
                            call);
                case "DescribeKey" ->
                    kms.describeKey(DescribeKeyRequest.builder().keyId(key).build(), call);
                case "DisableKey" ->
                    kms.disableKey(DisableKeyRequest.builder().keyId(key).build(), call);
                case "DisableKeyRotation" ->
                    kms.disableKeyRotation(
                            DisableKeyRotationRequest.builder().keyId(key).build(), call);
                case "EnableKey" ->
                    kms.enableKey(EnableKeyRequest.builder().keyId(key).build(), call);
                case "EnableKeyRotation" ->
                    kms.enableKeyRotation(
                            EnableKeyRotationRequest.builder().keyId(key).build(), call);
                case "Encrypt" ->
                    kms.encrypt(
                            EncryptRequest.builder().keyId(key).plaintext(HELLO).build(), call);
                case "GenerateDataKey" ->
                    kms.generateDataKey(
                            GenerateDataKeyRequest.builder()
                                    .keyId(key)
                                    .keySpec("AES_256")
                                    .build(),
                            call);
                case "GenerateDataKeyPair" ->
                    kms.generateDataKeyPair(
                            GenerateDataKeyPairRequest.builder()
                                    .keyId(key)
                                    .keyPairSpec("ECC_NIST_P256")
                                    .build(),
                            call);
                case "GenerateDataKeyPairWithoutPlaintext" ->
                    kms.generateDataKeyPairWithoutPlaintext(
                            GenerateDataKeyPairWithoutPlaintextRequest.builder()
                                    .keyId(key)
                                    .keyPairSpec("ECC_NIST_P256")
                                    .build(),
                            call);
                case "GenerateDataKeyWithoutPlaintext" ->
                    kms.generateDataKeyWithoutPlaintext(
                            GenerateDataKeyWithoutPlaintextRequest.builder()
                                    .keyId(key)
                                    .keySpec("AES_256")
                                    .build(),
                            call);
                case "GenerateMac" ->
                    kms.generateMac(
                            GenerateMacRequest.builder()
                                    .keyId(key)
                                    .message(HELLO)
                                    .macAlgorithm("HMAC_SHA_256")
                                    .build(),
                            call);
                case "GetKeyLastUsage" ->
                    kms.getKeyLastUsage(
                            GetKeyLastUsageRequest.builder().keyId(key).build(), call);
                case "GetKeyPolicy" ->
                    kms.getKeyPolicy(GetKeyPolicyRequest.builder().keyId(key).build(), call);
                case "GetKeyRotationStatus" ->
                    kms.getKeyRotationStatus(
                            GetKeyRotationStatusRequest.builder().keyId(key).build(), call);
                case "GetParametersForImport" ->
                    kms.getParametersForImport(
                            GetParametersForImportRequest.builder()
                                    .keyId(key)
                                    .wrappingAlgorithm("SM2PKE")
                                    .wrappingKeySpec("SM2")
                                    .build(),
                            call);
                case "ListAliases" ->
                    kms.listAliases(ListAliasesRequest.builder().keyId(key).build(), call);
                case "ListGrants" ->
                    kms.listGrants(ListGrantsRequest.builder().keyId(key).build(), call);
                case "ListKeyPolicies" ->
                    kms.listKeyPolicies(
                            ListKeyPoliciesRequest.builder().keyId(key).build(), call);
                case "ListKeyRotations" ->
                    kms.listKeyRotations(
                            ListKeyRotationsRequest.builder().keyId(key).build(), call);
                case "ListResourceTags" ->
                    kms.listResourceTags(
                            ListResourceTagsRequest.builder().keyId(key).build(), call);
                case "PutKeyPolicy" ->
                    kms.putKeyPolicy(
                            PutKeyPolicyRequest.builder()
                                    .keyId(key)
                                    .policy(KeyPolicies.ofCustomerKey(call.account(), call.region()))
                                    .build(),
                            call);
                case "ReEncrypt" ->
                    fixture.reEncrypt(
                            ReEncryptRequest.builder()
                                    .sourceKeyId(key)
                                    .destinationKeyId(key)
                                    .dryRun(true)
                                    .dryRunModifiers(List.of("IGNORE_CIPHERTEXT"))
                                    .build(),
                            call);
                case "ReplicateKey" ->
                    kms.replicateKey(
                            ReplicateKeyRequest.builder()
                                    .keyId(key)
                                    .replicaRegion("ap-southeast-2")
                                    .build(),
                            call);
                case "RotateKeyOnDemand" ->
                    kms.rotateKeyOnDemand(
                            RotateKeyOnDemandRequest.builder().keyId(key).build(), call);
                case "ScheduleKeyDeletion" ->
                    kms.scheduleKeyDeletion(
                            ScheduleKeyDeletionRequest.builder().keyId(key).build(), call);
                case "Sign" ->
                    kms.sign(
                            SignRequest.builder()
                                    .keyId(key)
                                    .message(HELLO)
                                    .signingAlgorithm("ECDSA_SHA_256")
                                    .build(),
                            call);
                case "TagResource" ->
                    kms.tagResource(
                            TagResourceRequest.builder()
                                    .keyId(key)
                                    .tags(List.of(Tag.builder()
                                            .tagKey("a")
                                            .tagValue("b")
                                            .build()))
                                    .build(),
                            call);
                case "UntagResource" ->
                    kms.untagResource(
                            UntagResourceRequest.builder()
                                    .keyId(key)
                                    .tagKeys(List.of("a"))
                                    .build(),
                            call);
                case "UpdateAlias" -> {
                    String other = kms.createKey(CreateKeyRequest.builder().build(), call)
                            .keyMetadata()
                            .keyId();
                    kms.createAlias(
                            CreateAliasRequest.builder()
                                    .aliasName("alias/other")
                                    .targetKeyId(other)
                                    .build(),
                            call);
                    kms.updateAlias(
                            UpdateAliasRequest.builder()
                                    .aliasName("alias/other")
                                    .targetKeyId(key)
                                    .build(),
                            call);
                }
                case "UpdateKeyDescription" ->
                    kms.updateKeyDescription(
                            UpdateKeyDescriptionRequest.builder()
                                    .keyId(key)
                                    .description("new")
                                    .build(),
                            call);
                case "UpdatePrimaryRegion" ->
                    kms.updatePrimaryRegion(
                            UpdatePrimaryRegionRequest.builder()
                                    .keyId(key)
                                    .primaryRegion("us-east-1")
                                    .build(),
                            call);
                case "Verify" ->
                    kms.verify(
                            VerifyRequest.builder()
                                    .keyId(key)
                                    .message(HELLO)
                                    .signature(Blob.ofUtf8("x"))
                                    .signingAlgorithm("ECDSA_SHA_256")
                                    .build(),
                            call);
                case "VerifyMac" ->
                    kms.verifyMac(
                            VerifyMacRequest.builder()
                                    .keyId(key)
                                    .message(HELLO)
                                    .mac(Blob.ofUtf8("x"))
                                    .macAlgorithm("HMAC_SHA_256")
                                    .build(),
                            call);
                default -> throw new IllegalArgumentException(operation);
            }
        }

        String outcome(String operation) {
            try {
                run(operation);
                return "ok";
            } catch (AwsException e) {
                String arn = arn(key, region);
                return switch (e.code()) {
                    // the state let it pass; the operation is for other keys, or it was a dry run
                    case "InvalidKeyUsageException", "DryRunOperationException" -> "ok";
                    case "UnsupportedOperationException" -> "uns";
                    case "DisabledException" ->
                        arn.concat(" is disabled.").equals(e.getMessage()) ? "off" : e.getMessage();
                    case "KMSInvalidStateException" ->
                        MARKS.getOrDefault(e.getMessage().replace(arn + " ", ""), e.getMessage());
                    default -> e.toString();
                };
            }
        }
    }

    private static final Map<String, String> MARKS = Map.of(
            "is pending deletion.", "del",
            "is pending replica deletion.", "rep",
            "is not pending deletion.", "not",
            "is pending import.", "imp",
            "is unavailable.", "una",
            "is creating.", "cre",
            "is updating.", "upd");

    @TestFactory
    Stream<DynamicTest> anOperationIsAllowedAsTheTableHasIt() {
        List<String> lines = TABLE.lines().toList();
        List<String> states = Arrays.asList(lines.getFirst().split(" +"));
        return lines.stream().skip(1).map(line -> {
            List<String> cells = Arrays.asList(line.split(" +"));
            return DynamicTest.dynamicTest(cells.getFirst(), () -> {
                Map<String, String> expected = new LinkedHashMap<>();
                Map<String, String> actual = new LinkedHashMap<>();
                for (int i = 1; i < states.size(); i++) {
                    expected.put(states.get(i), cells.get(i));
                    actual.put(states.get(i), new Situation().in(states.get(i)).outcome(cells.getFirst()));
                }
                assertThat(actual).isEqualTo(expected);
            });
        });
    }
}
