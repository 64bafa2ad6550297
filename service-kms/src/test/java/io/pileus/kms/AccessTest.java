package io.pileus.kms;

import static io.pileus.kms.KmsFixture.HELLO;
import static io.pileus.kms.KmsFixture.arn;
import static io.pileus.kms.KmsFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.pileus.core.port.KeyGrants;
import io.pileus.kms.model.AliasListEntry;
import io.pileus.kms.model.CreateAliasRequest;
import io.pileus.kms.model.CreateGrantRequest;
import io.pileus.kms.model.DecryptRequest;
import io.pileus.kms.model.DeleteAliasRequest;
import io.pileus.kms.model.EncryptRequest;
import io.pileus.kms.model.GetKeyPolicyRequest;
import io.pileus.kms.model.GrantConstraints;
import io.pileus.kms.model.GrantListEntry;
import io.pileus.kms.model.ListAliasesRequest;
import io.pileus.kms.model.ListGrantsRequest;
import io.pileus.kms.model.ListKeyPoliciesRequest;
import io.pileus.kms.model.ListRetirableGrantsRequest;
import io.pileus.kms.model.PutKeyPolicyRequest;
import io.pileus.kms.model.ReEncryptRequest;
import io.pileus.kms.model.RetireGrantRequest;
import io.pileus.kms.model.RevokeGrantRequest;
import io.pileus.kms.model.UpdateAliasRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Aliases, key policies and grants. */
class AccessTest {
    private static final String USER = "arn:aws:iam::000000000000:user/alice";
    private static final String RETIRER = "arn:aws:iam::000000000000:role/retirer";

    private final KmsFixture fixture = new KmsFixture();
    private final KmsService kms = fixture.kms;
    private final String key = fixture.symmetricKey();

    @Test
    void anAliasMovesFromKeyToKey() {
        String other = fixture.symmetricKey();
        createAlias("alias/a", key);
        fixture.advance(Duration.ofHours(1));
        kms.updateAlias(
                UpdateAliasRequest.builder()
                        .aliasName("alias/a")
                        .targetKeyId(other)
                        .build(),
                fixture.call());

        AliasListEntry alias = aliases(null).getFirst();
        assertThat(alias.targetKeyId()).isEqualTo(other);
        assertThat(alias.aliasArn()).isEqualTo("arn:aws:kms:us-east-1:000000000000:alias/a");
        assertThat(alias.lastUpdatedDate()).isEqualTo(alias.creationDate().plus(Duration.ofHours(1)));
        assertThat(fixture.describe("alias/a").keyId()).isEqualTo(other);
        assertThat(aliases(key)).isEmpty();
        assertThat(aliases(other)).hasSize(1);

        kms.deleteAlias(DeleteAliasRequest.builder().aliasName("alias/a").build(), fixture.call());
        refused(
                "NotFoundException",
                "Alias arn:aws:kms:us-east-1:000000000000:alias/a is not found.",
                () -> kms.deleteAlias(
                        DeleteAliasRequest.builder().aliasName("alias/a").build(), fixture.call()));
    }

    @Test
    void aliasNamesHaveTheirRules() {
        createAlias("alias/a", key);
        refused(
                "AlreadyExistsException",
                "An alias with the name arn:aws:kms:us-east-1:000000000000:alias/a already exists",
                () -> createAlias("alias/a", key));
        refused(
                "ValidationException",
                "Alias must start with the prefix \"alias/\". Please see "
                        + "https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html",
                () -> createAlias("a", key));
        refused("NotAuthorizedException", () -> createAlias("alias/aws/mine", key));
        refused("ValidationException", () -> createAlias("alias/a:b", key));
        refused("ValidationException", () -> createAlias("alias/", key));
        refused("NotFoundException", () -> createAlias("alias/b", "alias/a"));
        String hmac = fixture.key("HMAC_256", "GENERATE_VERIFY_MAC").keyId();
        refused(
                "ValidationException",
                () -> kms.updateAlias(
                        UpdateAliasRequest.builder()
                                .aliasName("alias/a")
                                .targetKeyId(hmac)
                                .build(),
                        fixture.call()));
        for (int i = 0; i < 49; i++) {
            createAlias("alias/n" + i, key);
        }
        refused("LimitExceededException", () -> createAlias("alias/more", key));
        List<String> names = new ArrayList<>();
        String marker = null;
        do {
            var page = kms.listAliases(
                    ListAliasesRequest.builder().limit(20).marker(marker).build(), fixture.call());
            page.aliases().forEach(a -> names.add(a.aliasName()));
            marker = page.nextMarker();
        } while (marker != null);
        assertThat(names).hasSize(50).isSorted().doesNotHaveDuplicates();
        refused(
                "ValidationException",
                () -> kms.listAliases(ListAliasesRequest.builder().limit(101).build(), fixture.call()));
    }

    private void createAlias(String name, String target) {
        kms.createAlias(
                CreateAliasRequest.builder().aliasName(name).targetKeyId(target).build(), fixture.call());
    }

    private List<AliasListEntry> aliases(String keyId) {
        return kms.listAliases(ListAliasesRequest.builder().keyId(keyId).build(), fixture.call())
                .aliases();
    }

    @Test
    void aKeyHasTheDefaultPolicyAsAwsWritesIt() {
        assertThat(policy()).isEqualTo("""
                        {
                          "Version" : "2012-10-17",
                          "Id" : "key-default-1",
                          "Statement" : [ {
                            "Sid" : "Enable IAM User Permissions",
                            "Effect" : "Allow",
                            "Principal" : {
                              "AWS" : "arn:aws:iam::000000000000:root"
                            },
                            "Action" : "kms:*",
                            "Resource" : "*"
                          } ]
                        }""");
        assertThat(kms.listKeyPolicies(
                                ListKeyPoliciesRequest.builder().keyId(key).build(), fixture.call())
                        .policyNames())
                .containsExactly("default");
    }

    @Test
    void aPolicyIsKeptToTheLetter() {
        String text = "{ \"Statement\":{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":[\"*\"]},\"Action\":\"kms:*\"}}  ";
        putPolicy(text, "default");
        assertThat(policy()).isEqualTo(text);
        refused("NotFoundException", "No such policy exists", () -> putPolicy(text, "other"));
        refused(
                "NotFoundException",
                "No such policy exists",
                () -> kms.getKeyPolicy(
                        GetKeyPolicyRequest.builder()
                                .keyId(key)
                                .policyName("other")
                                .build(),
                        fixture.call()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "[]",
                "{}",
                "{\"Version\":\"2020-01-01\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\"}]}",
                "{\"Statement\":[{\"Effect\":\"Maybe\",\"Principal\":\"*\",\"Action\":\"*\"}]}",
                "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\"}]}",
                "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"nobody\"},\"Action\":\"*\"}]}"
            })
    void aMalformedPolicyIsRefused(String text) {
        refused("MalformedPolicyDocumentException", () -> putPolicy(text, "default"));
        refused("MalformedPolicyDocumentException", () -> fixture.key(k -> k.policy(text)));
    }

    @Test
    void aPolicyHasAtMost32KiB() {
        refused("LimitExceededException", () -> putPolicy("{\"Statement\":\"" + "x".repeat(32768) + "\"}", "default"));
    }

    private String policy() {
        return kms.getKeyPolicy(GetKeyPolicyRequest.builder().keyId(key).build(), fixture.call())
                .policy();
    }

    private void putPolicy(String text, String name) {
        kms.putKeyPolicy(
                PutKeyPolicyRequest.builder()
                        .keyId(key)
                        .policy(text)
                        .policyName(name)
                        .build(),
                fixture.call());
    }

    @Test
    void aGrantIsListedAndRevoked() {
        var created = kms.createGrant(
                grant(g -> g.retiringPrincipal(RETIRER)
                        .constraints(GrantConstraints.builder()
                                .encryptionContextSubset(Map.of("a", "1"))
                                .build())),
                fixture.call());
        assertThat(created.grantId()).matches("[0-9a-f]{64}");

        GrantListEntry grant = grants().getFirst();
        assertThat(grant.grantId()).isEqualTo(created.grantId());
        assertThat(grant.keyId()).isEqualTo(arn(key));
        assertThat(grant.granteePrincipal()).isEqualTo(USER);
        assertThat(grant.issuingAccount()).isEqualTo("arn:aws:iam::000000000000:root");
        assertThat(grant.operations()).containsExactly("Encrypt", "Decrypt");
        assertThat(grant.constraints().encryptionContextSubset()).containsExactly(Map.entry("a", "1"));
        assertThat(retirable(RETIRER)).containsExactly(created.grantId());
        assertThat(retirable(USER)).isEmpty();

        kms.revokeGrant(
                RevokeGrantRequest.builder()
                        .keyId(key)
                        .grantId(created.grantId())
                        .build(),
                fixture.call());
        assertThat(grants()).isEmpty();
        refused(
                "NotFoundException",
                () -> kms.revokeGrant(
                        RevokeGrantRequest.builder()
                                .keyId(key)
                                .grantId(created.grantId())
                                .build(),
                        fixture.call()));
        refused(
                "InvalidGrantIdException",
                () -> kms.revokeGrant(
                        RevokeGrantRequest.builder().keyId(key).grantId("x").build(), fixture.call()));
    }

    @Test
    void aNamedGrantIsMadeOnce() {
        var first = kms.createGrant(grant(g -> g.name("n")), fixture.call());
        var again = kms.createGrant(grant(g -> g.name("n")), fixture.call());
        assertThat(again.grantId()).isEqualTo(first.grantId());
        assertThat(again.grantToken()).isNotEqualTo(first.grantToken());
        var other = kms.createGrant(grant(g -> g.name("n").operations(List.of("Decrypt"))), fixture.call());
        assertThat(other.grantId()).isNotEqualTo(first.grantId());
        assertThat(kms.createGrant(grant(g -> g), fixture.call()).grantId())
                .isNotEqualTo(kms.createGrant(grant(g -> g), fixture.call()).grantId());
    }

    @Test
    void aGrantIsRetiredByItsTokenOrByItsId() {
        var first = kms.createGrant(grant(g -> g), fixture.call());
        var second = kms.createGrant(grant(g -> g), fixture.call());
        kms.retireGrant(
                RetireGrantRequest.builder().grantToken(first.grantToken()).build(), fixture.call());
        kms.retireGrant(
                RetireGrantRequest.builder()
                        .keyId(arn(key))
                        .grantId(second.grantId())
                        .build(),
                fixture.call());
        assertThat(grants()).isEmpty();
        refused(
                "ValidationException",
                () -> kms.retireGrant(
                        RetireGrantRequest.builder().keyId(arn(key)).build(), fixture.call()));
    }

    @Test
    void aGrantTokenMustBeOne() {
        var grant = kms.createGrant(grant(g -> g), fixture.call());
        EncryptRequest.Builder request = EncryptRequest.builder().keyId(key).plaintext(HELLO);
        kms.encrypt(request.grantTokens(List.of(grant.grantToken())).build(), fixture.call());
        for (String token : List.of("x", grant.grantToken() + "A", "QUJD")) {
            refused(
                    "InvalidGrantTokenException",
                    () -> kms.encrypt(request.grantTokens(List.of(token)).build(), fixture.call()));
        }
    }

    @Test
    void aGrantMustSuitItsKey() {
        refused(
                "ValidationException",
                () -> kms.createGrant(grant(g -> g.operations(List.of("Sign"))), fixture.call()));
        refused("InvalidArnException", () -> kms.createGrant(grant(g -> g.granteePrincipal("alice")), fixture.call()));
        String signing = fixture.key("ECC_NIST_P256", "SIGN_VERIFY").keyId();
        refused(
                "ValidationException",
                () -> kms.createGrant(
                        grant(g -> g.keyId(signing)
                                .operations(List.of("Sign"))
                                .constraints(GrantConstraints.builder()
                                        .encryptionContextEquals(Map.of("a", "1"))
                                        .build())),
                        fixture.call()));
        assertThat(kms.createGrant(
                                grant(g -> g.keyId(signing).operations(List.of("Sign", "GetPublicKey"))),
                                fixture.call())
                        .grantId())
                .isNotBlank();
    }

    @Test
    void grantsAreListedPageByPage() {
        for (int i = 0; i < 7; i++) {
            kms.createGrant(grant(g -> g), fixture.call());
        }
        List<String> ids = new ArrayList<>();
        String marker = null;
        do {
            var page = kms.listGrants(
                    ListGrantsRequest.builder()
                            .keyId(key)
                            .limit(3)
                            .marker(marker)
                            .build(),
                    fixture.call());
            page.grants().forEach(g -> {
                ids.add(g.grantId());
                // what was seen may go away without the next page suffering
                kms.revokeGrant(
                        RevokeGrantRequest.builder()
                                .keyId(key)
                                .grantId(g.grantId())
                                .build(),
                        fixture.call());
            });
            marker = page.nextMarker();
        } while (marker != null);
        assertThat(ids).hasSize(7).doesNotHaveDuplicates();
        assertThat(grants()).isEmpty();
    }

    @Test
    void aPolicyMustNotLockItsWriterOutWherePoliciesAreEnforced() {
        String stranger =
                "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::999999999999:root\"},"
                        + "\"Action\":\"kms:*\",\"Resource\":\"*\"}]}";
        String mine = stranger.replace("999999999999", "000000000000");
        String readOnly = mine.replace("kms:*", "kms:Get*");
        putPolicy(stranger, "default");
        refused(
                "MalformedPolicyDocumentException",
                "The new key policy will not allow you to update the key policy in the future.",
                () -> putPolicy(readOnly, "default"));

        KmsFixture strict = new KmsFixture("ENFORCE_IAM", "1");
        assertThat(strict.key(k -> k.policy(mine)).keyId()).isNotBlank();
        for (String policy : List.of(stranger, readOnly)) {
            refused(
                    "MalformedPolicyDocumentException",
                    "The new key policy will not allow you to update the key policy in the future.",
                    () -> strict.key(k -> k.policy(policy)));
            assertThat(strict.key(k -> k.policy(policy).bypassPolicyLockoutSafetyCheck(true))
                            .keyId())
                    .isNotBlank();
        }
    }

    @Test
    void whoTakesTheRiskOfBeingLockedOutStillNeedsAWellFormedPolicy() {
        String withoutAction = "{\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Resource\":\"*\"}}";

        refused(
                "MalformedPolicyDocumentException",
                () -> fixture.key(k -> k.policy(withoutAction).bypassPolicyLockoutSafetyCheck(true)));
    }

    @Test
    void grantsAllowWhatTheySayToWhomTheyNameInTheirContext() {
        KeyGrants grants = fixture.env.ports().find(KeyGrants.class).orElseThrow();
        var grant = kms.createGrant(
                grant(g -> g.retiringPrincipal(RETIRER)
                        .constraints(GrantConstraints.builder()
                                .encryptionContextSubset(Map.of("a", "1"))
                                .build())),
                fixture.call());
        DecryptRequest inContext = DecryptRequest.builder()
                .encryptionContext(Map.of("a", "1", "b", "2"))
                .build();
        assertThat(grants.allow("kms:Decrypt", arn(key), List.of(USER), inContext))
                .isTrue();
        assertThat(grants.allow(
                        "kms:Decrypt",
                        arn(key),
                        List.of(USER),
                        DecryptRequest.builder().build()))
                .isFalse();
        assertThat(grants.allow("kms:Decrypt", arn(key), List.of(RETIRER), inContext))
                .isFalse();
        assertThat(grants.allow("kms:GenerateDataKey", arn(key), List.of(USER), inContext))
                .isFalse();
        RetireGrantRequest retirement = RetireGrantRequest.builder()
                .keyId(arn(key))
                .grantId(grant.grantId())
                .build();
        assertThat(grants.allow("kms:RetireGrant", arn(key), List.of(RETIRER), retirement))
                .isTrue();
        assertThat(grants.allow("kms:RetireGrant", arn(key), List.of(USER), retirement))
                .isFalse();
        assertThat(grants.allow(
                        "kms:RetireGrant",
                        arn(key),
                        List.of(RETIRER),
                        RetireGrantRequest.builder()
                                .keyId(arn(key))
                                .grantId("0".repeat(64))
                                .build()))
                .isFalse();
        for (String notAKey :
                List.of("*", "arn:aws:kms::000000000000:key/" + key, "arn:aws:sqs:us-east-1:000000000000:q")) {
            assertThat(grants.allow("kms:Decrypt", notAKey, List.of(USER), inContext))
                    .isFalse();
        }
    }

    @Test
    void aGrantMadeUnderAGrantIsAsStrict() {
        KeyGrants grants = fixture.env.ports().find(KeyGrants.class).orElseThrow();
        kms.createGrant(
                grant(g -> g.operations(List.of("CreateGrant", "Encrypt", "Decrypt"))
                        .constraints(GrantConstraints.builder()
                                .encryptionContextSubset(Map.of("a", "1"))
                                .build())),
                fixture.call());
        Map<GrantConstraints, Boolean> children = Map.of(
                subset(Map.of("a", "1")), true,
                subset(Map.of("a", "1", "b", "2")), true,
                equal(Map.of("a", "1")), true,
                equal(Map.of("b", "2")), false,
                subset(Map.of("a", "2")), false,
                GrantConstraints.builder().build(), false);

        children.forEach((constraints, allowed) -> assertThat(grants.allow(
                        "kms:CreateGrant", arn(key), List.of(USER), grant(g -> g.constraints(constraints))))
                .as(constraints.toString())
                .isEqualTo(allowed));
        assertThat(grants.allow(
                        "kms:CreateGrant",
                        arn(key),
                        List.of(USER),
                        grant(g -> g.operations(List.of("GenerateDataKey")).constraints(subset(Map.of("a", "1"))))))
                .isFalse();
    }

    private static GrantConstraints subset(Map<String, String> pairs) {
        return GrantConstraints.builder().encryptionContextSubset(pairs).build();
    }

    private static GrantConstraints equal(Map<String, String> pairs) {
        return GrantConstraints.builder().encryptionContextEquals(pairs).build();
    }

    @Test
    void aCallIsAboutTheKeyThatItsCiphertextOrTokenNames() {
        KeyGrants grants = fixture.env.ports().find(KeyGrants.class).orElseThrow();
        String other = fixture.key(k -> k).keyId();
        var ciphertext = kms.encrypt(
                        EncryptRequest.builder()
                                .keyId(key)
                                .plaintext(KmsFixture.HELLO)
                                .build(),
                        fixture.call())
                .ciphertextBlob();
        var token = kms.createGrant(grant(g -> g), fixture.call()).grantToken();
        ReEncryptRequest reEncrypt = ReEncryptRequest.builder()
                .ciphertextBlob(ciphertext)
                .destinationKeyId(other)
                .build();

        assertThat(grants.keyOf(
                        "kms:Decrypt",
                        "",
                        DecryptRequest.builder().ciphertextBlob(ciphertext).build(),
                        fixture.call()))
                .contains(arn(key));
        assertThat(grants.keyOf("kms:ReEncryptFrom", "", reEncrypt, fixture.call()))
                .contains(arn(key));
        assertThat(grants.keyOf("kms:ReEncryptTo", "", reEncrypt, fixture.call()))
                .contains(arn(other));
        assertThat(grants.keyOf(
                        "kms:RetireGrant",
                        "",
                        RetireGrantRequest.builder().grantToken(token).build(),
                        fixture.call()))
                .contains(arn(key));
        assertThat(grants.keyOf(
                        "kms:Decrypt",
                        "",
                        DecryptRequest.builder()
                                .ciphertextBlob(KmsFixture.HELLO)
                                .build(),
                        fixture.call()))
                .isEmpty();
    }

    @Test
    void aGrantAllowsSomething() {
        refused(
                "ValidationException",
                "1 validation error detected: Value '[]' at 'operations' failed to satisfy constraint: Member must have"
                        + " length greater than or equal to 1",
                () -> kms.createGrant(grant(g -> g.operations(List.of())), fixture.call()));
    }

    private CreateGrantRequest grant(UnaryOperator<CreateGrantRequest.Builder> settings) {
        return settings.apply(CreateGrantRequest.builder()
                        .keyId(key)
                        .granteePrincipal(USER)
                        .operations(List.of("Encrypt", "Decrypt")))
                .build();
    }

    private List<GrantListEntry> grants() {
        return kms.listGrants(ListGrantsRequest.builder().keyId(key).build(), fixture.call())
                .grants();
    }

    private List<String> retirable(String principal) {
        return kms
                .listRetirableGrants(
                        ListRetirableGrantsRequest.builder()
                                .retiringPrincipal(principal)
                                .build(),
                        fixture.call())
                .grants()
                .stream()
                .map(GrantListEntry::grantId)
                .toList();
    }
}
